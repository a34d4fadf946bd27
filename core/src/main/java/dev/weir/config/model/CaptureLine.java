package dev.weir.config.model;

/**
 * One slot of captures: {@code capture request|response header}, {@code declare capture}, or the one that a {@code capture} action
 * with a length makes.
 *
 * @param field the header field that fills it, empty if only rules do
 * @param bytesMax {@code len}
 */
public record CaptureLine(Position at, boolean isRequest, String field, int bytesMax) {}
