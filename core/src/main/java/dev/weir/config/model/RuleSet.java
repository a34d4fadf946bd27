package dev.weir.config.model;

/** Where rules hook in, in the order of evaluation. */
public enum RuleSet {
    TCP_REQUEST_CONNECTION("tcp-request connection"),
    TCP_REQUEST_SESSION("tcp-request session"),
    TCP_REQUEST_CONTENT("tcp-request content"),
    TCP_RESPONSE_CONTENT("tcp-response content");

    private final String keyword;

    RuleSet(String keyword) {
        this.keyword = keyword;
    }

    public String keyword() {
        return keyword;
    }
}
