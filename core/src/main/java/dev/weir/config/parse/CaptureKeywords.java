package dev.weir.config.parse;

import static dev.weir.config.parse.Keyword.DEFAULTS;
import static dev.weir.config.parse.Keyword.FRONTEND;

import dev.weir.config.model.LogFormatLine;
import dev.weir.config.model.LogFormatLine.Kind;
import dev.weir.config.model.RuleSet;
import dev.weir.sample.Quantity;
import java.util.ArrayList;
import java.util.List;

/** What is kept of requests and responses for logs: {@code capture}, {@code declare capture}, {@code unique-id-format}. */
final class CaptureKeywords {
    private CaptureKeywords() {}

    static void fill(KeywordTable<ProxyDraft> table) {
        table.supported(
                "capture request header",
                FRONTEND,
                "keeps a field of requests for logs",
                (proxy, line) -> field(proxy, line, true));
        table.supported(
                "capture response header",
                FRONTEND,
                "keeps a field of responses for logs",
                (proxy, line) -> field(proxy, line, false));
        table.supported("capture cookie", FRONTEND, "keeps a cookie of both sides for logs", CaptureKeywords::cookie);
        table.supported("declare capture", FRONTEND, "makes room for what rules capture", CaptureKeywords::declare);
        table.supported(
                "unique-id-format",
                DEFAULTS | FRONTEND,
                "text that names a request: `%ID`, `unique-id`",
                (proxy, line) ->
                        proxy.captures.uniqueId = new LogFormatLine(line.at(), Kind.CUSTOM, line.argument("a format")));
        table.supported(
                "unique-id-header",
                DEFAULTS | FRONTEND,
                "field that tells servers the unique id",
                (proxy, line) -> proxy.captures.uniqueIdHeader = line.argument("a header name"));
    }

    private static void field(ProxyDraft proxy, Line line, boolean isRequest) {
        String name = line.next();
        if (name.isEmpty() || !line.accept("len")) {
            line.alertSubject("expects <header_name> 'len' <len>.");
            line.rest();
            return;
        }
        int bytesMax = line.integer(0, Integer.MAX_VALUE, 0);
        proxy.captures.add(line.at(), isRequest, name, bytesMax);
    }

    private static void cookie(ProxyDraft proxy, Line line) {
        String name = line.next();
        if (name.isEmpty() || !line.accept("len")) {
            line.alertSubject("expects <cookie_name> 'len' <len>.");
            line.rest();
            return;
        }
        int most = proxy.global.cookieBytesMax;
        int wanted = line.integer(0, Integer.MAX_VALUE, 0);
        if (wanted > most) {
            line.warning("truncating capture length to " + most + " bytes.");
        }
        proxy.captures.cookie = name;
        proxy.captures.cookieBytesMax = Math.min(wanted, most);
    }

    private static void declare(ProxyDraft proxy, Line line) {
        boolean isRequest = line.accept("request");
        if (!isRequest && !line.accept("response")) {
            line.alertSubject("requires a direction ('request' or 'response')");
        } else if (!line.accept("len")) {
            line.alertSubject("requires a capture length ('len')");
        } else {
            proxy.captures.add(line.at(), isRequest, "", line.integer(1, Integer.MAX_VALUE, 0));
            return;
        }
        line.rest();
    }

    /**
     * The words of a rule, its action first, or none after a complaint. A {@code capture} action with a length makes a slot of its
     * own, so its length becomes the number of that slot; in {@code tcp-request content} there is no other form.
     */
    static List<String> numbered(RuleSet set, ProxyDraft proxy, Line line, List<String> words) {
        if (!words.get(0).equals("capture")) {
            return words;
        }
        int at = words.indexOf("len");
        boolean makesSlot = at > 0 && at + 1 < words.size();
        if (!makesSlot && !set.isHttp()) {
            line.alert("'" + line.subject() + "' : a positive 'len' argument is mandatory.");
            return List.of();
        }
        if (!makesSlot || !proxy.kind.hasFrontend()) {
            return words;
        }
        long bytesMax = Quantity.integer(words.get(at + 1));
        if (bytesMax <= 0 || bytesMax > Integer.MAX_VALUE) {
            line.alert("'" + line.subject() + "' : length must be > 0.");
            return List.of();
        }
        int slot = proxy.captures.add(line.at(), true, "", (int) bytesMax);
        List<String> numbered = new ArrayList<>(words);
        numbered.set(at, "id");
        numbered.set(at + 1, Integer.toString(slot));
        return List.copyOf(numbered);
    }
}
