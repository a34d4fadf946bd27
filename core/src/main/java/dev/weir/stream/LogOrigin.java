package dev.weir.stream;

/** Why a log line is written: a step that the stream has come to, or a {@code do-log} rule of a set. Closed set; HAProxy manual 8.3.5. */
public enum LogOrigin {
    /** What came is no request, or never became a session. */
    ERROR("error", "sess_error"),
    /** The stream begins. */
    ACCEPT("accept", "txn_accept"),
    /** The head of an HTTP request is there. */
    REQUEST("request", "txn_request"),
    /** The connection to the server stands. */
    CONNECT("connect", "txn_connect"),
    /** The head of an HTTP response has passed its rules. */
    RESPONSE("response", "txn_response"),
    /** The end. */
    CLOSE("close", "txn_close"),
    CONNECTION_RULE("tcp-req-conn"),
    SESSION_RULE("tcp-req-sess"),
    CONTENT_RULE("tcp-req-cont"),
    RESPONSE_CONTENT_RULE("tcp-res-cont"),
    REQUEST_RULE("http-req"),
    RESPONSE_RULE("http-res"),
    AFTER_RESPONSE_RULE("http-after-res");

    private final String step;
    private final String text;

    LogOrigin(String step) {
        this(step, step);
    }

    LogOrigin(String step, String text) {
        this.step = step;
        this.text = text;
    }

    /** As {@code log-profile} and {@code log-steps} call it. */
    public String step() {
        return step;
    }

    /** As {@code %OG} shows it. */
    public String text() {
        return text;
    }

    /** Whether it is one of the steps that {@code log-steps} chooses among. */
    public boolean isStep() {
        return compareTo(ACCEPT) >= 0 && compareTo(CLOSE) <= 0;
    }
}
