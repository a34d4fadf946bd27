package dev.weir.config.model;

import java.util.List;

/**
 * A {@code stick} rule.
 *
 * @param words from the key's expression to the condition's end, with {@code table name} in between
 */
public record StickLine(Position at, Kind kind, List<String> words) {
    /** What a rule does. */
    public enum Kind {
        /** Finds the server, and notes it. */
        ON,
        MATCH,
        STORE_REQUEST,
        STORE_RESPONSE
    }
}
