package dev.weir.sample.pattern;

import org.agrona.DirectBuffer;

/**
 * Bytes as characters 0 to 255, read in place by the regular expression engine. It counts what is read, so that an expression
 * that backtracks without end is cut off. Owned by whoever matches.
 */
final class Latin1View implements CharSequence {
    /** Thrown when the budget is used up; it is a result, not a fault, so it has no stack trace. */
    static final class Exhausted extends RuntimeException {
        static final Exhausted INSTANCE = new Exhausted();

        private Exhausted() {
            super("too many steps", null, false, false);
        }
    }

    /** As many reads as PCRE's default limit of match calls. */
    private static final long READS_MAX = 10_000_000;

    private DirectBuffer bytes;
    private int offset;
    private int length;
    private long readsLeft;

    Latin1View wrap(DirectBuffer bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        this.readsLeft = READS_MAX;
        return this;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        if (--readsLeft < 0) {
            throw Exhausted.INSTANCE;
        }
        return (char) (bytes.getByte(offset + index) & 0xFF);
    }

    /** Only for debugging and for groups as text; copies. */
    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().subSequence(start, end);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) (bytes.getByte(offset + i) & 0xFF));
        }
        return text.toString();
    }
}
