package dev.weir.config.model;

import java.util.List;

/**
 * What asks for a frontend's health, and when the answer is bad.
 *
 * @param uri {@code monitor-uri}, empty for none
 * @param failures {@code monitor fail}, in order
 */
public record MonitorSettings(String uri, List<Failure> failures) {
    /** One {@code monitor fail}: from {@code if} or {@code unless} on. */
    public record Failure(Position at, List<String> condition) {}
}
