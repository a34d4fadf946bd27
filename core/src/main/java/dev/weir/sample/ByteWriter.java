package dev.weir.sample;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Appends text and numbers to a byte array that grows to a limit and is then reused, so that building a value allocates
 * nothing in the steady state. What does not fit is dropped and remembered in {@link #isOverflowed()}. One thread.
 */
public final class ByteWriter {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    private final int bytesMax;
    private byte[] array;
    private int length;
    private boolean isOverflowed;

    public ByteWriter(int bytesAtFirst, int bytesMax) {
        this.array = new byte[Math.min(bytesAtFirst, bytesMax)];
        this.bytesMax = bytesMax;
    }

    public ByteWriter clear() {
        length = 0;
        isOverflowed = false;
        return this;
    }

    /** The bytes written; replaced when the writer grows. */
    public byte[] array() {
        return array;
    }

    public int length() {
        return length;
    }

    /** Cuts back to what was written before. */
    public ByteWriter length(int length) {
        assert length <= this.length : "a writer is only shortened";
        this.length = length;
        return this;
    }

    /** Whether something was dropped for want of room. */
    public boolean isOverflowed() {
        return isOverflowed;
    }

    public ByteWriter put(int value) {
        if (reserve(1)) {
            array[length++] = (byte) value;
        }
        return this;
    }

    public ByteWriter put(byte[] source) {
        return put(source, 0, source.length);
    }

    public ByteWriter put(byte[] source, int offset, int count) {
        int fitting = fitting(count);
        System.arraycopy(source, offset, array, length, fitting);
        length += fitting;
        return this;
    }

    public ByteWriter put(DirectBuffer source, int offset, int count) {
        int fitting = fitting(count);
        source.getBytes(offset, array, length, fitting);
        length += fitting;
        return this;
    }

    /** Writes text as UTF-8. */
    public ByteWriter put(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                put(c);
            } else {
                i += putWide(text, i);
            }
        }
        return this;
    }

    private int putWide(String text, int index) {
        int point = text.codePointAt(index);
        if (point < 0x800) {
            put(0xC0 | point >> 6).put(0x80 | point & 0x3F);
        } else if (point < 0x10000) {
            put(0xE0 | point >> 12).put(0x80 | point >> 6 & 0x3F).put(0x80 | point & 0x3F);
        } else {
            put(0xF0 | point >> 18).put(0x80 | point >> 12 & 0x3F).put(0x80 | point >> 6 & 0x3F);
            put(0x80 | point & 0x3F);
        }
        return Character.charCount(point) - 1;
    }

    public ByteWriter putDecimal(long value) {
        if (value == Long.MIN_VALUE) {
            return put("-9223372036854775808");
        }
        if (value < 0) {
            put('-');
        }
        return putPadded(Math.abs(value), 1);
    }

    /** Writes a non-negative number with at least that many digits. */
    public ByteWriter putPadded(long value, int digitsMin) {
        int digits = Math.max(digitsMin, digitCount(value));
        if (reserve(digits)) {
            for (int i = length + digits - 1; i >= length; i--) {
                array[i] = (byte) ('0' + value % 10);
                value /= 10;
            }
            length += digits;
        }
        return this;
    }

    /** Writes all 64 bits as an unsigned number. */
    public ByteWriter putUnsigned(long value) {
        if (value >= 0) {
            return putDecimal(value);
        }
        long head = Long.divideUnsigned(value, 10);
        return putDecimal(head).put('0' + (int) (value - head * 10));
    }

    /** Writes two upper-case hex digits. */
    public ByteWriter putHex(int value) {
        return put(HEX[value >> 4 & 15]).put(HEX[value & 15]);
    }

    /** Writes upper-case hex digits without leading zeros. */
    public ByteWriter putHexNumber(long value) {
        int shift = Math.max(0, 60 - Long.numberOfLeadingZeros(value) / 4 * 4);
        for (; shift >= 0; shift -= 4) {
            put(HEX[(int) (value >>> shift) & 15]);
        }
        return this;
    }

    private static int digitCount(long value) {
        int digits = 1;
        while (value >= 10) {
            value /= 10;
            digits++;
        }
        return digits;
    }

    private int fitting(int count) {
        return reserve(count) ? count : room();
    }

    private int room() {
        grow(bytesMax);
        return bytesMax - length;
    }

    private boolean reserve(int count) {
        if (length + count <= array.length) {
            return true;
        }
        if (length + count > bytesMax) {
            isOverflowed = true;
            return false;
        }
        grow(length + count);
        return true;
    }

    private void grow(int bytesNeeded) {
        if (bytesNeeded > array.length) {
            array = Arrays.copyOf(array, Math.min(bytesMax, Math.max(bytesNeeded, array.length * 2)));
        }
    }
}
