package dev.weir.config.model;

/** {@code option ...} switches. */
public enum ProxyOption {
    /** Gives up a session whose client has gone before the response comes. */
    ABORTONCLOSE,
    ALLBACKUPS,
    /** Responses that a cache may keep and that set a cookie are withheld. */
    CHECKCACHE,
    CLITCPKA,
    /** Long sessions count what they move while they last. */
    CONTSTATS,
    DONTLOG_NORMAL,
    DONTLOGNULL,
    /** Requests that break rules which HAProxy can do without are let pass. */
    ACCEPT_UNSAFE_REQUESTS,
    /** Responses likewise. */
    ACCEPT_UNSAFE_RESPONSES,
    /** Names of fields are written to clients as {@code h1-case-adjust} says. */
    H1_CASE_ADJUST_CLIENT,
    /** And to servers. */
    H1_CASE_ADJUST_SERVER,
    /** Rules run when the request's body is here, or as much of it as fits. */
    HTTP_BUFFER_REQUEST,
    /** Trailers of requests do not reach servers. */
    HTTP_DROP_REQUEST_TRAILERS,
    /** Trailers of responses do not reach clients. */
    HTTP_DROP_RESPONSE_TRAILERS,
    /** Connections without a request end without an answer and a log line. */
    HTTP_IGNORE_PROBES,
    /** Names of fields keep the case that they came with; an option of Weir's own. */
    HTTP_KEEP_HEADER_CASE,
    /** Servers are not told that their connection will be closed. */
    HTTP_PRETEND_KEEPALIVE,
    /** Only said: {@code mode tcp} warns of it. */
    HTTP_NO_DELAY,
    /** Only said: {@code mode tcp} warns of it. */
    DISABLE_H2_UPGRADE,
    /** Credentials of requests to a proxy are asked for, and looked for, in the fields that belong to proxies. */
    HTTP_USE_PROXY_HEADER,
    /** A soft stop closes clients' connections after a response, not while they are idle. */
    IDLE_CLOSE_ON_RESPONSE,
    INDEPENDENT_STREAMS,
    LOG_HEALTH_CHECKS,
    LOG_SEPARATE_ERRORS,
    LOGASAP,
    NOLINGER,
    /** A session goes back to the server that it keeps a connection to. */
    PREFER_LAST_SERVER,
    /** Persist on a server that is down ({@code option persist}). */
    PERSIST,
    /** Listeners have counters of their own. */
    SOCKET_STATS,
    SPLICE_REQUEST,
    SPLICE_RESPONSE,
    SRVTCPKA;

    /** Its bit in {@link ProxyOptions#bits()}. */
    public long bit() {
        return 1L << ordinal();
    }
}
