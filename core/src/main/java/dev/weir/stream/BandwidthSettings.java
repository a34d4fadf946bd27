package dev.weir.stream;

import dev.weir.stick.StickTable;

/**
 * A bandwidth limit as its {@code filter} line has it. Immutable.
 *
 * @param name in its proxy
 * @param isUpload {@code bwlim-in}: of what the client sends; else of what it gets
 * @param rank position among all that a stream may have: a frontend's come before a backend's
 * @param bytesMax how much may pass in a period
 * @param bytesMin {@code min-size}: how much passes at a time at least, if a period's worth is as much
 * @param table where streams with the same key share the limit, or null: each has its own
 */
public record BandwidthSettings(
        String name, boolean isUpload, int rank, long bytesMax, long periodMs, long bytesMin, StickTable table) {}
