package dev.weir.protocol.http1;

import static org.agrona.UnsafeApi.copyMemory;
import static org.agrona.UnsafeApi.getByte;
import static org.agrona.UnsafeApi.getInt;
import static org.agrona.UnsafeApi.getLong;
import static org.agrona.UnsafeApi.putByte;
import static org.agrona.UnsafeApi.putInt;
import static org.agrona.UnsafeApi.putLong;

/**
 * Copies short pieces of native memory, as names and values are: by words, the last one overlapping the one before it, so that
 * nothing beyond the piece is read or written. Addresses are trusted.
 */
final class Copies {
    /** From here on the library's copy is the faster one. */
    private static final int LONG_BYTES_MIN = 128;

    private static final long CASE_BITS = 0x2020202020202020L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long NOT_BELOW_A = (0x80 - 'A') * 0x0101010101010101L;
    private static final long ABOVE_Z = (0x80 - 'Z' - 1) * 0x0101010101010101L;

    private Copies() {}

    static void copy(long from, long to, int length) {
        if (length >= LONG_BYTES_MIN) {
            copyMemory(from, to, length);
        } else if (length >= Long.BYTES) {
            int last = length - Long.BYTES;
            for (int at = 0; at < last; at += Long.BYTES) {
                putLong(to + at, getLong(from + at));
            }
            putLong(to + last, getLong(from + last));
        } else if (length >= Integer.BYTES) {
            int last = length - Integer.BYTES;
            int first = getInt(from);
            putInt(to + last, getInt(from + last));
            putInt(to, first);
        } else {
            for (int at = 0; at < length; at++) {
                putByte(to + at, getByte(from + at));
            }
        }
    }

    /** With capital letters of ASCII made small. */
    static void copyLower(long from, long to, int length) {
        if (length >= Long.BYTES) {
            int last = length - Long.BYTES;
            for (int at = 0; at < last; at += Long.BYTES) {
                putLong(to + at, lower(getLong(from + at)));
            }
            putLong(to + last, lower(getLong(from + last)));
        } else if (length >= Integer.BYTES) {
            int last = length - Integer.BYTES;
            putInt(to, (int) lower(getInt(from)));
            putInt(to + last, (int) lower(getInt(from + last)));
        } else {
            for (int at = 0; at < length; at++) {
                putByte(to + at, (byte) lower(getByte(from + at)));
            }
        }
    }

    /** Of eight bytes: each that is a capital letter gets the bit that makes it a small one. */
    static long lower(long word) {
        long low = word & ~HIGH_BITS;
        long capitals = low + NOT_BELOW_A & ~(low + ABOVE_Z) & ~word & HIGH_BITS;
        return word | capitals >>> 2 & CASE_BITS;
    }
}
