package dev.weir.sample.fetch;

import dev.weir.protocol.http.FieldName;
import dev.weir.sample.Arguments;
import dev.weir.sample.Sample;
import dev.weir.stream.ValueType;
import org.agrona.DirectBuffer;

/**
 * Looks for {@code name=value} between delimiters: {@code &}, {@code ;} and the one that a query starts with. Values are not
 * decoded. Immutable; any loop.
 *
 * @param name null for any
 */
record Parameters(byte[] name, int delimiter, boolean ignoresCase) {
    /** Whether an optional argument is {@code i}. */
    static boolean ignoresCase(Arguments args, int position) {
        return args.hasText(position) && args.text(position).charAt(0) == 'i';
    }

    /** Puts the first value from {@code from} on into {@code out}, where the next search can go on. */
    boolean fetch(DirectBuffer bytes, int from, int end, Sample out) {
        int start = name == null ? from : find(bytes, from, end);
        while (start >= 0 && start < end && bytes.getByte(start) != '=') {
            start++;
        }
        if (start < 0 || start >= end) {
            return false;
        }
        int valueEnd = delimiterAt(bytes, start + 1, end);
        if (valueEnd < end) {
            out.more(valueEnd);
        }
        return out.bytes(ValueType.STR, bytes, start + 1, valueEnd - start - 1);
    }

    /** Where the name stands, with an equal sign behind it; -1 if nowhere. */
    private int find(DirectBuffer bytes, int from, int end) {
        int at = from > 0 && isDelimiter(bytes, from) ? from + 1 : from;
        while (at + name.length < end) {
            if (bytes.getByte(at + name.length) == '=' && isNameAt(bytes, at)) {
                return at;
            }
            at = delimiterAt(bytes, at, end) + 1;
        }
        return -1;
    }

    private boolean isNameAt(DirectBuffer bytes, int at) {
        for (int i = 0; i < name.length; i++) {
            int c = bytes.getByte(at + i);
            boolean isSame = c == name[i] || ignoresCase && FieldName.lower(c) == FieldName.lower(name[i]);
            if (!isSame) {
                return false;
            }
        }
        return true;
    }

    private int delimiterAt(DirectBuffer bytes, int from, int end) {
        int at = from;
        while (at < end && !isDelimiter(bytes, at)) {
            at++;
        }
        return at;
    }

    private boolean isDelimiter(DirectBuffer bytes, int at) {
        int c = bytes.getByte(at);
        return c == '&' || c == ';' || c == delimiter;
    }
}
