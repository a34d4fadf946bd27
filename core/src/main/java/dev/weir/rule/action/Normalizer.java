package dev.weir.rule.action;

import dev.weir.sample.ByteWriter;
import org.agrona.DirectBuffer;

/** Other ways to write the same path or query (RFC 3986 section 6). No state; allocates nothing. */
final class Normalizer {
    private Normalizer() {}

    /** Appends the normalised form; false if the text is malformed and that matters. */
    interface Form {
        boolean write(DirectBuffer text, int offset, int length, ByteWriter out);
    }

    static boolean stripFragment(DirectBuffer text, int offset, int length, ByteWriter out) {
        int end = indexOf(text, offset, offset + length, '#');
        out.put(text, offset, end - offset);
        return true;
    }

    static boolean encodeFragment(DirectBuffer text, int offset, int length, ByteWriter out) {
        for (int i = offset; i < offset + length; i++) {
            int octet = text.getByte(i);
            if (octet == '#') {
                out.put('%').put('2').put('3');
            } else {
                out.put(octet);
            }
        }
        return true;
    }

    static boolean mergeSlashes(DirectBuffer text, int offset, int length, ByteWriter out) {
        int last = 0;
        for (int i = offset; i < offset + length; i++) {
            int octet = text.getByte(i);
            if (octet != '/' || last != '/') {
                out.put(octet);
            }
            last = octet;
        }
        return true;
    }

    /** Takes out segments that are a dot. */
    static boolean stripDot(DirectBuffer text, int offset, int length, ByteWriter out) {
        int end = offset + length;
        for (int start = offset + 1; start <= end; ) {
            int next = indexOf(text, start, end, '/');
            if (!isDots(text, start, next, 1)) {
                out.put('/').put(text, start, next - start);
            } else if (next == end) {
                out.put('/');
            }
            start = next + 1;
        }
        return true;
    }

    /**
     * Takes out segments that are two dots together with the one before.
     *
     * @param isFull whether those at the beginning, which have none before, go as well
     */
    static boolean stripDotDot(DirectBuffer text, int offset, int length, boolean isFull, ByteWriter out) {
        int end = offset + length;
        int kept = 0;
        for (int start = offset + 1; start <= end; ) {
            int next = indexOf(text, start, end, '/');
            if (!isDots(text, start, next, 2)) {
                out.put('/').put(text, start, next - start);
            } else if (out.length() > kept) {
                out.length(lastSlash(out));
            } else if (!isFull) {
                out.put('/').put('.').put('.');
                kept = out.length();
            }
            if (next == end && isDots(text, start, next, 2)) {
                out.put('/');
            }
            start = next + 1;
        }
        return true;
    }

    private static int lastSlash(ByteWriter text) {
        int at = text.length() - 1;
        while (text.array()[at] != '/') {
            at--;
        }
        return at;
    }

    private static boolean isDots(DirectBuffer text, int start, int end, int count) {
        boolean areDots = end - start == count;
        for (int i = start; areDots && i < end; i++) {
            areDots = text.getByte(i) == '.';
        }
        return areDots;
    }

    /** Decodes what needs no encoding. */
    static boolean decodeUnreserved(DirectBuffer text, int offset, int length, boolean isStrict, ByteWriter out) {
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            int value = encoded(text, i, end);
            if (value >= 0 && isUnreserved(value)) {
                out.put(value);
                i += 2;
            } else if (text.getByte(i) == '%' && value < 0 && isStrict) {
                return false;
            } else {
                out.put(text.getByte(i));
            }
        }
        return true;
    }

    /** Writes the digits of encoded bytes in upper case. */
    static boolean upperCase(DirectBuffer text, int offset, int length, boolean isStrict, ByteWriter out) {
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            int value = encoded(text, i, end);
            if (value >= 0) {
                out.put('%').putHex(value);
                i += 2;
            } else if (text.getByte(i) == '%' && isStrict) {
                return false;
            } else {
                out.put(text.getByte(i));
            }
        }
        return true;
    }

    /** The byte that {@code %XX} stands for, -1 where there is none. */
    private static int encoded(DirectBuffer text, int at, int end) {
        if (text.getByte(at) != '%' || at + 2 >= end) {
            return -1;
        }
        int high = Character.digit(text.getByte(at + 1), 16);
        int low = Character.digit(text.getByte(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static boolean isUnreserved(int octet) {
        boolean isLetter = octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z';
        return isLetter || octet >= '0' && octet <= '9' || octet == '-' || octet == '.' || octet == '_' || octet == '~';
    }

    /** Parameters in the order of their names, those of the same name in the order they had. Each pass looks for the next one. */
    static boolean sortQuery(DirectBuffer text, int offset, int length, ByteWriter out) {
        int end = length > 0 && text.getByte(offset + length - 1) == '&' ? offset + length - 1 : offset + length;
        int written = -1;
        for (int next = following(text, offset, end, written);
                next >= 0;
                next = following(text, offset, end, written)) {
            if (written >= 0) {
                out.put('&');
            }
            out.put(text, next, indexOf(text, next, end, '&') - next);
            written = next;
        }
        return true;
    }

    /** The parameter that comes behind one in the sorted order; -1 at the end. */
    private static int following(DirectBuffer text, int offset, int end, int after) {
        int best = -1;
        for (int start = offset; start <= end; start = indexOf(text, start, end, '&') + 1) {
            boolean isBehind = after < 0 || isBefore(text, end, after, start);
            if (isBehind && (best < 0 || isBefore(text, end, start, best))) {
                best = start;
            }
        }
        return best;
    }

    private static boolean isBefore(DirectBuffer text, int end, int one, int other) {
        for (int i = 0; ; i++) {
            int first = nameByte(text, end, one + i);
            int second = nameByte(text, end, other + i);
            if (first != second) {
                return first < second;
            }
            if (first < 0) {
                return one < other;
            }
        }
    }

    /** -1 behind a name. */
    private static int nameByte(DirectBuffer text, int end, int at) {
        if (at >= end) {
            return -1;
        }
        int octet = text.getByte(at) & 0xFF;
        return octet == '&' || octet == '=' ? -1 : octet;
    }

    private static int indexOf(DirectBuffer text, int from, int end, char wanted) {
        int at = from;
        while (at < end && text.getByte(at) != wanted) {
            at++;
        }
        return at;
    }
}
