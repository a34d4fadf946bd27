package dev.weir.config.model;

import java.util.List;

/** {@code set-var} or {@code set-var-fmt} of the global section: a name with its conditions, and an expression or a format. */
public record VariableLine(Position at, String name, List<String> words, boolean isFormat) {
    /** How messages name the line. */
    public String keyword() {
        return isFormat ? "set-var-fmt" : "set-var";
    }
}
