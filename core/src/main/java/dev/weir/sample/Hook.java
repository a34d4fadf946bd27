package dev.weir.sample;

/** The points of a session's life at which expressions are evaluated, in order. Closed set. */
public enum Hook {
    /** Not known yet: a named ACL, which any rule may use. */
    ANYWHERE,
    /** While the configuration is read: {@code set-var} in the global section. */
    CONFIGURATION,
    /** {@code tcp-request connection}. */
    CONNECTION,
    /** {@code tcp-request session}. */
    SESSION,
    /** {@code tcp-request content}, {@code use_backend}, {@code use-server} and what else sees the request's bytes. */
    REQUEST,
    /** {@code http-request} and the HTTP request's other rules: its head has been parsed. */
    HTTP_REQUEST,
    /** A server was chosen, and a connection to it opened: what its PROXY header says. */
    SERVER_CONNECTION,
    /** {@code tcp-response content}. */
    RESPONSE,
    /** {@code http-response}, {@code http-after-response}: the response's head has been parsed. */
    HTTP_RESPONSE,
    /** The log line. */
    LOG,
    /** A health check. */
    CHECK;

    /** Rules for requests: those of the frontend run first. */
    boolean isOfRequest() {
        return this == REQUEST || this == HTTP_REQUEST;
    }
}
