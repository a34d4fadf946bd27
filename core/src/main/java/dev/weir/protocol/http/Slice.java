package dev.weir.protocol.http;

/**
 * A piece of a {@link MessageHead}'s bytes as one long, so that nothing is allocated to name it: which of the head's two buffers
 * (bit 63: its own edits, else what was received), offset (31 bits), length (32 bits).
 */
public final class Slice {
    /** No piece at all, other than an empty one. */
    public static final long NONE = -1L;

    private static final long EDITED = Long.MIN_VALUE;

    private Slice() {}

    /** Bytes as they were received. */
    public static long received(int offset, int length) {
        return (long) offset << 32 | length;
    }

    /** Bytes of the head's own. */
    static long edited(int offset, int length) {
        return EDITED | (long) offset << 32 | length;
    }

    public static boolean isEdited(long slice) {
        return slice < 0;
    }

    public static int offset(long slice) {
        return (int) (slice >>> 32) & Integer.MAX_VALUE;
    }

    public static int length(long slice) {
        return (int) slice;
    }

    /** A part of a piece. */
    public static long part(long slice, int offset, int length) {
        return slice & EDITED | (long) (offset(slice) + offset) << 32 | length;
    }
}
