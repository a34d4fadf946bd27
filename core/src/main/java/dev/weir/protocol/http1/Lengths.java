package dev.weir.protocol.http1;

import dev.weir.protocol.http.ListValues;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;

/** Numbers in Content-Length fields (RFC 9110 section 8.6): digits and nothing else, and all of them the same. */
final class Lengths {
    /** No length is known yet. */
    static final long NONE = Long.MAX_VALUE;
    /** Not a number that fits. */
    static final long BAD = -1;
    /** Not the number that was known. */
    static final long DIFFERENT = -2;

    private Lengths() {}

    /** What all values of a list and a known length agree on: the length, {@link #BAD} or {@link #DIFFERENT}. */
    static long merged(ListValues values, MessageHead head, long known) {
        long length = known;
        while (values.next()) {
            long value = parse(head, values.value());
            if (value < 0 || length != NONE && value != length) {
                return value < 0 ? BAD : DIFFERENT;
            }
            length = value;
        }
        return length;
    }

    private static long parse(MessageHead head, long slice) {
        int digits = Slice.length(slice);
        long value = digits == 0 ? BAD : 0;
        for (int i = 0; i < digits && value >= 0; i++) {
            int digit = head.byteAt(slice, i) - '0';
            boolean fits = digit >= 0 && digit <= 9 && value <= (Long.MAX_VALUE - 1 - digit) / 10;
            value = fits ? value * 10 + digit : BAD;
        }
        return value;
    }

    /** The first number of a list without leading zeros, as a piece of it. */
    static long shortest(MessageHead head, long list) {
        int from = 0;
        int end = 0;
        while (end < Slice.length(list) && Octets.isDigit(head.byteAt(list, end))) {
            end++;
        }
        while (from < end - 1 && head.byteAt(list, from) == '0') {
            from++;
        }
        return Slice.part(list, from, end - from);
    }
}
