package dev.weir.config.parse;

import static dev.weir.config.parse.Keyword.BACKEND;
import static dev.weir.config.parse.Keyword.DEFAULTS;

import dev.weir.config.model.PersistLine;

/** Keywords of backends about persistence; {@code cookie} itself is read by {@link CookieKeyword}. */
final class PersistKeywords {
    private static final int BACK = DEFAULTS | BACKEND;
    /** The cookie by which a terminal server names itself. */
    private static final String RDP_COOKIE = "msts";

    private PersistKeywords() {}

    static void fill(KeywordTable<ProxyDraft> table) {
        table.supported("cookie", BACK, "the cookie that binds a client to its server", CookieKeyword::parse);
        table.supported(
                "dynamic-cookie-key",
                BACK,
                "the secret of cookies made of a server's address",
                (proxy, line) -> proxy.persistence.dynamicCookieKey = line.argument("<secret_key>"));
        table.supported(
                "force-persist",
                BACKEND,
                "by condition: clients stay with their server even when it is down",
                (proxy, line) -> rule(proxy, line, true));
        table.supported(
                "ignore-persist",
                BACKEND,
                "by condition: clients have no server of their own",
                (proxy, line) -> rule(proxy, line, false));
        table.supported(
                "persist rdp-cookie",
                BACK,
                "the RDP cookie of a terminal server names the server; another name in parentheses",
                (proxy, line) -> proxy.persistence.rdpCookie = rdpCookie(line));
    }

    private static void rule(ProxyDraft proxy, Line line, boolean isForce) {
        if (!line.peek().equals("if") && !line.peek().equals("unless")) {
            line.alertSubject("requires either 'if' or 'unless' followed by a condition.");
            line.rest();
            return;
        }
        proxy.persistence.rules.add(new PersistLine(line.at(), isForce, line.rest()));
    }

    /** What stands in parentheses, if they are there. */
    private static String rdpCookie(Line line) {
        if (!line.peek().startsWith("rdp-cookie(")) {
            return RDP_COOKIE;
        }
        String word = line.next();
        String name = word.endsWith(")") ? word.substring("rdp-cookie(".length(), word.length() - 1) : "";
        if (name.isEmpty()) {
            line.alert("'persist rdp-cookie(name)' requires an rdp cookie name.");
        }
        return name;
    }
}
