package dev.weir.log;

import dev.weir.sample.ParseProblem;

/**
 * Flags of a format item. Immutable.
 *
 * @param isBinary {@code +bin}: CBOR as bytes, not as hex digits
 * @param isUtf8 {@code +utf8}: JSON keeps bytes beyond ASCII
 */
record FormatFlags(
        boolean isQuoted, boolean isHex, boolean isEscaped, Encoding encoding, boolean isBinary, boolean isUtf8) {
    static final FormatFlags NONE = new FormatFlags(false, false, false, Encoding.NONE, false, false);

    boolean isEncoded() {
        return encoding != Encoding.NONE;
    }

    /** Applies {@code +Q,-X,...}. */
    FormatFlags with(String list) throws ParseProblem {
        FormatFlags flags = this;
        for (String word : list.split(",")) {
            flags = flags.withOne(word.strip());
        }
        return flags;
    }

    /** An encoding of the whole line holds for items that have none of their own. */
    FormatFlags within(FormatFlags line) {
        return isEncoded() || !line.isEncoded()
                ? this
                : new FormatFlags(isQuoted, isHex, isEscaped, line.encoding, line.isBinary, line.isUtf8);
    }

    FormatFlags withoutEncoding() {
        return new FormatFlags(isQuoted, isHex, isEscaped, Encoding.NONE, false, false);
    }

    private FormatFlags withOne(String word) throws ParseProblem {
        boolean isOn = word.startsWith("+");
        boolean isOff = word.startsWith("-");
        FormatFlags changed = changed(isOn || isOff ? word.substring(1) : word, isOn);
        return isOn || isOff ? changed : this; // HAProxy knows the name, and does nothing without a sign
    }

    private FormatFlags changed(String name, boolean isOn) throws ParseProblem {
        return switch (name) {
            case "" -> this;
            case "Q" -> new FormatFlags(isOn, isHex, isEscaped, encoding, isBinary, isUtf8);
            case "X" -> new FormatFlags(isQuoted, isOn, isEscaped, encoding, isBinary, isUtf8);
            case "E" -> new FormatFlags(isQuoted, isHex, isOn, encoding, isBinary, isUtf8);
            case "json" -> withEncoding(Encoding.JSON, isOn);
            case "cbor" -> withEncoding(Encoding.CBOR, isOn);
            case "bin" -> new FormatFlags(isQuoted, isHex, isEscaped, encoding, isOn, isUtf8);
            case "utf8" -> new FormatFlags(isQuoted, isHex, isEscaped, encoding, isBinary, isOn);
            default -> throw new ParseProblem("unknown log-format flag '%s'", name);
        };
    }

    private FormatFlags withEncoding(Encoding named, boolean isOn) {
        Encoding next = isOn ? named : encoding == named ? Encoding.NONE : encoding;
        return new FormatFlags(isQuoted, isHex, isEscaped, next, isBinary, isUtf8);
    }
}
