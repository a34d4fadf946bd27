package dev.weir.stick;

import org.agrona.MutableDirectBuffer;

/**
 * Events of a sliding period, kept as HAProxy does: the current period counts whole, of the one before what the current one has
 * not yet replaced. Three ints: start of the current period (milliseconds, wrapping), its count, the count before. Stateless.
 */
final class RateCell {
    private static final int START = 0;
    private static final int CURRENT = 4;
    private static final int PAST = 8;

    private RateCell() {}

    static void add(MutableDirectBuffer buffer, int at, long periodMs, int events, long nowMs) {
        int elapsedMs = (int) nowMs - buffer.getInt(at + START);
        if (Integer.compareUnsigned(elapsedMs, (int) periodMs) < 0) {
            buffer.putInt(at + CURRENT, buffer.getInt(at + CURRENT) + events);
            return;
        }
        boolean isNext = Integer.toUnsignedLong(elapsedMs) < 2 * periodMs;
        buffer.putInt(at + PAST, isNext ? buffer.getInt(at + CURRENT) : 0);
        buffer.putInt(at + START, isNext ? buffer.getInt(at + START) + (int) periodMs : (int) nowMs);
        buffer.putInt(at + CURRENT, events);
    }

    /** Events per period, unsigned. */
    static long read(MutableDirectBuffer buffer, int at, long periodMs, long nowMs) {
        long remainingMs = periodMs - Integer.toUnsignedLong((int) nowMs - buffer.getInt(at + START));
        long current = Integer.toUnsignedLong(buffer.getInt(at + CURRENT));
        long past = Integer.toUnsignedLong(buffer.getInt(at + PAST));
        if (remainingMs < 0) {
            remainingMs += periodMs;
            past = current;
            current = 0;
            if (remainingMs < 0) {
                return 0;
            }
        }
        if (past <= 1 && current == 0) {
            return past; // a very low rate would flicker
        }
        return current + past * remainingMs / periodMs;
    }

    /** {@code set table}: as if that many events had just happened, so that the number stands still for a period and then fades. */
    static void set(MutableDirectBuffer buffer, int at, int events, long nowMs) {
        buffer.putInt(at + START, (int) nowMs);
        buffer.putInt(at + CURRENT, events);
        buffer.putInt(at + PAST, 0);
    }
}
