package dev.weir.sample;

import dev.weir.bridge.transport.SocketName;

/**
 * A network of IPv4 or IPv6 addresses. Immutable; {@link #contains} allocates nothing.
 *
 * @param isIpv6 which of both
 * @param high the upper 64 bits of an IPv6 network, else 0
 * @param low the lower 64 bits of an IPv6 network, or an IPv4 network in the lower 32
 */
public record Network(boolean isIpv6, long high, long low, long highMask, long lowMask) {
    private static final long MAPPED = 0xFFFFL << 32;
    private static final long IPV4_BITS = 0xFFFF_FFFFL;

    /** Reads an address, or one with a mask behind a slash: a number of bits, or dotted for IPv4; null if it is neither. */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        String mask = slash < 0 ? "" : text.substring(slash + 1);
        if (slash == text.length() - 1) {
            return null;
        }
        SocketName name = new SocketName();
        if (ConstantAddress.parseIpv4(address, name)) {
            return ipv4(name.low(), mask);
        }
        return ConstantAddress.parseIpv6(address, name) ? ipv6(name, mask) : null;
    }

    private static Network ipv4(long address, String mask) {
        SocketName dotted = new SocketName();
        if (ConstantAddress.parseIpv4(mask, dotted)) {
            return new Network(false, 0, address & dotted.low(), 0, dotted.low());
        }
        int bits = bits(mask, 32);
        long lowMask = bits <= 0 ? 0 : -1L << 32 - bits & IPV4_BITS;
        return bits < 0 ? null : new Network(false, 0, address & lowMask, 0, lowMask);
    }

    private static Network ipv6(SocketName address, String mask) {
        int bits = bits(mask, 128);
        if (bits < 0) {
            return null;
        }
        long highMask = upper(Math.min(bits, 64));
        long lowMask = upper(Math.max(0, bits - 64));
        return new Network(true, address.high() & highMask, address.low() & lowMask, highMask, lowMask);
    }

    private static long upper(int bits) {
        return bits == 0 ? 0 : -1L << 64 - bits;
    }

    /** -1 if it is no number of bits; without a mask all of them count. */
    private static int bits(String mask, int most) {
        long bits = mask.isEmpty() ? most : Quantity.integer(mask);
        return bits < 0 || bits > most ? -1 : (int) bits;
    }

    /** Whether an address lies in it; an IPv4 address may have been mapped to IPv6, on either side. */
    public boolean contains(SocketName name) {
        return switch (name.family()) {
            case IPV4 -> isIpv6 ? contains(0, MAPPED | name.low()) : contains(0, name.low());
            case IPV6 ->
                isIpv6 ? contains(name.high(), name.low()) : isMapped(name) && contains(0, name.low() & IPV4_BITS);
            case UNIX, NONE -> false;
        };
    }

    private boolean contains(long addressHigh, long addressLow) {
        return (addressHigh & highMask) == high && (addressLow & lowMask) == low;
    }

    private static boolean isMapped(SocketName name) {
        return name.high() == 0 && (name.low() & ~IPV4_BITS) == MAPPED;
    }
}
