package dev.weir.protocol.http;

import org.agrona.DirectBuffer;

/** Optional white space of a field's value (RFC 9110 section 5.6.3): spaces and tabs. */
public final class Blanks {
    private Blanks() {}

    public static boolean isBlank(int octet) {
        return octet == ' ' || octet == '\t';
    }

    /** The first that is no blank. */
    public static int skip(DirectBuffer bytes, int from, int end) {
        int at = from;
        while (at < end && isBlank(bytes.getByte(at))) {
            at++;
        }
        return at;
    }

    /** Behind the last that is no blank. */
    public static int trim(DirectBuffer bytes, int from, int end) {
        int at = end;
        while (at > from && isBlank(bytes.getByte(at - 1))) {
            at--;
        }
        return at;
    }
}
