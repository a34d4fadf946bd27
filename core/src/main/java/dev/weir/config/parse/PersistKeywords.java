package dev.weir.config.parse;

import static dev.weir.config.parse.Keyword.BACKEND;
import static dev.weir.config.parse.Keyword.DEFAULTS;

import dev.weir.config.model.PersistLine;

/** Keywords of backends about persistence; {@code cookie} itself is read by {@link CookieKeyword}. */
final class PersistKeywords {
    private static final int BACK = DEFAULTS | BACKEND;
    private static final String RDP = "rdp-cookie";
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
                "persist",
                BACK,
                "`rdp-cookie[(<name>)]`: the RDP cookie of a terminal server names the server",
                PersistKeywords::persist);
    }

    private static void rule(ProxyDraft proxy, Line line, boolean isForce) {
        if (!line.peek().equals("if") && !line.peek().equals("unless")) {
            line.alertSubject("requires either 'if' or 'unless' followed by a condition.");
            line.rest();
            return;
        }
        proxy.persistence.rules.add(new PersistLine(line.at(), isForce, line.rest()));
    }

    private static void persist(ProxyDraft proxy, Line line) {
        String method = line.next();
        if (method.equals(RDP)) {
            proxy.persistence.rdpCookie = RDP_COOKIE;
        } else if (!method.startsWith(RDP + '(')) {
            line.alertSubject(": unknown persist method '" + method + "', only 'rdp-cookie' is known.");
            line.rest();
        } else if (!method.endsWith(")") || method.length() == (RDP + "()").length()) {
            line.alert("'persist rdp-cookie(name)' requires an rdp cookie name.");
        } else {
            proxy.persistence.rdpCookie = method.substring(RDP.length() + 1, method.length() - 1);
        }
    }
}
