package dev.weir.config.model;

import dev.weir.stream.LogOrigin;
import java.util.List;

/**
 * {@code log-profile}: what {@code log} lines that name it say differently from their proxy.
 *
 * @param tag {@code log-tag}, empty for the proxy's
 */
public record LogProfileSection(Position at, String name, String tag, List<StepLine> steps) {
    /**
     * One {@code on} line.
     *
     * @param origin null for {@code any}
     * @param format null for the proxy's
     * @param structuredData null for the proxy's
     */
    public record StepLine(LogOrigin origin, boolean isDropped, LogFormatLine format, LogFormatLine structuredData) {}
}
