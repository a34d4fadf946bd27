package dev.weir.bridge.kernel;

import static dev.weir.bridge.kernel.SocketConstants.AF_INET;
import static dev.weir.bridge.kernel.SocketConstants.AF_INET6;
import static dev.weir.bridge.kernel.SocketConstants.AF_UNIX;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.SocketName;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A {@code struct sockaddr} in native memory, edited and read in place (linux/in.h, linux/in6.h, linux/un.h).
 * Thread: its owner's.
 */
public final class SocketAddress {
    /** sizeof(struct sockaddr_un): the largest form. */
    public static final int LENGTH_MAX = 110;

    private static final int IPV4_LENGTH = 16;
    private static final int IPV6_LENGTH = 28;
    private static final int PATH = 2;
    private static final int PATH_MAX = 108;
    private static final ValueLayout.OfShort NETWORK_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NETWORK_LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment bytes;
    private final DirectBuffer view;
    private final MemorySegment lengthCell;
    private int length;

    public SocketAddress() {
        Arena arena = Arena.ofAuto();
        bytes = arena.allocate(128, 8);
        view = new UnsafeBuffer(bytes.address(), 128);
        lengthCell = arena.allocate(ValueLayout.JAVA_INT);
    }

    public long address() {
        return bytes.address();
    }

    /** The bytes themselves, to be copied. */
    public DirectBuffer bytes() {
        return view;
    }

    public int length() {
        return length;
    }

    /** The address family, AF_*. */
    public int family() {
        return bytes.get(ValueLayout.JAVA_SHORT, 0);
    }

    /** Writes where to bind or connect; a path that does not fit is cut by nobody: it throws. */
    public SocketAddress set(Endpoint endpoint) {
        bytes.fill((byte) 0);
        switch (endpoint) {
            case Endpoint.Inet inet -> inet(inet.address().getAddress(), inet.port());
            case Endpoint.Unix unix -> path(unix.path().getBytes(StandardCharsets.UTF_8), 0);
            case Endpoint.Abstract name -> path(name.name().getBytes(StandardCharsets.UTF_8), 1);
            case Endpoint.Inherited inherited -> throw new IllegalArgumentException("no address: " + inherited);
        }
        return this;
    }

    /** Another port for an IPv4 or IPv6 address. */
    public void port(int port) {
        bytes.set(NETWORK_SHORT, 2, (short) port);
    }

    private void inet(byte[] raw, int port) {
        boolean v4 = raw.length == 4;
        bytes.set(ValueLayout.JAVA_SHORT, 0, (short) (v4 ? AF_INET : AF_INET6));
        bytes.set(NETWORK_SHORT, 2, (short) port);
        MemorySegment.copy(raw, 0, bytes, ValueLayout.JAVA_BYTE, v4 ? 4 : 8, raw.length);
        length = v4 ? IPV4_LENGTH : IPV6_LENGTH;
    }

    private void path(byte[] raw, int leadingZeros) {
        int available = PATH_MAX - 1;
        if (raw.length + leadingZeros > available) {
            throw new IllegalArgumentException(
                    "the path is too long: " + raw.length + " bytes, at most " + (available - leadingZeros) + " fit");
        }
        bytes.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(raw, 0, bytes, ValueLayout.JAVA_BYTE, PATH + leadingZeros, raw.length);
        length = LENGTH_MAX;
    }

    /** Reads the local name of a socket. */
    public void readLocal(Kernel kernel, int fd, SocketName out) {
        lengthCell.set(ValueLayout.JAVA_INT, 0, LENGTH_MAX);
        decode(kernel.getsockname(fd, bytes.address(), lengthCell.address()), out);
    }

    /** Reads the name of the peer. */
    public void readPeer(Kernel kernel, int fd, SocketName out) {
        lengthCell.set(ValueLayout.JAVA_INT, 0, LENGTH_MAX);
        decode(kernel.getpeername(fd, bytes.address(), lengthCell.address()), out);
    }

    /**
     * The local address of a socket as an endpoint, null for a family that is none of ours. A UNIX socket without a name has an empty
     * path.
     */
    public Endpoint localEndpoint(Kernel kernel, int fd) {
        lengthCell.set(ValueLayout.JAVA_INT, 0, LENGTH_MAX);
        if (kernel.getsockname(fd, bytes.address(), lengthCell.address()) < 0) {
            return null;
        }
        int port = bytes.get(NETWORK_SHORT, 2) & 0xFFFF;
        return switch (family()) {
            case AF_INET -> new Endpoint.Inet(inet(4, 4), port);
            case AF_INET6 -> new Endpoint.Inet(inet(8, 16), port);
            case AF_UNIX -> unixEndpoint(lengthCell.get(ValueLayout.JAVA_INT, 0));
            default -> null;
        };
    }

    private InetAddress inet(int offset, int byteCount) {
        byte[] raw = new byte[byteCount];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, offset, raw, 0, byteCount);
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address of 4 or 16 bytes", e);
        }
    }

    private Endpoint unixEndpoint(int addressBytes) {
        byte[] raw = new byte[Math.max(0, Math.min(addressBytes, LENGTH_MAX) - PATH)];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, PATH, raw, 0, raw.length);
        boolean isAbstract = raw.length > 0 && raw[0] == 0;
        int start = isAbstract ? 1 : 0;
        int end = start;
        while (end < raw.length && raw[end] != 0) {
            end++;
        }
        String text = new String(raw, start, end - start, StandardCharsets.UTF_8);
        return isAbstract ? new Endpoint.Abstract(text) : new Endpoint.Unix(text);
    }

    private void decode(int result, SocketName out) {
        if (result < 0) {
            out.clear();
            return;
        }
        int port = bytes.get(NETWORK_SHORT, 2) & 0xFFFF;
        switch (family()) {
            case AF_INET -> out.ipv4(bytes.get(NETWORK_INT, 4), port);
            case AF_INET6 -> out.ipv6(bytes.get(NETWORK_LONG, 8), bytes.get(NETWORK_LONG, 16), port);
            case AF_UNIX -> out.unix();
            default -> out.clear();
        }
    }
}
