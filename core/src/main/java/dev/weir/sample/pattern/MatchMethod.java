package dev.weir.sample.pattern;

import dev.weir.sample.SampleType;

/** How a value is compared with patterns: the names behind {@code -m}. Closed set. */
public enum MatchMethod {
    /** Any value at all. */
    FOUND("found", SampleType.ANY),
    /** A boolean that is true, or a number that is not 0. */
    BOOL("bool", SampleType.BOOLEAN),
    /** A number within ranges. */
    INT("int", SampleType.INTEGER),
    /** An address within networks. */
    IP("ip", SampleType.ADDRESS),
    /** Exactly these bytes. */
    BIN("bin", SampleType.BINARY),
    /** A length within ranges. */
    LEN("len", SampleType.STRING),
    /** Exactly this string. */
    STR("str", SampleType.STRING),
    /** Contains it. */
    SUB("sub", SampleType.STRING),
    /** A regular expression finds something. */
    REG("reg", SampleType.STRING),
    /** Begins with it. */
    BEG("beg", SampleType.STRING),
    /** Ends with it. */
    END("end", SampleType.STRING),
    /** Contains it between slashes. */
    DIR("dir", SampleType.STRING),
    /** Contains it between dots, slashes, colons or question marks. */
    DOM("dom", SampleType.STRING),
    /** A method of that name; it cannot be asked for by {@code -m}. */
    METH("meth", SampleType.METHOD);

    private final String text;
    private final SampleType input;

    MatchMethod(String text, SampleType input) {
        this.text = text;
        this.input = input;
    }

    public String text() {
        return text;
    }

    /** What a value is cast to before it is compared. */
    public SampleType input() {
        return input;
    }

    /** Null if {@code -m} has none of that name; {@code regm} differs from {@code reg} in maps alone. */
    public static MatchMethod of(String text) {
        if (text.equals("regm")) {
            return REG;
        }
        for (MatchMethod method : values()) {
            if (method.text.equals(text) && method != METH) {
                return method;
            }
        }
        return null;
    }

    /** The method that needs no {@code -m}; null if the type has none. */
    public static MatchMethod defaultFor(SampleType type) {
        return switch (type) {
            case BOOLEAN -> BOOL;
            case INTEGER -> INT;
            case ADDRESS, IPV4, IPV6 -> IP;
            case STRING -> STR;
            case BINARY, METHOD, ANY, SAME -> null;
        };
    }

    /** Whether patterns are given at all. */
    public boolean takesPatterns() {
        return this != FOUND && this != BOOL;
    }
}
