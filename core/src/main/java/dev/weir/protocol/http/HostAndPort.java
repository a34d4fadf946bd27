package dev.weir.protocol.http;

import org.agrona.DirectBuffer;

/**
 * The two parts of a {@code Host} field's value or an authority: {@code name:port}, {@code 1.2.3.4:port}, {@code [::1]:port}, with
 * user information in front in an authority. Allocates nothing.
 */
public final class HostAndPort {
    private static final int PORT_MAX = 65535;

    private HostAndPort() {}

    /** Without the port and its colon, brackets of an IPv6 address kept, user information kept out. */
    public static long host(MessageHead head, long value) {
        long rest = withoutUser(head, value);
        int colon = portColon(head, rest);
        return colon < 0 ? rest : Slice.part(rest, 0, colon);
    }

    /** The digits behind the colon, maybe none of them; NONE if there is no colon. */
    public static long portText(MessageHead head, long value) {
        int colon = portColon(head, value);
        return colon < 0 ? Slice.NONE : Slice.part(value, colon + 1, Slice.length(value) - colon - 1);
    }

    /** -1 if there is none or it is no number up to 65535. */
    public static int port(MessageHead head, long value) {
        long digits = portText(head, value);
        if (digits == Slice.NONE || Slice.length(digits) == 0) {
            return -1;
        }
        int port = 0;
        for (int i = 0; i < Slice.length(digits); i++) {
            port = port * 10 + head.byteAt(digits, i) - '0';
            if (port > PORT_MAX) {
                return -1;
            }
        }
        return port;
    }

    private static long withoutUser(MessageHead head, long value) {
        DirectBuffer bytes = head.bytes(value);
        int offset = Slice.offset(value);
        int length = Slice.length(value);
        for (int i = length - 1; i >= 0; i--) {
            if (bytes.getByte(offset + i) == '@') {
                return Slice.part(value, i + 1, length - i - 1);
            }
        }
        return value;
    }

    /** A last colon with nothing but digits behind it, so that the colons of an address in brackets are none. */
    private static int portColon(MessageHead head, long value) {
        DirectBuffer bytes = head.bytes(value);
        int offset = Slice.offset(value);
        for (int i = Slice.length(value) - 1; i >= 0; i--) {
            int octet = bytes.getByte(offset + i);
            if (octet < '0' || octet > '9') {
                return octet == ':' ? i : -1;
            }
        }
        return -1;
    }
}
