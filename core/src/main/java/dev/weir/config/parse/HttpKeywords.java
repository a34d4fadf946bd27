package dev.weir.config.parse;

import static dev.weir.config.parse.Keyword.BACKEND;
import static dev.weir.config.parse.Keyword.DEFAULTS;
import static dev.weir.config.parse.Keyword.FRONTEND;

import dev.weir.config.model.HttpSettings.ConnectionMode;
import dev.weir.config.model.HttpSettings.Reuse;
import dev.weir.config.model.ProxyOption;
import dev.weir.config.parse.Line.Modifier;
import java.util.Locale;

/** Keywords and options that matter in {@code mode http} only: how connections go on, and what is added to messages. */
final class HttpKeywords {
    private static final int FRONT = DEFAULTS | FRONTEND;
    private static final int BACK = DEFAULTS | BACKEND;
    private static final int BOTH = DEFAULTS | FRONTEND | BACKEND;

    private HttpKeywords() {}

    static void fill(KeywordTable<ProxyDraft> table) {
        table.supported(
                "http-reuse",
                BACK,
                "whether requests share connections to servers: `never`, `safe`, `aggressive`, `always`",
                HttpKeywords::reuse);
        table.supported(
                "max-keep-alive-queue",
                BACK,
                "a server where so many wait is not preferred by `option prefer-last-server`; -1 is no limit",
                (proxy, line) -> proxy.http.keepAliveQueueMax = line.integer(-1, Integer.MAX_VALUE, -1));
        table.supported(
                "max-session-srv-conns",
                FRONT,
                "how many idle connections to servers a session keeps for itself: with credentials, or `http-reuse never`",
                (proxy, line) -> proxy.http.keptConnectionsMax = line.integer(0, Integer.MAX_VALUE, 5));
    }

    static void fillOptions(KeywordTable<ProxyDraft> table) {
        connections(table);
        tolerance(table);
        fields(table);
    }

    private static void connections(KeywordTable<ProxyDraft> table) {
        mode(table, "http-keep-alive", ConnectionMode.KEEP_ALIVE, "connections serve one request after the other");
        mode(
                table,
                "http-server-close",
                ConnectionMode.SERVER_CLOSE,
                "closes the server's connection behind a response");
        mode(table, "httpclose", ConnectionMode.CLOSE, "closes both connections behind a response");
        toggle(
                table,
                "http-pretend-keepalive",
                BACK,
                ProxyOption.HTTP_PRETEND_KEEPALIVE,
                "servers are not told that their connection will be closed");
        toggle(
                table,
                "prefer-last-server",
                BACK,
                ProxyOption.PREFER_LAST_SERVER,
                "a session goes back to the server that it keeps a connection of its own to");
        toggle(
                table,
                "http-buffer-request",
                BOTH,
                ProxyOption.HTTP_BUFFER_REQUEST,
                "waits for the request's body, or as much of it as a buffer holds, before rules look at it");
        toggle(
                table,
                "idle-close-on-response",
                FRONT,
                ProxyOption.IDLE_CLOSE_ON_RESPONSE,
                "a soft stop closes clients' connections after a response, not while they are idle");
        toggle(
                table,
                "http-ignore-probes",
                FRONT,
                ProxyOption.HTTP_IGNORE_PROBES,
                "connections without a request end without an answer and a log line");
    }

    private static void tolerance(KeywordTable<ProxyDraft> table) {
        toggle(
                table,
                "accept-unsafe-violations-in-http-request",
                FRONT,
                ProxyOption.ACCEPT_UNSAFE_REQUESTS,
                "lets requests pass that break rules HAProxy can do without; also folded fields and bare LF");
        toggle(
                table,
                "accept-unsafe-violations-in-http-response",
                BACK,
                ProxyOption.ACCEPT_UNSAFE_RESPONSES,
                "lets responses pass that break rules HAProxy can do without; also folded fields and bare LF");
        deprecated(table, "accept-invalid-http-request", FRONT, ProxyOption.ACCEPT_UNSAFE_REQUESTS);
        deprecated(table, "accept-invalid-http-response", BACK, ProxyOption.ACCEPT_UNSAFE_RESPONSES);
    }

    private static void fields(KeywordTable<ProxyDraft> table) {
        toggle(
                table,
                "http-drop-request-trailers",
                BACK,
                ProxyOption.HTTP_DROP_REQUEST_TRAILERS,
                "fields behind a chunked request do not reach servers");
        toggle(
                table,
                "http-drop-response-trailers",
                FRONT,
                ProxyOption.HTTP_DROP_RESPONSE_TRAILERS,
                "fields behind a chunked response do not reach clients");
        toggle(
                table,
                "checkcache",
                BACK,
                ProxyOption.CHECKCACHE,
                "a response that a cache may keep and that sets a cookie is withheld: 502, and an alert in the log");
        toggle(
                table,
                "http-use-proxy-header",
                FRONT,
                ProxyOption.HTTP_USE_PROXY_HEADER,
                "requests as to a proxy are authenticated as by a proxy: 407, `Proxy-Authorization`");
    }

    /** The name of {@code accept-unsafe-violations-in-...} before HAProxy 3.0: it only warns. */
    private static void deprecated(KeywordTable<ProxyDraft> table, String name, int where, ProxyOption option) {
        String present = name.replace("accept-invalid-", "accept-unsafe-violations-in-");
        table.supported(name, where, "deprecated name of `" + present + "`", (proxy, line) -> {
            if (line.modifier() != Modifier.NONE) {
                line.alert("negation/default is not supported for option '" + name + "'.");
                return;
            }
            line.warning(
                    "option '" + name + "' is deprecated. please use 'option " + present + "' if absolutely needed.");
            proxy.option(option, true);
        });
    }

    private static void toggle(
            KeywordTable<ProxyDraft> table, String name, int where, ProxyOption option, String note) {
        table.supported(name, where, note, (proxy, line) -> proxy.option(option, line.modifier() == Modifier.NONE));
    }

    /** The last one holds; {@code no} takes back any. */
    private static void mode(KeywordTable<ProxyDraft> table, String name, ConnectionMode mode, String note) {
        table.supported(
                name,
                BOTH,
                note,
                (proxy, line) -> proxy.http.connectionMode =
                        line.modifier() == Modifier.NONE ? mode : ConnectionMode.KEEP_ALIVE);
    }

    private static void reuse(ProxyDraft proxy, Line line) {
        String mode = line.next();
        switch (mode) {
            case "never", "safe", "aggressive", "always" ->
                proxy.http.reuse = Reuse.valueOf(mode.toUpperCase(Locale.ROOT));
            default -> line.alert("'http-reuse' only supports 'never', 'safe', 'aggressive', 'always'.");
        }
    }
}
