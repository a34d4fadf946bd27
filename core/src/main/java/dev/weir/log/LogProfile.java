package dev.weir.log;

import dev.weir.stream.LogOrigin;
import java.util.Map;

/**
 * What one {@code log} line says differently from its proxy: {@code log-profile}. Immutable.
 *
 * @param tag {@code log-tag}, empty for the proxy's
 * @param steps by origin
 * @param otherwise {@code on any}; null for none
 */
public record LogProfile(String tag, Map<LogOrigin, Step> steps, Step otherwise) {
    /** Changes nothing. */
    public static final LogProfile NONE = new LogProfile("", Map.of(), null);

    private static final Step UNCHANGED = new Step(false, null, null);

    /**
     * One {@code on} line.
     *
     * @param isDropped nothing is written
     * @param text null for the proxy's format
     * @param structuredData null for the proxy's
     */
    public record Step(boolean isDropped, LogFormat text, LogFormat structuredData) {}

    Step of(LogOrigin origin) {
        Step otherwise = this.otherwise == null ? UNCHANGED : this.otherwise;
        return steps.getOrDefault(origin, otherwise);
    }
}
