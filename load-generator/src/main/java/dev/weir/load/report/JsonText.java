package dev.weir.load.report;

/** Writes JSON, member by member, indented. */
final class JsonText {
    private final StringBuilder text = new StringBuilder(4096);
    private int depth;
    private boolean needsComma;

    JsonText open(String name, char bracket) {
        next(name);
        text.append(bracket);
        depth++;
        needsComma = false;
        return this;
    }

    JsonText close(char bracket) {
        depth--;
        if (needsComma) {
            newLine();
        }
        text.append(bracket);
        needsComma = true;
        return this;
    }

    JsonText member(String name, String value) {
        next(name);
        quote(value);
        return this;
    }

    JsonText member(String name, long value) {
        next(name);
        text.append(value);
        return this;
    }

    JsonText member(String name, boolean value) {
        next(name);
        text.append(value);
        return this;
    }

    /** What is no number is null. */
    JsonText member(String name, double value) {
        next(name);
        if (Double.isFinite(value)) {
            text.append(Figures.format("%.3f", value));
        } else {
            text.append("null");
        }
        return this;
    }

    /** A pair of numbers, on one line. */
    JsonText pair(double first, double second) {
        next(null);
        text.append(Figures.format("[%.6f, %.3f]", first, second));
        return this;
    }

    private void next(String name) {
        if (needsComma) {
            text.append(',');
        }
        if (depth > 0) {
            newLine();
        }
        needsComma = true;
        if (name != null) {
            quote(name);
            text.append(": ");
        }
    }

    private void newLine() {
        text.append('\n').repeat(' ', 2 * depth);
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            switch (character) {
                case '"', '\\' -> text.append('\\').append(character);
                case '\n' -> text.append("\\n");
                // A page's script must not end inside one of its strings.
                case '<', '>', '&' -> text.append(Figures.format("\\u%04x", (int) character));
                default -> {
                    if (character < ' ') {
                        text.append(Figures.format("\\u%04x", (int) character));
                    } else {
                        text.append(character);
                    }
                }
            }
        }
        text.append('"');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
