package dev.weir.sample.pattern;

import dev.weir.bridge.transport.SocketName;
import dev.weir.sample.ConstantAddress;
import dev.weir.sample.ParseProblem;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Reads networks: {@code 10.0.0.0/8}, {@code 10.0.0.0/255.0.0.0}, the abbreviated {@code 10.12} that means 10.0.0.12,
 * {@code 2001:db8::/32}; a host's name stands for its IPv4 address. No state.
 */
final class NetworkText {
    private NetworkText() {}

    static AddressTable.Network parse(PatternEntry entry) throws ParseProblem {
        String text = entry.network();
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        String mask = slash < 0 ? null : text.substring(slash + 1);
        return address.indexOf(':') >= 0 ? ipv6(entry, address, mask) : ipv4(entry, address, mask);
    }

    /** The text with the first IPv4 address of the host that it names; null if it names none. */
    static String resolve(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        if (host.isEmpty() || host.indexOf(':') >= 0 || host.matches("[0-9.]*")) {
            return null;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address instanceof Inet4Address) {
                    return address.getHostAddress() + (slash < 0 ? "" : text.substring(slash));
                }
            }
        } catch (UnknownHostException e) {
            return null; // it is then no network at all, which whoever reads it says
        }
        return null;
    }

    private static AddressTable.Network ipv6(PatternEntry entry, String address, String mask) throws ParseProblem {
        SocketName name = new SocketName();
        if (!ConstantAddress.parseIpv6(address, name)) {
            throw wrong(entry);
        }
        int bits = mask == null ? 128 : bits(entry, mask, 128);
        return new AddressTable.Network(entry, true, name.high(), name.low(), bits, 0);
    }

    private static AddressTable.Network ipv4(PatternEntry entry, String address, String mask) throws ParseProblem {
        long number = abbreviated(entry, address);
        if (mask == null) {
            return new AddressTable.Network(entry, false, 0, number, 32, 0);
        }
        SocketName dotted = new SocketName();
        if (ConstantAddress.parseIpv4(mask, dotted)) {
            int bits = prefixBits(dotted.low());
            return new AddressTable.Network(entry, false, 0, number, bits, dotted.low());
        }
        return new AddressTable.Network(entry, false, 0, number, bits(entry, mask, 32), 0);
    }

    private static int prefixBits(long mask) {
        int bits = Long.bitCount(mask);
        return (0xFFFF_FFFFL << 32 - bits & 0xFFFF_FFFFL) == mask ? bits : -1;
    }

    private static int bits(PatternEntry entry, String text, int most) throws ParseProblem {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > most) {
            throw wrong(entry);
        }
        return Integer.parseInt(text);
    }

    /** With fewer than four numbers the last one is the last octet and the ones in between are 0. */
    private static long abbreviated(PatternEntry entry, String text) throws ParseProblem {
        String[] parts = text.split("\\.", -1);
        if (parts.length > 4) {
            throw wrong(entry);
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].matches("[0-9]{1,3}") || Integer.parseInt(parts[i]) > 255) {
                throw wrong(entry);
            }
            int position = i == parts.length - 1 ? 3 : i;
            address |= Long.parseLong(parts[i]) << 8 * (3 - position);
        }
        return address;
    }

    private static ParseProblem wrong(PatternEntry entry) {
        return new ParseProblem("'%s' is not a valid IPv4 or IPv6 address", entry.text());
    }
}
