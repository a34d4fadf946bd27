package dev.weir.config.model;

/** What {@code retry-on} names: how an attempt may end so that another one follows. Closed set. */
public enum RetryEvent {
    CONN_FAILURE("conn-failure"),
    EMPTY_RESPONSE("empty-response"),
    JUNK_RESPONSE("junk-response"),
    RESPONSE_TIMEOUT("response-timeout"),
    EARLY_DATA_REJECTED("0rtt-rejected"),
    STATUS_401("401"),
    STATUS_403("403"),
    STATUS_404("404"),
    STATUS_408("408"),
    STATUS_421("421"),
    STATUS_425("425"),
    STATUS_429("429"),
    STATUS_500("500"),
    STATUS_501("501"),
    STATUS_502("502"),
    STATUS_503("503"),
    STATUS_504("504");

    private final String word;

    RetryEvent(String word) {
        this.word = word;
    }

    /** As it is written. */
    public String word() {
        return word;
    }

    /** Whether the server answered, with the status that {@link #word} says. */
    public boolean isStatus() {
        return ordinal() >= STATUS_401.ordinal();
    }
}
