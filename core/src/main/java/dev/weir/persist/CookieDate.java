package dev.weir.persist;

import dev.weir.sample.ByteWriter;
import org.agrona.DirectBuffer;

/** Dates in cookies: units of four seconds since the epoch, 30 bits in five base64 digits. No state. */
final class CookieDate {
    static final int LENGTH = 5;

    private static final byte[] DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final byte[] VALUES = new byte[256];

    static {
        java.util.Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            VALUES[DIGITS[i]] = (byte) i;
        }
    }

    private CookieDate() {}

    /** Rounded up, so that a date is never before its time. */
    static long units(long epochSeconds) {
        return epochSeconds + 3 >> 2;
    }

    static void write(long units, ByteWriter out) {
        for (int shift = 24; shift >= 0; shift -= 6) {
            out.put(DIGITS[(int) (units >>> shift) & 63]);
        }
    }

    /** Seconds since the epoch; 0 if it is no date. */
    static long read(DirectBuffer bytes, int offset) {
        long units = 0;
        for (int i = 0; i < LENGTH; i++) {
            int digit = VALUES[bytes.getByte(offset + i) & 0xFF];
            if (digit < 0) {
                return 0;
            }
            units = units << 6 | digit;
        }
        return units << 34 >> 32; // 30 bits with sign, times four
    }
}
