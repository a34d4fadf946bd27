package dev.weir.log;

import dev.weir.sample.ParseProblem;

/** Flags of a format item. Immutable. */
record FormatFlags(boolean isQuoted, boolean isHex, boolean isEscaped, boolean isJson) {
    static final FormatFlags NONE = new FormatFlags(false, false, false, false);

    /** Applies {@code +Q,-X,...}. */
    FormatFlags with(String list) throws ParseProblem {
        FormatFlags flags = this;
        for (String word : list.split(",")) {
            flags = flags.withOne(word.strip());
        }
        return flags;
    }

    private FormatFlags withOne(String word) throws ParseProblem {
        boolean isOn = !word.startsWith("-");
        String name = word.startsWith("-") || word.startsWith("+") ? word.substring(1) : word;
        return switch (name) {
            case "" -> this;
            case "Q" -> new FormatFlags(isOn, isHex, isEscaped, isJson);
            case "X" -> new FormatFlags(isQuoted, isOn, isEscaped, isJson);
            case "E" -> new FormatFlags(isQuoted, isHex, isOn, isJson);
            case "json" -> new FormatFlags(isQuoted, isHex, isEscaped, isOn);
            case "bin", "cbor", "utf8" ->
                throw new ParseProblem("the log-format flag '%s' is known but not supported by this version", name);
            default -> throw new ParseProblem("unknown log-format flag '%s'", name);
        };
    }
}
