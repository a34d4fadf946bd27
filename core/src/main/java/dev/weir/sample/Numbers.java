package dev.weir.sample;

import org.agrona.DirectBuffer;

/** Numbers in text, as HAProxy reads them from values. No state. */
public final class Numbers {
    private Numbers() {}

    /** An empty string is no number; anything else is one, even if it is 0. */
    static boolean hasNumber(Sample sample) {
        return sample.length() > 0;
    }

    static long parse(Sample sample) {
        return parse(sample.bytes(), 0, sample.length());
    }

    /** Reads a sign and digits up to the first other byte; what does not fit becomes the largest or smallest number. */
    public static long parse(DirectBuffer text, int offset, int length) {
        int i = offset;
        int end = offset + length;
        boolean isNegative = i < end && text.getByte(i) == '-';
        if (isNegative || i < end && text.getByte(i) == '+') {
            i++;
        }
        long value = 0;
        for (; i < end; i++) {
            int digit = text.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (value < (Long.MIN_VALUE + digit) / 10) {
                return isNegative ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
            value = value * 10 - digit;
        }
        if (isNegative) {
            return value;
        }
        return value == Long.MIN_VALUE ? Long.MAX_VALUE : -value;
    }
}
