package dev.weir.bridge.transport.nio;

import static dev.weir.bridge.kernel.SocketConstants.IPPROTO_IP;
import static dev.weir.bridge.kernel.SocketConstants.IPPROTO_IPV6;
import static dev.weir.bridge.kernel.SocketConstants.IPPROTO_TCP;
import static dev.weir.bridge.kernel.SocketConstants.SOL_SOCKET;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SocketConstants;
import dev.weir.bridge.transport.Connection.TcpInfo;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.SocketOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.Inet6Address;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What only the kernel's own interface can do to a socket. Where it cannot be reached (not Linux, or a JVM that keeps its
 * descriptors to itself) what was asked for is refused, never ignored; what is best effort anyway does nothing. Thread: one at a
 * time.
 */
final class RawSocket {
    /** Size of what is read of struct tcp_info. */
    private static final int TCP_INFO_BYTES = 104;

    private static final MethodHandle DESCRIPTOR;
    /** Null if the kernel can be reached. */
    private static final String REFUSAL;

    static {
        MethodHandle descriptor = null;
        String refusal = Kernel.refusal();
        try {
            Class<?> type = Class.forName("sun.nio.ch.SelChImpl");
            descriptor = MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findVirtual(type, "getFDVal", MethodType.methodType(int.class))
                    .asType(MethodType.methodType(int.class, Object.class));
        } catch (ReflectiveOperationException e) {
            refusal = "the JVM keeps its descriptors to itself: " + e.getMessage();
        }
        DESCRIPTOR = descriptor;
        REFUSAL = refusal;
    }

    private final Kernel kernel = REFUSAL == null ? new Kernel() : null;
    private MemorySegment tcpInfo;

    /** -1 where the JVM keeps it to itself. */
    static int descriptorOf(SelectableChannel channel) {
        return REFUSAL == null ? descriptor(channel) : -1;
    }

    private static int descriptor(SelectableChannel channel) {
        try {
            return (int) DESCRIPTOR.invokeExact((Object) channel);
        } catch (Throwable e) {
            throw new AssertionError("a getter", e);
        }
    }

    /** Binds the calling thread to CPUs, or says why not. */
    void pin(long cpuMask, Consumer<String> log) {
        if (cpuMask == 0) {
            return;
        }
        int result = kernel == null ? 0 : kernel.setAffinity(cpuMask);
        if (kernel == null || result < 0) {
            log.accept("WARNING cannot bind a loop to its CPUs: " + (kernel == null ? REFUSAL : Errno.text(-result)));
        }
    }

    // ---- listening ----

    /** Before bind: what the JDK has no word for; accepted sockets inherit it. */
    void prepare(ServerSocketChannel channel, Endpoint.Inet inet, ListenOptions options) throws IOException {
        if (inet.address() instanceof Inet6Address) {
            familyOf(channel, inet, options.v6Only);
        }
        if (options.deferAcceptSeconds > 0) {
            set(channel, IPPROTO_TCP, SocketConstants.TCP_DEFER_ACCEPT, options.deferAcceptSeconds, "defer-accept");
        }
        if (options.socket.fastOpen) {
            set(channel, IPPROTO_TCP, SocketConstants.TCP_FASTOPEN, options.backlog, "tfo");
        }
        options(options.socket, channel, inet.address() instanceof Inet6Address);
    }

    /** The JDK's IPv6 sockets take both families; that is wrong only for the wildcard. */
    private void familyOf(ServerSocketChannel channel, Endpoint.Inet inet, boolean v6Only) throws IOException {
        if (kernel != null || v6Only && inet.address().isAnyLocalAddress()) {
            set(channel, IPPROTO_IPV6, SocketConstants.IPV6_V6ONLY, v6Only ? 1 : 0, "v6only");
        }
    }

    // ---- connecting ----

    /** Before connect: what the JDK has no word for. */
    void prepare(SocketChannel channel, boolean isIpv6, SocketOptions options) throws IOException {
        if (options.fastOpen) {
            set(channel, IPPROTO_TCP, SocketConstants.TCP_FASTOPEN_CONNECT, 1, "tfo");
        }
        options(options, channel, isIpv6);
    }

    /** So that the kernel picks the source port when it knows the peer, and one port can serve several. Best effort. */
    void choosePortLate(SocketChannel channel) {
        if (kernel != null) {
            kernel.setsockopt(descriptor(channel), IPPROTO_IP, SocketConstants.IP_BIND_ADDRESS_NO_PORT, 1);
        }
    }

    private void options(SocketOptions options, SelectableChannel channel, boolean isIpv6) throws IOException {
        when(options.userTimeoutMs, channel, IPPROTO_TCP, SocketConstants.TCP_USER_TIMEOUT, "tcp-ut");
        if (options.mark != 0 && kernel != null) {
            kernel.setsockopt(descriptor(channel), SOL_SOCKET, SocketConstants.SO_MARK, options.mark);
        }
        if (options.maxSegmentBytes != 0) {
            maxSegment(channel, options.maxSegmentBytes);
        }
        if (options.congestionControl != null) {
            text(channel, IPPROTO_TCP, SocketConstants.TCP_CONGESTION, options.congestionControl, "cc");
        }
        if (options.device != null) {
            text(channel, SOL_SOCKET, SocketConstants.SO_BINDTODEVICE, options.device, "interface");
        }
        if (options.transparent) {
            int level = isIpv6 ? IPPROTO_IPV6 : IPPROTO_IP;
            int name = isIpv6 ? SocketConstants.IPV6_TRANSPARENT : SocketConstants.IP_TRANSPARENT;
            set(channel, level, name, 1, "transparent");
        }
    }

    /** A negative value is a distance from what the kernel would use, as bind's {@code mss} says. */
    private void maxSegment(SelectableChannel channel, int bytes) throws IOException {
        int wanted = bytes;
        if (bytes < 0) {
            requireKernel("mss");
            MemorySegment cell = read(channel, IPPROTO_TCP, SocketConstants.TCP_MAXSEG, Integer.BYTES);
            wanted = cell == null ? 0 : cell.get(ValueLayout.JAVA_INT, 0) + bytes;
        }
        set(channel, IPPROTO_TCP, SocketConstants.TCP_MAXSEG, wanted, "mss");
    }

    private void when(int value, SelectableChannel channel, int level, int name, String word) throws IOException {
        if (value != 0) {
            set(channel, level, name, value, word);
        }
    }

    private void set(SelectableChannel channel, int level, int name, int value, String word) throws IOException {
        requireKernel(word);
        check(kernel.setsockopt(descriptor(channel), level, name, value), word);
    }

    private void text(SelectableChannel channel, int level, int name, String value, String word) throws IOException {
        requireKernel(word);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(value, StandardCharsets.UTF_8);
            int length = (int) bytes.byteSize() - 1;
            check(kernel.setsockopt(descriptor(channel), level, name, bytes.address(), length), word);
        }
    }

    private void requireKernel(String word) throws IOException {
        if (kernel == null) {
            throw new IOException(word + ": not with the nio transport here, " + REFUSAL);
        }
    }

    private static void check(int result, String word) throws IOException {
        if (result < 0) {
            throw new IOException(word + ": " + Errno.text(-result));
        }
    }

    // ---- connected sockets; best effort ----

    /**
     * The close that follows tells the peer nothing; where that is not allowed, its RST dies at the first router. What was received
     * is acknowledged first: sent once more, it would find nobody, and the kernel would say so.
     */
    void silence(SocketChannel channel, boolean isIpv6, int ttl) {
        if (kernel == null) {
            return;
        }
        int fd = descriptor(channel);
        kernel.setsockopt(fd, IPPROTO_TCP, SocketConstants.TCP_QUICKACK, 1);
        if (ttl > 0 || kernel.setsockopt(fd, IPPROTO_TCP, SocketConstants.TCP_REPAIR, 1) < 0) {
            int level = isIpv6 ? IPPROTO_IPV6 : IPPROTO_IP;
            int name = isIpv6 ? SocketConstants.IPV6_UNICAST_HOPS : SocketConstants.IP_TTL;
            kernel.setsockopt(fd, level, name, Math.max(1, ttl));
        }
    }

    void mark(SocketChannel channel, int mark) {
        if (kernel != null) {
            kernel.setsockopt(descriptor(channel), SOL_SOCKET, SocketConstants.SO_MARK, mark);
        }
    }

    /** -1 where there is none. */
    long tcpInfo(SocketChannel channel, TcpInfo figure) {
        MemorySegment info =
                kernel == null ? null : read(channel, IPPROTO_TCP, SocketConstants.TCP_INFO, TCP_INFO_BYTES);
        return info == null ? -1 : Integer.toUnsignedLong(info.get(ValueLayout.JAVA_INT, offsetOf(figure)));
    }

    /** The option's bytes, valid until the next call; null if the kernel refuses. */
    private MemorySegment read(SelectableChannel channel, int level, int name, int length) {
        if (tcpInfo == null) {
            tcpInfo = Arena.ofAuto().allocate(TCP_INFO_BYTES + 8, 8);
        }
        tcpInfo.set(ValueLayout.JAVA_INT, TCP_INFO_BYTES, length);
        long value = tcpInfo.address();
        int result = kernel.getsockopt(descriptor(channel), level, name, value, value + TCP_INFO_BYTES);
        return result < 0 ? null : tcpInfo;
    }

    /** Offsets in struct tcp_info of linux/tcp.h: eight bytes of flags, then u32 fields. */
    private static int offsetOf(TcpInfo figure) {
        return switch (figure) {
            case UNACKED -> 24;
            case SACKED -> 28;
            case LOST -> 32;
            case RETRANSMITS -> 36;
            case FACKETS -> 40;
            case RTT_US -> 68;
            case RTT_VARIANCE_US -> 72;
            case REORDERING -> 88;
        };
    }
}
