package dev.weir.load.http;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Looking for bytes in a buffer. */
final class Bytes {
    static final byte CR = '\r';
    static final byte LF = '\n';
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private Bytes() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Where a byte comes first, or -1; eight bytes at a time. */
    static int indexOf(DirectBuffer buffer, byte wanted, int from, int to) {
        long pattern = (wanted & 0xFF) * ONES;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long differences = buffer.getLong(at, ByteOrder.LITTLE_ENDIAN) ^ pattern;
            long zeros = (differences - ONES) & ~differences & HIGHS;
            if (zeros != 0) {
                return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
        }
        for (; at < to; at++) {
            if (buffer.getByte(at) == wanted) {
                return at;
            }
        }
        return -1;
    }

    /** Whether a range is a word of lower-case letters and hyphens, in whatever case it is written. */
    static boolean equalsLower(DirectBuffer buffer, int from, int to, byte[] word) {
        if (to - from != word.length) {
            return false;
        }
        return startsLower(buffer, from, word);
    }

    private static boolean startsLower(DirectBuffer buffer, int from, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if ((buffer.getByte(from + i) | 0x20) != word[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean containsLower(DirectBuffer buffer, int from, int to, byte[] word) {
        for (int at = from; at + word.length <= to; at++) {
            if (startsLower(buffer, at, word)) {
                return true;
            }
        }
        return false;
    }

    static int skipBlanks(DirectBuffer buffer, int from, int to) {
        int at = from;
        while (at < to && isBlank(buffer.getByte(at))) {
            at++;
        }
        return at;
    }

    static int trimBlanks(DirectBuffer buffer, int from, int to) {
        int end = to;
        while (end > from && isBlank(buffer.getByte(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isBlank(byte value) {
        return value == ' ' || value == '\t';
    }

    /** 0 to 15, or -1. */
    static int hexDigit(byte value) {
        if (value >= '0' && value <= '9') {
            return value - '0';
        }
        int letter = (value | 0x20) - 'a';
        return letter >= 0 && letter < 6 ? letter + 10 : -1;
    }
}
