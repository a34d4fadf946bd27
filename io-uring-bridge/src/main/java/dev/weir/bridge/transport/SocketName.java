package dev.weir.bridge.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The name of one end of a connection, kept in place so that accepting allocates nothing: an IPv4 or IPv6 address with its
 * port, or a UNIX socket. Mutable; owned by whoever holds it, single-threaded.
 */
public final class SocketName {
    /** What the name holds. */
    public enum Family {
        /** Nothing known. */
        NONE,
        /** {@link #low()} holds the address in its lower 32 bits, network order as a number (127.0.0.1 is 0x7F000001). */
        IPV4,
        /** {@link #high()} and {@link #low()} hold the 128 bits, network order as numbers. */
        IPV6,
        /** A UNIX socket: no address, no port. */
        UNIX
    }

    private Family family = Family.NONE;
    private long high;
    private long low;
    private int port;

    public Family family() {
        return family;
    }

    /** The upper 64 bits of an IPv6 address. */
    public long high() {
        return high;
    }

    /** The lower 64 bits of an IPv6 address, or an IPv4 address in the lower 32. */
    public long low() {
        return low;
    }

    /** The port, 0 where there is none. */
    public int port() {
        return port;
    }

    public SocketName clear() {
        return set(Family.NONE, 0, 0, 0);
    }

    public SocketName unix() {
        return set(Family.UNIX, 0, 0, 0);
    }

    public SocketName ipv4(int address, int port) {
        return set(Family.IPV4, 0, address & 0xFFFF_FFFFL, port);
    }

    public SocketName ipv6(long high, long low, int port) {
        return set(Family.IPV6, high, low, port);
    }

    public SocketName port(int port) {
        this.port = port;
        return this;
    }

    public SocketName copyFrom(SocketName other) {
        return set(other.family, other.high, other.low, other.port);
    }

    /** Takes over a JDK address. */
    public SocketName inet(InetAddress address, int port) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return ipv4((int) bigEndian(bytes, 0, 4), port);
        }
        return ipv6(bigEndian(bytes, 0, 8), bigEndian(bytes, 8, 8), port);
    }

    /** The address as the JDK holds it; not for hot paths. */
    public InetAddress toInetAddress() {
        byte[] bytes = new byte[family == Family.IPV4 ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            int shift = 8 * (bytes.length - 1 - i);
            bytes[i] = (byte) (shift >= 64 ? high >>> (shift - 64) : low >>> shift);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }

    private SocketName set(Family family, long high, long low, int port) {
        this.family = family;
        this.high = high;
        this.low = low;
        this.port = port;
        return this;
    }

    private static long bigEndian(byte[] bytes, int offset, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | bytes[offset + i] & 0xFF;
        }
        return value;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof SocketName other
                && family == other.family
                && high == other.high
                && low == other.low
                && port == other.port;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + low) * 31 + port;
    }

    /** For messages; not for hot paths. IPv6 is written with its JDK text. */
    @Override
    public String toString() {
        return switch (family) {
            case NONE -> "-";
            case UNIX -> "unix";
            case IPV4 -> toInetAddress().getHostAddress() + ":" + port;
            case IPV6 -> "[" + toInetAddress().getHostAddress() + "]:" + port;
        };
    }
}
