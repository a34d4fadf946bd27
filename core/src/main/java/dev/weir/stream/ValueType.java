package dev.weir.stream;

/** The types a sample or a variable can have, with HAProxy's names. */
public enum ValueType {
    BOOL("bool"),
    SINT("sint"),
    IPV4("ipv4"),
    IPV6("ipv6"),
    STR("str"),
    BIN("bin"),
    METH("meth");

    private final String text;

    ValueType(String text) {
        this.text = text;
    }

    /** The name in configurations and messages. */
    public String text() {
        return text;
    }

    /** Whether values are bytes rather than numbers. */
    public boolean isBytes() {
        return this == STR || this == BIN || this == METH;
    }
}
