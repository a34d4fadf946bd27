package dev.weir.protocol;

import org.agrona.DirectBuffer;

/**
 * The cookie in the first packet of a remote desktop client: behind eleven bytes of TPKT and X.224 headers, which are not looked
 * at, {@code Cookie: name=value CR LF}. No state.
 */
public final class RdpCookie {
    /** More bytes may show one. */
    public static final long TOO_SHORT = -1;

    /** There is none. */
    public static final long NONE = -2;

    private static final int HEAD_BYTES = 11;
    private static final byte[] FIELD = "cookie:".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private RdpCookie() {}

    /**
     * Looks for a cookie in the first {@code length} bytes.
     *
     * @param name in any case; empty for any
     * @return offset (high 32 bits) and length of the value, TOO_SHORT or NONE
     */
    public static long find(DirectBuffer bytes, int length, byte[] name) {
        if (length <= HEAD_BYTES + FIELD.length) {
            return TOO_SHORT;
        }
        if (!startsWith(bytes, HEAD_BYTES, FIELD)) {
            return NONE;
        }
        int at = HEAD_BYTES + FIELD.length;
        while (at < length && bytes.getByte(at) == ' ') {
            at++;
        }
        long equals = name.length == 0 ? anyName(bytes, at, length) : thatName(bytes, at, length, name);
        return equals < 0 ? equals : value(bytes, (int) equals + 1, length);
    }

    public static int offset(long found) {
        return (int) (found >>> 32);
    }

    public static int length(long found) {
        return (int) found;
    }

    private static long thatName(DirectBuffer bytes, int start, int length, byte[] name) {
        int equals = start + name.length;
        if (equals >= length) {
            return TOO_SHORT;
        }
        return bytes.getByte(equals) == '=' && startsWith(bytes, start, name) ? equals : NONE;
    }

    private static long anyName(DirectBuffer bytes, int start, int length) {
        for (int at = start; at < length; at++) {
            int octet = bytes.getByte(at);
            if (octet == '=') {
                return at;
            }
            if (octet == '\r' || octet == '\n') {
                return NONE;
            }
        }
        return TOO_SHORT;
    }

    private static long value(DirectBuffer bytes, int start, int length) {
        int end = start;
        while (end < length && bytes.getByte(end) != '\r') {
            end++;
        }
        if (end + 1 >= length) {
            return TOO_SHORT;
        }
        return bytes.getByte(end + 1) == '\n' ? (long) start << 32 | end - start : NONE;
    }

    /** Ignores the case of ASCII letters. */
    private static boolean startsWith(DirectBuffer bytes, int offset, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (lower(bytes.getByte(offset + i)) != lower(text[i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
}
