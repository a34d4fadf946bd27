package dev.weir.sample;

import dev.weir.bridge.transport.SocketName;
import org.agrona.DirectBuffer;

/** IP addresses to text and back, in the forms of the C library's {@code inet_ntop} and {@code inet_pton}. No state. */
public final class AddressText {
    private AddressText() {}

    /** Writes a name's address; nothing for a name without one. */
    public static void write(SocketName name, ByteWriter out) {
        switch (name.family()) {
            case IPV4 -> writeIpv4((int) name.low(), out);
            case IPV6 -> writeIpv6(name.high(), name.low(), out);
            case UNIX -> out.put("unix");
            case NONE -> {}
        }
    }

    public static void writeIpv4(int address, ByteWriter out) {
        out.putDecimal(address >>> 24).put('.').putDecimal(address >>> 16 & 255).put('.');
        out.putDecimal(address >>> 8 & 255).put('.').putDecimal(address & 255);
    }

    /** Shortest form: the longest run of zero groups becomes {@code ::}, mapped IPv4 addresses keep their dots. */
    public static void writeIpv6(long high, long low, ByteWriter out) {
        int run = longestZeroRun(high, low);
        int start = run >>> 4;
        int length = run & 15;
        boolean endsInIpv4 = start == 0 && (length == 6 || length == 5 && group(high, low, 5) == 0xFFFF);
        int groups = endsInIpv4 ? 6 : 8;
        for (int i = 0; i < groups; i++) {
            if (length >= 2 && i >= start && i < start + length) {
                if (i == start) {
                    out.put(':');
                }
                continue;
            }
            if (i > 0) {
                out.put(':');
            }
            writeGroup(group(high, low, i), out);
        }
        if (endsInIpv4) {
            out.put(':');
            writeIpv4((int) low, out);
        } else if (length >= 2 && start + length == 8) {
            out.put(':');
        }
    }

    private static void writeGroup(int group, ByteWriter out) {
        boolean isLeading = true;
        for (int shift = 12; shift >= 0; shift -= 4) {
            int digit = group >> shift & 15;
            isLeading &= digit == 0 && shift > 0;
            if (!isLeading) {
                out.put(Character.forDigit(digit, 16));
            }
        }
    }

    private static int group(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> 48 - index % 4 * 16) & 0xFFFF;
    }

    /** Start and length of the first longest run, as {@code start << 4 | length}. */
    private static int longestZeroRun(long high, long low) {
        int best = 0;
        int runLength = 0;
        for (int i = 0; i < 8; i++) {
            runLength = group(high, low, i) == 0 ? runLength + 1 : 0;
            if (runLength > (best & 15)) {
                best = i - runLength + 1 << 4 | runLength;
            }
        }
        return best;
    }

    /** Reads {@code a.b.c.d}, zeros in front allowed; -1 if it is not that, else the address as an unsigned number. */
    public static long parseIpv4(DirectBuffer text, int offset, int length) {
        long address = 0;
        int part = -1;
        int dots = 0;
        for (int i = 0; i < length; i++) {
            int c = text.getByte(offset + i);
            if (c == '.' && part >= 0 && dots < 3) {
                address = address << 8 | part;
                part = -1;
                dots++;
            } else if (c >= '0' && c <= '9') {
                part = Math.max(part, 0) * 10 + c - '0';
                if (part > 255) {
                    return -1;
                }
            } else {
                return -1;
            }
        }
        return dots == 3 && part >= 0 ? address << 8 | part : -1;
    }

    /** Reads {@code a.b.c.d}, {@code a.b.c.d:port}, an IPv6 address or one in brackets; false if it is none of them. */
    public static boolean parseHost(DirectBuffer text, int offset, int length, Sample out) {
        if (length > 2 && text.getByte(offset) == '[' && text.getByte(offset + length - 1) == ']') {
            return parseIpv6(text, offset + 1, length - 2, out);
        }
        int hostLength = withoutPort(text, offset, length);
        long address = parseIpv4(text, offset, hostLength);
        return address >= 0 ? out.ipv4((int) address) : parseIpv6(text, offset, length, out);
    }

    /** The length without a colon and digits behind it. */
    private static int withoutPort(DirectBuffer text, int offset, int length) {
        int at = length;
        while (at > 0 && text.getByte(offset + at - 1) >= '0' && text.getByte(offset + at - 1) <= '9') {
            at--;
        }
        boolean isPort = at > 0 && at < length && text.getByte(offset + at - 1) == ':';
        return isPort ? at - 1 : length;
    }

    /** Reads an IPv6 address into an IPV6 sample; false, and nothing changed, if it is none. */
    public static boolean parseIpv6(DirectBuffer text, int offset, int length, Sample out) {
        var reader = new Ipv6Reader();
        return reader.read(text, offset, length) && out.ipv6(reader.high, reader.low);
    }

    /** Whether it is an IPv6 address. */
    public static boolean isIpv6(DirectBuffer text, int offset, int length) {
        return new Ipv6Reader().read(text, offset, length);
    }

    /** Escape analysis removes it: it never leaves the methods that make it. */
    private static final class Ipv6Reader {
        private long high, low;
        private int groups;
        private int gapAt = -1;

        boolean read(DirectBuffer text, int offset, int length) {
            int end = offset + length;
            int i = offset;
            if (length >= 2 && text.getByte(i) == ':' && text.getByte(i + 1) == ':') {
                gapAt = 0;
                i += 2;
            }
            while (i < end) {
                int next = readGroup(text, i, end);
                if (next < 0) {
                    return false;
                }
                i = next;
            }
            return length >= 2 && close();
        }

        /** Reads a group and the separator behind it; -1 on an error, else where the next group starts. */
        private int readGroup(DirectBuffer text, int start, int end) {
            int i = start;
            int value = 0;
            int digit;
            while (i < end && (digit = Character.digit(text.getByte(i), 16)) >= 0 && i - start < 4) {
                value = value << 4 | digit;
                i++;
            }
            if (i < end && text.getByte(i) == '.') {
                return readIpv4(text, start, end);
            }
            if (i == start || groups == 8) {
                return -1;
            }
            append(value);
            return i == end ? end : afterSeparator(text, i, end);
        }

        private int readIpv4(DirectBuffer text, int start, int end) {
            long address = parseIpv4(text, start, end - start);
            if (address < 0 || groups > 6) {
                return -1;
            }
            append((int) (address >>> 16));
            append((int) address & 0xFFFF);
            return end;
        }

        private int afterSeparator(DirectBuffer text, int i, int end) {
            if (text.getByte(i) != ':' || i + 1 == end) {
                return -1;
            }
            if (text.getByte(i + 1) != ':') {
                return i + 1;
            }
            if (gapAt >= 0) {
                return -1;
            }
            gapAt = groups;
            return i + 2;
        }

        private void append(int group) {
            high = high << 16 | low >>> 48;
            low = low << 16 | group;
            groups++;
        }

        /** Moves what stands before the gap to the front. */
        private boolean close() {
            if (gapAt < 0) {
                return groups == 8;
            }
            if (groups > 7) {
                return false;
            }
            int tail = groups - gapAt;
            long tailHigh = tail > 4 ? high & mask(tail - 4) : 0;
            long tailLow = tail >= 4 ? low : low & mask(tail);
            for (int i = 0; i < tail; i++) {
                low = low >>> 16 | high << 48;
                high >>>= 16;
            }
            for (int i = 0; i < 8 - gapAt; i++) {
                high = high << 16 | low >>> 48;
                low <<= 16;
            }
            high |= tailHigh;
            low |= tailLow;
            return true;
        }

        private static long mask(int groups) {
            return groups == 0 ? 0 : -1L >>> 64 - groups * 16;
        }
    }
}
