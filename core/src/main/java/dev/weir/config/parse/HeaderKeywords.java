package dev.weir.config.parse;

import static dev.weir.config.parse.Keyword.BACKEND;
import static dev.weir.config.parse.Keyword.DEFAULTS;
import static dev.weir.config.parse.Keyword.FRONTEND;

import dev.weir.config.model.AddressFieldLine;
import dev.weir.config.model.HttpSettings.HeaderNames;
import dev.weir.config.model.MonitorSettings;
import dev.weir.config.model.ProxyOption;
import dev.weir.config.parse.Line.Modifier;
import dev.weir.sample.Network;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Header fields that the proxy adds to requests, how names of fields are written, and the URI that asks for its own health. */
final class HeaderKeywords {
    private static final int FRONT = DEFAULTS | FRONTEND;
    private static final int BACK = DEFAULTS | BACKEND;
    private static final int BOTH = DEFAULTS | FRONTEND | BACKEND;

    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");

    private HeaderKeywords() {}

    static void fill(KeywordTable<ProxyDraft> table) {
        table.supported(
                "http-send-name-header", BACK, "field that tells servers their own name", HeaderKeywords::serverName);
        table.supported(
                "monitor-uri",
                FRONT,
                "URI that the proxy answers itself: whether it is well; never logged",
                HeaderKeywords::monitorUri);
        table.supported("monitor fail", FRONTEND, "by condition: it is not well", HeaderKeywords::monitorFail);
    }

    static void fillOptions(KeywordTable<ProxyDraft> table) {
        table.supported(
                "forwardfor",
                BOTH,
                "tells servers the client's address: `except <network>`, `header <name>`, `if-none`",
                HeaderKeywords::forwardFor);
        table.supported(
                "originalto",
                BOTH,
                "tells servers which address the client connected to: `except <network>`, `header <name>`",
                HeaderKeywords::originalTo);
        table.supported(
                "forwarded",
                BACK,
                "tells servers who asked for what by whom, in a `Forwarded` field (RFC 7239)",
                (proxy, line) -> proxy.http.forwarded =
                        line.modifier() == Modifier.NONE ? new ForwardedKeyword(line).parse() : null);
        table.supported(
                "http-restrict-req-hdr-names",
                BOTH,
                "request fields whose names are not of letters, digits and hyphens: `preserve`, `delete`, `reject`",
                HeaderKeywords::headerNames);
        toggle(
                table,
                "h1-case-adjust-bogus-client",
                FRONT,
                ProxyOption.H1_CASE_ADJUST_CLIENT,
                "writes names of fields to clients as `h1-case-adjust` says");
        toggle(
                table,
                "h1-case-adjust-bogus-server",
                BACK,
                ProxyOption.H1_CASE_ADJUST_SERVER,
                "writes names of fields to servers as `h1-case-adjust` says");
        toggle(
                table,
                "http-keep-header-case",
                BOTH,
                ProxyOption.HTTP_KEEP_HEADER_CASE,
                "of Weir's own: names of fields pass with the case that they came with, not in lower case");
    }

    private static void toggle(
            KeywordTable<ProxyDraft> table, String name, int where, ProxyOption option, String note) {
        table.supported(name, where, note, (proxy, line) -> proxy.option(option, line.modifier() == Modifier.NONE));
    }

    private static void forwardFor(ProxyDraft proxy, Line line) {
        AddressFieldLine field = addressField(line, "X-Forwarded-For", true);
        proxy.http.forwardedFor = field == null ? proxy.http.forwardedFor : field;
    }

    private static void originalTo(ProxyDraft proxy, Line line) {
        AddressFieldLine field = addressField(line, "X-Original-To", false);
        proxy.http.originalTo = field == null ? proxy.http.originalTo : field;
    }

    /** Null after a complaint. */
    private static AddressFieldLine addressField(Line line, String usualHeader, boolean mayBeIfNone) {
        String subject = line.subject();
        if (line.modifier() != Modifier.NONE) {
            line.alert("negation/default is not supported for option '" + line.word(1) + "'.");
            line.rest();
            return null;
        }
        String header = usualHeader;
        String except = "";
        boolean isIfNone = false;
        while (line.hasNext()) {
            String word = line.next();
            if (word.equals("except") && Network.parse(line.peek()) != null) {
                except = line.next();
            } else if (word.equals("header") && line.hasNext()) {
                header = line.next();
            } else if (word.equals("if-none") && mayBeIfNone) {
                isIfNone = true;
            } else {
                line.alert(complaint(subject, word, mayBeIfNone));
                line.rest();
                return null;
            }
        }
        return new AddressFieldLine(header, except, isIfNone);
    }

    private static String complaint(String subject, String word, boolean mayBeIfNone) {
        return switch (word) {
            case "except" -> "'" + subject + " except' expects <address>[/mask] as argument.";
            case "header" -> "'" + subject + " header' expects <header_name> as argument.";
            default ->
                "'" + subject + "' only supports optional values: "
                        + (mayBeIfNone ? "'except', 'header' and 'if-none'." : "'except' and 'header'.");
        };
    }

    private static void headerNames(ProxyDraft proxy, Line line) {
        if (line.modifier() != Modifier.NONE) {
            line.alert("negation/default is not supported for option 'http-restrict-req-hdr-names'.");
            line.rest();
            return;
        }
        String policy = line.next();
        switch (policy) {
            case "preserve", "delete", "reject" ->
                proxy.http.headerNames = HeaderNames.valueOf(policy.toUpperCase(Locale.ROOT));
            default ->
                line.alert((policy.isEmpty() ? "missing parameter." : "invalid parameter '" + policy + "'.")
                        + " option 'http-restrict-req-hdr-names' expects 'preserve', 'reject' or 'delete' option.");
        }
    }

    private static void serverName(ProxyDraft proxy, Line line) {
        String name = line.next();
        if (name.isEmpty()) {
            line.alertSubject("requires a header string.");
        }
        if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            line.warning("'" + name + "' belongs to the framing of messages: 'http-send-name-header' has no effect.");
            name = "";
        }
        proxy.http.serverNameHeader = name;
    }

    private static void monitorUri(ProxyDraft proxy, Line line) {
        String uri = line.next();
        if (uri.isEmpty()) {
            line.alertSubject("expects an URI.");
        }
        proxy.http.monitorUri = uri;
    }

    private static void monitorFail(ProxyDraft proxy, Line line) {
        if (!line.peek().equals("if") && !line.peek().equals("unless")) {
            line.alertSubject("requires either 'if' or 'unless' followed by a condition.");
            line.rest();
            return;
        }
        RuleOrder.checkMonitor(proxy, line);
        List<String> condition = line.rest();
        proxy.http.monitorFailures.add(new MonitorSettings.Failure(line.at(), condition));
    }
}
