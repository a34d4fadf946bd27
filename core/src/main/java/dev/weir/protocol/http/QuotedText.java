package dev.weir.protocol.http;

import org.agrona.DirectBuffer;

/** Looks for delimiters outside double quotes, within which a backslash hides the next byte (RFC 9110 section 5.6.4). */
public final class QuotedText {
    private QuotedText() {}

    /** The first of two delimiters that is not between quotes; {@code end} if there is none. */
    public static int find(DirectBuffer bytes, int from, int end, char delimiter, char other) {
        boolean isQuoted = false;
        for (int at = from; at < end; at++) {
            int octet = bytes.getByte(at);
            if (octet == '"') {
                isQuoted = !isQuoted;
            } else if (isQuoted && octet == '\\') {
                at++;
            } else if (!isQuoted && (octet == delimiter || octet == other)) {
                return at;
            }
        }
        return end;
    }
}
