package dev.weir.protocol;

import dev.weir.bridge.transport.SocketName;
import org.agrona.DirectBuffer;

/**
 * The four words of a PROXY text header: two addresses of one family and two ports, each ended by one space or the line. Read
 * in place, strictly: no leading zeros of ports beyond their value, no blanks, no names. Thread: its owner's; reused.
 */
final class TextAddress {
    private static final int GROUPS = 8;

    private DirectBuffer input;
    private int at;
    private int end;
    private long high;
    private long low;
    private final int[] groups = new int[GROUPS];

    boolean read(DirectBuffer input, int from, int end, boolean ipv6, SocketName source, SocketName destination) {
        this.input = input;
        this.at = from;
        this.end = end;
        if (!address(ipv6) || !space()) {
            return false;
        }
        keep(source, ipv6);
        if (!address(ipv6) || !space()) {
            return false;
        }
        keep(destination, ipv6);
        int sourcePort = number(65535);
        if (sourcePort < 0 || !space()) {
            return false;
        }
        int destinationPort = number(65535);
        source.port(sourcePort);
        destination.port(Math.max(0, destinationPort));
        return destinationPort >= 0 && at == end;
    }

    private void keep(SocketName name, boolean ipv6) {
        if (ipv6) {
            name.ipv6(high, low, 0);
        } else {
            name.ipv4((int) low, 0);
        }
    }

    private boolean space() {
        return at < end && input.getByte(at++) == ' ';
    }

    private boolean address(boolean ipv6) {
        return ipv6 ? ipv6() : ipv4();
    }

    private boolean ipv4() {
        high = 0;
        low = 0;
        for (int i = 0; i < 4; i++) {
            int part = number(255);
            if (part < 0 || i < 3 && (at >= end || input.getByte(at++) != '.')) {
                return false;
            }
            low = low << 8 | part;
        }
        return true;
    }

    /** Decimal digits up to a maximum, or -1. */
    private int number(int max) {
        int start = at;
        int value = 0;
        while (at < end && isDigit(input.getByte(at)) && value <= max) {
            value = value * 10 + input.getByte(at++) - '0';
        }
        boolean hasLeadingZero = at - start > 1 && input.getByte(start) == '0';
        return at == start || value > max || hasLeadingZero ? -1 : value;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    /** RFC 4291 section 2.2, forms 1 to 3. */
    private boolean ipv6() {
        int count = 0;
        int gap = -1;
        if (at + 1 < end && input.getByte(at) == ':' && input.getByte(at + 1) == ':') {
            gap = 0;
            at += 2;
        }
        while (count < GROUPS && at < end && input.getByte(at) != ' ') {
            if (isDottedAhead()) {
                return count <= GROUPS - 2 && dotted(count) && store(count + 2, gap);
            }
            int group = group();
            if (group < 0) {
                return false;
            }
            groups[count++] = group;
            if (at < end && input.getByte(at) == ':') {
                at++;
                if (at < end && input.getByte(at) == ':') {
                    if (gap >= 0) {
                        return false;
                    }
                    gap = count;
                    at++;
                } else if (at >= end || input.getByte(at) == ' ') {
                    return false;
                }
            }
        }
        return store(count, gap);
    }

    private boolean isDottedAhead() {
        for (int i = at; i < end && i < at + 4; i++) {
            byte character = input.getByte(i);
            if (character == '.') {
                return true;
            }
            if (!isDigit(character)) {
                return false;
            }
        }
        return false;
    }

    private boolean dotted(int count) {
        if (!ipv4()) {
            return false;
        }
        groups[count] = (int) (low >>> 16) & 0xFFFF;
        groups[count + 1] = (int) low & 0xFFFF;
        return true;
    }

    /** One to four hexadecimal digits, or -1. */
    private int group() {
        int value = 0;
        int start = at;
        while (at < end && at - start < 4 && Character.digit(input.getByte(at), 16) >= 0) {
            value = value << 4 | Character.digit(input.getByte(at++), 16);
        }
        return at == start ? -1 : value;
    }

    private boolean store(int count, int gap) {
        if (gap < 0 ? count != GROUPS : count >= GROUPS) {
            return false;
        }
        high = 0;
        low = 0;
        int zeros = GROUPS - count;
        for (int i = 0; i < GROUPS; i++) {
            int group = gap < 0 || i < gap ? groups[i] : i < gap + zeros ? 0 : groups[i - zeros];
            if (i < 4) {
                high = high << 16 | group;
            } else {
                low = low << 16 | group;
            }
        }
        return true;
    }
}
