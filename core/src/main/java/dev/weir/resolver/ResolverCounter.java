package dev.weir.resolver;

/** What is counted of a name server, in HAProxy's order. */
public enum ResolverCounter {
    SENT("sent", "sent", "Sent"),
    SEND_ERROR("snd_error", "send_error", "Send error"),
    VALID("valid", "valid", "Valid"),
    /** Valid answers that gave a server another address. */
    UPDATE("update", "update", "Update"),
    /** Valid answers in which the name is an alias. */
    CNAME("cname", "cname", "CNAME"),
    CNAME_ERROR("cname_error", "cname_error", "CNAME error"),
    /** Answers without a record. */
    ANY_ERR("any_err", "any_err", "Any errors"),
    NX("nx", "nx", "NX"),
    /** Questions without an answer in time. */
    TIMEOUT("timeout", "timeout", "Timeout"),
    REFUSED("refused", "refused", "Refused"),
    OTHER("other", "other", "Other"),
    INVALID("invalid", "invalid", "Invalid"),
    TOO_BIG("too_big", "too_big", "Too big"),
    TRUNCATED("truncated", "truncated", "Truncated"),
    /** Answers to what is no longer asked. */
    OUTDATED("outdated", "outdated", "Outdated");

    private final String label;
    private final String column;
    private final String description;

    ResolverCounter(String label, String column, String description) {
        this.label = label;
        this.column = column;
        this.description = description;
    }

    /** In {@code show resolvers}. */
    public String label() {
        return label;
    }

    /** In {@code show stat domain resolvers}, and of the metric. */
    public String column() {
        return column;
    }

    public String description() {
        return description;
    }
}
