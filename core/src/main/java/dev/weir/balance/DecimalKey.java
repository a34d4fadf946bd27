package dev.weir.balance;

import org.agrona.DirectBuffer;

/** Reads a decimal number from the start of a key: an optional sign, then digits; what follows is ignored; it saturates at 64 bits. */
final class DecimalKey {
    private DecimalKey() {}

    static long parse(DirectBuffer key, int offset, int length) {
        int end = offset + length;
        if (length > 0 && key.getByte(offset) == '-') {
            return negative(key, offset + 1, end);
        }
        int first = length > 0 && key.getByte(offset) == '+' ? offset + 1 : offset;
        return positive(key, first, end);
    }

    private static long positive(DirectBuffer key, int first, int end) {
        long value = 0;
        for (int i = first; i < end && isDigit(key.getByte(i)); i++) {
            int digit = key.getByte(i) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                return Long.MAX_VALUE;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static long negative(DirectBuffer key, int first, int end) {
        long value = 0;
        for (int i = first; i < end && isDigit(key.getByte(i)); i++) {
            int digit = key.getByte(i) - '0';
            if (value < (Long.MIN_VALUE + digit) / 10) {
                return Long.MIN_VALUE;
            }
            value = value * 10 - digit;
        }
        return value;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
