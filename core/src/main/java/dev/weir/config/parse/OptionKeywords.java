package dev.weir.config.parse;

import static dev.weir.config.parse.Keyword.BACKEND;
import static dev.weir.config.parse.Keyword.DEFAULTS;
import static dev.weir.config.parse.Keyword.FRONTEND;

import dev.weir.config.model.LogFormatLine;
import dev.weir.config.model.LogFormatLine.Kind;
import dev.weir.config.model.ProxyKind;
import dev.weir.config.model.ProxyOption;
import dev.weir.config.parse.Line.Modifier;
import dev.weir.sample.Quantity;
import java.util.Set;

/** {@code option <name>}, with {@code no} and {@code default} before it. */
final class OptionKeywords {
    private static final int FRONT = DEFAULTS | FRONTEND;
    private static final int BACK = DEFAULTS | BACKEND;
    private static final int BOTH = DEFAULTS | FRONTEND | BACKEND;

    /** On the wrong side these are ignored; others are an error there. */
    private static final Set<String> WARNED_OF = Set.of(
            "accept-invalid-http-request",
            "accept-invalid-http-response",
            "forwarded",
            "httpchk",
            "ldap-check",
            "mysql-check",
            "pgsql-check",
            "redis-check",
            "redispatch",
            "smtpchk",
            "spop-check",
            "ssl-hello-chk",
            "tcp-check");

    private OptionKeywords() {}

    static KeywordTable<ProxyDraft> table() {
        var table = new KeywordTable<ProxyDraft>("Options (`[no] option <name>`)").manual("4.2");
        client(table);
        server(table);
        logs(table);
        HttpKeywords.fillOptions(table);
        HeaderKeywords.fillOptions(table);
        CheckKeywords.fillOptions(table);
        known(table);
        return table;
    }

    private static void client(KeywordTable<ProxyDraft> table) {
        toggle(table, "clitcpka", FRONT, ProxyOption.CLITCPKA, "TCP keepalive towards clients");
        toggle(
                table,
                "independent-streams",
                BOTH,
                ProxyOption.INDEPENDENT_STREAMS,
                "writing does not count as activity of the reading side");
        toggle(table, "nolinger", BOTH, ProxyOption.NOLINGER, "closes with a reset");
        toggle(
                table,
                "socket-stats",
                FRONT,
                ProxyOption.SOCKET_STATS,
                "listeners have statistics of their own, beside their frontend's");
        toggle(
                table,
                "contstats",
                FRONT,
                ProxyOption.CONTSTATS,
                "bytes of long sessions are counted every five seconds, not when they end");
        toggle(table, "splice-request", BOTH, ProxyOption.SPLICE_REQUEST, "splices what clients send");
        toggle(table, "splice-response", BOTH, ProxyOption.SPLICE_RESPONSE, "splices what servers send");
        table.supported(
                "splice-auto", BOTH, "what holds anyway: a direction is spliced while it is bulk", (proxy, line) -> {});
        table.supported("tcpka", BOTH, "TCP keepalive on both sides", OptionKeywords::tcpKeepAlive);
    }

    private static void server(KeywordTable<ProxyDraft> table) {
        toggle(
                table,
                "abortonclose",
                BACK,
                ProxyOption.ABORTONCLOSE,
                "gives up a session whose client has gone before its server answers");
        toggle(
                table,
                "allbackups",
                BACK,
                ProxyOption.ALLBACKUPS,
                "balances over all backup servers, not the first alone");
        toggle(
                table,
                "log-health-checks",
                BACK,
                ProxyOption.LOG_HEALTH_CHECKS,
                "logs every check that changes something");
        toggle(table, "persist", BACK, ProxyOption.PERSIST, "a chosen server is used even when it is down");
        toggle(table, "srvtcpka", BACK, ProxyOption.SRVTCPKA, "TCP keepalive towards servers");
        table.supported("redispatch", BACK, "a retry may go to another server", OptionKeywords::redispatch);
    }

    private static void logs(KeywordTable<ProxyDraft> table) {
        toggle(table, "dontlog-normal", FRONT, ProxyOption.DONTLOG_NORMAL, "logs only sessions that did not go well");
        toggle(table, "dontlognull", FRONT, ProxyOption.DONTLOGNULL, "does not log sessions without data");
        toggle(
                table,
                "log-separate-errors",
                FRONT,
                ProxyOption.LOG_SEPARATE_ERRORS,
                "logs failed sessions with level err");
        toggle(table, "logasap", FRONT, ProxyOption.LOGASAP, "logs when a session is established, not when it ends");
        table.supported(
                "tcplog",
                FRONT,
                "the log format of TCP sessions; `clf` for the common log format",
                OptionKeywords::tcpLog);
        table.supported(
                "httplog",
                FRONT,
                "the log format of HTTP requests; `clf` for the common log format",
                OptionKeywords::httpLog);
        table.supported("httpslog", FRONT, "`httplog` with what is known of TLS", OptionKeywords::httpLog);
    }

    private static void known(KeywordTable<ProxyDraft> table) {
        table.known(Topic.CHECKS, "external-check", "spop-check");
        table.known(Topic.NETWORK, "transparent");
        withoutEffect(table);
        table.removed(
                "since HAProxy 2.0, please just remove it, or use 'option httpclose' if absolutely needed.",
                "forceclose");
        table.removed(
                "since HAProxy 2.1, please just remove it, it shouldn't be needed.", "http-tunnel", "http-use-htx");
        table.removed(
                "since HAProxy 2.5, use 'http-request set-dst' and 'http-request set-uri' instead.", "http_proxy");
    }

    private static void withoutEffect(KeywordTable<ProxyDraft> table) {
        table.withoutEffect(
                "there is no HTTP/2 to upgrade to",
                "disable-h2-upgrade",
                FRONT,
                toggling(ProxyOption.DISABLE_H2_UPGRADE));
        table.withoutEffect("data is never held back", "http-no-delay", BOTH, toggling(ProxyOption.HTTP_NO_DELAY));
        String kernel = "acknowledgements are left to the kernel";
        table.withoutEffect(kernel, "tcp-smart-accept", FRONT, (proxy, line) -> {});
        table.withoutEffect(kernel, "tcp-smart-connect", BACK, (proxy, line) -> {});
    }

    private static Keyword.LineParser<ProxyDraft> toggling(ProxyOption option) {
        return (proxy, line) -> proxy.option(option, line.modifier() == Modifier.NONE);
    }

    private static void toggle(
            KeywordTable<ProxyDraft> table, String name, int where, ProxyOption option, String note) {
        table.supported(name, where, note, toggling(option));
    }

    private static void tcpKeepAlive(ProxyDraft proxy, Line line) {
        if (line.modifier() != Modifier.NONE) {
            line.alert("negation/default is not supported for option 'tcpka'.");
            return;
        }
        if (proxy.kind.hasFrontend()) {
            proxy.option(ProxyOption.CLITCPKA, true);
        }
        if (proxy.kind.hasBackend()) {
            proxy.option(ProxyOption.SRVTCPKA, true);
        }
    }

    private static void redispatch(ProxyDraft proxy, Line line) {
        proxy.redispatchInterval = line.modifier() == Modifier.NONE ? -1 : 0;
        if (line.modifier() != Modifier.NONE || !line.hasNext()) {
            return;
        }
        String text = line.next();
        boolean isNegative = text.startsWith("-");
        long value = Quantity.integer(isNegative ? text.substring(1) : text);
        if (value < 0 || value > Integer.MAX_VALUE) {
            line.alert("invalid integer argument to 'option redispatch' (got '" + text + "').");
            return;
        }
        proxy.redispatchInterval = (int) (isNegative ? -value : value);
    }

    private static void tcpLog(ProxyDraft proxy, Line line) {
        if (!mayLog(proxy, line)) {
            return;
        }
        proxy.logFormat(new LogFormatLine(line.at(), line.accept("clf") ? Kind.TCPLOG_CLF : Kind.TCPLOG, ""), "", line);
    }

    /** The mode may still change: the end of the run says where it falls back. */
    private static void httpLog(ProxyDraft proxy, Line line) {
        if (!mayLog(proxy, line)) {
            return;
        }
        boolean isTls = line.word(1).equals("httpslog");
        boolean isCommon = !isTls && line.accept("clf");
        Kind kind = isTls ? Kind.HTTPSLOG : isCommon ? Kind.HTTPLOG_CLF : Kind.HTTPLOG;
        proxy.logFormat(new LogFormatLine(line.at(), kind, ""), line.subject(), line);
    }

    private static boolean mayLog(ProxyDraft proxy, Line line) {
        if (line.modifier() != Modifier.NONE) {
            line.alert("negation/default is not supported for option '" + line.word(1) + "'.");
            line.rest();
            return false;
        }
        if (proxy.kind == ProxyKind.BACKEND) {
            line.warning("backend '" + proxy.name + "' : '" + line.subject() + "' directive is ignored in backends.");
            line.rest();
            return false;
        }
        return true;
    }

    /** The line stands behind {@code option}. */
    static void parse(KeywordTable<ProxyDraft> table, ProxyDraft proxy, Line line) {
        String name = line.next();
        if (name.isEmpty()) {
            line.alert("'option' expects an option name.");
            return;
        }
        var keyword = table.find(name);
        if (keyword == null) {
            line.alert("unknown option '" + name + "'" + table.nearest(name).hint()
                    + (table.nearest(name).best() == null ? "." : ""));
            line.rest();
            return;
        }
        boolean isLogFormat = name.endsWith("log");
        if (keyword.where() != 0 && !keyword.isIn(proxy.place()) && !isLogFormat) {
            misplaced(table, keyword, proxy, line);
            return;
        }
        table.apply(keyword, proxy, line, "option " + name);
    }

    /** HAProxy warns, then looks for another option of that name and finds none, but for those that it reads elsewhere. */
    private static void misplaced(
            KeywordTable<ProxyDraft> table, Keyword<ProxyDraft> keyword, ProxyDraft proxy, Line line) {
        String name = keyword.name();
        line.warning("'" + name + "' ignored because " + proxy.title() + " has no "
                + (keyword.isIn(FRONTEND) ? "frontend" : "backend") + " capability.");
        if (line.modifier() != Modifier.NONE && !WARNED_OF.contains(name)) {
            line.alert("negation/default is not supported for option '" + name + "'.");
        } else if (!WARNED_OF.contains(name)) {
            line.alert("unknown option '" + name + "'" + table.hint(name));
        }
        line.rest();
    }
}
