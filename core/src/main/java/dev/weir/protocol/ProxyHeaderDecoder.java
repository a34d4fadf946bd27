package dev.weir.protocol;

import dev.weir.bridge.transport.SocketName;
import org.agrona.DirectBuffer;

/**
 * Reads the header of the PROXY protocol, version 1 (text) or 2 (binary), from the first bytes of a connection. Strict: what
 * is not exactly a header is refused, since whoever may send one decides who the client seems to be.
 *
 * <p>Thread: its owner's; reused. Allocates nothing.
 *
 * @see <a href="https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt">The PROXY protocol, sections 2.1 and 2.2</a>
 */
public final class ProxyHeaderDecoder {
    /** More bytes are needed. */
    public static final int INCOMPLETE = 0;
    /** These bytes are no header. */
    public static final int INVALID = -1;

    /** Longest text header with its line end (section 2.1). */
    static final int TEXT_BYTES_MAX = 107;
    /** Signature, version and command, family, length (section 2.2). */
    static final int BINARY_HEAD_BYTES = 16;

    private static final byte[] TEXT_START = {'P', 'R', 'O', 'X', 'Y', ' '};
    private static final byte[] SIGNATURE = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};
    private static final int IPV4_BYTES = 12;
    private static final int IPV6_BYTES = 36;
    private static final int UNIX_BYTES = 216;

    private final TextAddress text = new TextAddress();
    private boolean hasAddresses;
    private int fieldsOffset;
    private int fieldsLength;

    /** Whether the header named a source and a destination; UNKNOWN and LOCAL do not, and the real ones stay. */
    public boolean hasAddresses() {
        return hasAddresses;
    }

    /** Where the type-length-value fields of version 2 begin. */
    public int fieldsOffset() {
        return fieldsOffset;
    }

    public int fieldsLength() {
        return fieldsLength;
    }

    /**
     * Looks at the first bytes.
     *
     * @return the header's length, {@link #INCOMPLETE} or {@link #INVALID}
     */
    public int decode(DirectBuffer input, int length, SocketName source, SocketName destination) {
        hasAddresses = false;
        fieldsLength = 0;
        if (startsLike(input, length, SIGNATURE)) {
            return length < BINARY_HEAD_BYTES ? INCOMPLETE : binary(input, length, source, destination);
        }
        if (startsLike(input, length, TEXT_START)) {
            return textLine(input, length, source, destination);
        }
        return INVALID;
    }

    private static boolean startsLike(DirectBuffer input, int length, byte[] expected) {
        for (int i = 0; i < Math.min(length, expected.length); i++) {
            if (input.getByte(i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    // ---- version 2 ----

    private int binary(DirectBuffer input, int length, SocketName source, SocketName destination) {
        int version = input.getByte(12) >> 4 & 0xF;
        int command = input.getByte(12) & 0xF;
        int bodyBytes = unsignedShort(input, 14);
        if (version != 2 || command > 1) {
            return INVALID;
        }
        if (length < BINARY_HEAD_BYTES + bodyBytes) {
            return INCOMPLETE;
        }
        int addressBytes = command == 0 ? 0 : addresses(input, bodyBytes, source, destination);
        if (addressBytes < 0) {
            return INVALID;
        }
        fieldsOffset = BINARY_HEAD_BYTES + addressBytes;
        fieldsLength = command == 0 ? 0 : bodyBytes - addressBytes;
        return BINARY_HEAD_BYTES + bodyBytes;
    }

    /** Family and transport: 0x11 TCP over IPv4, 0x21 TCP over IPv6, 0x31 a UNIX stream; others keep the real addresses. */
    private int addresses(DirectBuffer input, int bodyBytes, SocketName source, SocketName destination) {
        int family = input.getByte(13) & 0xFF;
        int needed = family == 0x11 ? IPV4_BYTES : family == 0x21 ? IPV6_BYTES : family == 0x31 ? UNIX_BYTES : 0;
        if (bodyBytes < needed) {
            return -1;
        }
        int at = BINARY_HEAD_BYTES;
        if (family == 0x11) {
            source.ipv4(networkInt(input, at), unsignedShort(input, at + 8));
            destination.ipv4(networkInt(input, at + 4), unsignedShort(input, at + 10));
            hasAddresses = true;
        } else if (family == 0x21) {
            source.ipv6(networkLong(input, at), networkLong(input, at + 8), unsignedShort(input, at + 32));
            destination.ipv6(networkLong(input, at + 16), networkLong(input, at + 24), unsignedShort(input, at + 34));
            hasAddresses = true;
        } else if (family == 0x31) {
            source.unix();
            destination.unix();
            hasAddresses = true;
        }
        return needed == 0 ? bodyBytes : needed;
    }

    private static int unsignedShort(DirectBuffer input, int at) {
        return (input.getByte(at) & 0xFF) << 8 | input.getByte(at + 1) & 0xFF;
    }

    private static int networkInt(DirectBuffer input, int at) {
        return unsignedShort(input, at) << 16 | unsignedShort(input, at + 2);
    }

    private static long networkLong(DirectBuffer input, int at) {
        return (long) networkInt(input, at) << 32 | networkInt(input, at + 4) & 0xFFFF_FFFFL;
    }

    // ---- version 1 ----

    private int textLine(DirectBuffer input, int length, SocketName source, SocketName destination) {
        int end = lineEnd(input, Math.min(length, TEXT_BYTES_MAX));
        if (end < 0) {
            return length >= TEXT_BYTES_MAX ? INVALID : INCOMPLETE;
        }
        int at = TEXT_START.length;
        if (word(input, at, end, "UNKNOWN")) {
            return end + 2;
        }
        boolean ipv6 = word(input, at, end, "TCP6");
        if (!ipv6 && !word(input, at, end, "TCP4")) {
            return INVALID;
        }
        hasAddresses = text.read(input, at + 5, end, ipv6, source, destination);
        return hasAddresses ? end + 2 : INVALID;
    }

    /** Index of the CR of CRLF, or -1. */
    private static int lineEnd(DirectBuffer input, int limit) {
        for (int i = 0; i + 1 < limit; i++) {
            if (input.getByte(i) == '\r' && input.getByte(i + 1) == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Whether a word stands there, ended by a space or by the line. */
    private static boolean word(DirectBuffer input, int at, int end, String word) {
        int after = at + word.length();
        if (after > end) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (input.getByte(at + i) != word.charAt(i)) {
                return false;
            }
        }
        return after == end || input.getByte(after) == ' ';
    }
}
