package dev.weir.config.model;

/** Where rules hook in, in the order of evaluation. */
public enum RuleSet {
    TCP_REQUEST_CONNECTION("tcp-request connection"),
    TCP_REQUEST_SESSION("tcp-request session"),
    TCP_REQUEST_CONTENT("tcp-request content"),
    HTTP_REQUEST("http-request"),
    /** The {@code redirect} lines of old, which have no sets. */
    REDIRECT("redirect"),
    TCP_RESPONSE_CONTENT("tcp-response content"),
    HTTP_RESPONSE("http-response"),
    HTTP_AFTER_RESPONSE("http-after-response"),
    /** The {@code filter} lines, which are no rules: these name them. */
    FILTER("filter");

    private final String keyword;

    RuleSet(String keyword) {
        this.keyword = keyword;
    }

    public String keyword() {
        return keyword;
    }

    /** Whether it runs in {@code mode http} only. */
    public boolean isHttp() {
        return switch (this) {
            case HTTP_REQUEST, REDIRECT, HTTP_RESPONSE, HTTP_AFTER_RESPONSE -> true;
            case TCP_REQUEST_CONNECTION, TCP_REQUEST_SESSION, TCP_REQUEST_CONTENT, TCP_RESPONSE_CONTENT, FILTER ->
                false;
        };
    }

    /** Whether it sees answers, which have nothing to do with the order of what happens to requests. */
    public boolean isOfResponses() {
        return ordinal() >= TCP_RESPONSE_CONTENT.ordinal();
    }
}
