package dev.weir.resolver;

/** {@code hold} lines, in milliseconds: for how long what was known before outlives another outcome. Immutable. */
public record HoldTimes(long validMs, long obsoleteMs, long nxMs, long refusedMs, long timeoutMs, long otherMs) {
    /** What HAProxy takes where a section says nothing. */
    public static final HoldTimes DEFAULT = new HoldTimes(10_000, 0, 30_000, 30_000, 30_000, 30_000);

    /** For how long the last valid answer outlives such a status. */
    long ofMs(Resolution.Status status) {
        return switch (status) {
            case NX -> nxMs;
            case REFUSED -> refusedMs;
            case TIMEOUT -> timeoutMs;
            case NONE, VALID, INVALID, OTHER -> otherMs;
        };
    }
}
