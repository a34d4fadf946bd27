package dev.weir.sample;

import dev.weir.stream.ValueType;

/** What fetches return and converters take: the value types, and three that stand for several. */
public enum SampleType {
    /** Any type; decided when a value is there. */
    ANY("any", null),
    /** Of a converter's output: the type of its input. */
    SAME("same", null),
    /** IPv4 or IPv6. */
    ADDRESS("addr", null),
    BOOLEAN("bool", ValueType.BOOL),
    INTEGER("sint", ValueType.SINT),
    IPV4("ipv4", ValueType.IPV4),
    IPV6("ipv6", ValueType.IPV6),
    STRING("str", ValueType.STR),
    BINARY("bin", ValueType.BIN),
    METHOD("meth", ValueType.METH);

    private final String text;
    private final ValueType value;

    SampleType(String text, ValueType value) {
        this.text = text;
        this.value = value;
    }

    public String text() {
        return text;
    }

    /** Null for a type that stands for several. */
    public ValueType value() {
        return value;
    }
}
