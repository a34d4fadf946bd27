package dev.weir.config.parse;

import java.math.BigInteger;

/** A number at the start of a text, as strtoul(3) with base 0 reads it: decimal, octal behind {@code 0}, hexadecimal behind {@code 0x}. */
final class UnsignedNumber {
    private static final int BITS = 64;

    private final String text;
    private int end;
    private BigInteger value = BigInteger.ZERO;
    private boolean hasDigits;

    UnsignedNumber(String text) {
        this.text = text;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        boolean isNegative = text.startsWith("-", end);
        end += isNegative || text.startsWith("+", end) ? 1 : 0;
        read(base());
        value = isNegative ? value.negate() : value;
    }

    /** A prefix without a digit behind it is the number 0. */
    private int base() {
        boolean isHexadecimal = text.startsWith("0x", end) || text.startsWith("0X", end);
        if (isHexadecimal && end + 2 < text.length() && Character.digit(text.charAt(end + 2), 16) >= 0) {
            end += 2;
            return 16;
        }
        return text.startsWith("0", end) ? 8 : 10;
    }

    private void read(int base) {
        for (; end < text.length() && Character.digit(text.charAt(end), base) >= 0; end++) {
            int digit = Character.digit(text.charAt(end), base);
            value = value.multiply(BigInteger.valueOf(base)).add(BigInteger.valueOf(digit));
            hasDigits = true;
        }
    }

    /** There is a number, and it is none too great. */
    boolean isValid() {
        return hasDigits && value.abs().bitLength() <= BITS;
    }

    /** Its 64 bits; of a negative number those of C's negation. */
    long value() {
        return value.longValue();
    }

    /** Index behind it. */
    int end() {
        return end;
    }
}
