package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.kernel.SocketConstants.AF_INET;
import static dev.weir.bridge.kernel.SocketConstants.AF_INET6;
import static dev.weir.bridge.kernel.SocketConstants.AF_UNIX;
import static dev.weir.bridge.kernel.SocketConstants.IPPROTO_IP;
import static dev.weir.bridge.kernel.SocketConstants.IPPROTO_IPV6;
import static dev.weir.bridge.kernel.SocketConstants.IPPROTO_TCP;
import static dev.weir.bridge.kernel.SocketConstants.SOL_SOCKET;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SocketConstants;
import dev.weir.bridge.transport.Connection.TcpInfo;
import dev.weir.bridge.transport.SocketOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Applies {@link SocketOptions} to a descriptor. The integer cell is allocated once, so that a connect allocates nothing. Thread: the loop's. */
final class SocketConfigurator {
    private final Kernel kernel;
    private final MemorySegment cell = Arena.ofAuto().allocate(256, 8);
    private final MemorySegment lengthCell = Arena.ofAuto().allocate(4, 4);
    private String firstRefusal;

    SocketConfigurator(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Sets one integer option; returns 0 or the negated error number. */
    int set(int fd, int level, int name, int value) {
        cell.set(ValueLayout.JAVA_INT, 0, value);
        return kernel.setsockopt(fd, level, name, cell.address(), 4);
    }

    /** Reads one integer option; a negated error number on failure. */
    int get(int fd, int level, int name) {
        lengthCell.set(ValueLayout.JAVA_INT, 0, 4);
        int result = kernel.getsockopt(fd, level, name, cell.address(), lengthCell.address());
        return result < 0 ? result : cell.get(ValueLayout.JAVA_INT, 0);
    }

    /**
     * Applies all that is wished for.
     *
     * @return null, or the option that the kernel refused with its error number: {@code tcp-ut: Operation not permitted}
     */
    String apply(int fd, int family, SocketOptions wished) {
        firstRefusal = null;
        if (family != AF_UNIX) {
            tcp(fd, wished);
            ip(fd, family, wished);
        }
        when(wished.receiveBufferBytes, fd, SOL_SOCKET, SocketConstants.SO_RCVBUF, "rcvbuf");
        when(wished.sendBufferBytes, fd, SOL_SOCKET, SocketConstants.SO_SNDBUF, "sndbuf");
        if (wished.mark != 0) {
            set(fd, SOL_SOCKET, SocketConstants.SO_MARK, wished.mark);
        }
        if (wished.noLinger) {
            lingerZero(fd);
        }
        if (wished.device != null) {
            text(fd, SOL_SOCKET, SocketConstants.SO_BINDTODEVICE, wished.device, "interface");
        }
        return firstRefusal;
    }

    private void tcp(int fd, SocketOptions wished) {
        set(fd, IPPROTO_TCP, SocketConstants.TCP_NODELAY, 1);
        if (wished.keepAlive) {
            when(1, fd, SOL_SOCKET, SocketConstants.SO_KEEPALIVE, "tcpka");
            when(wished.keepAliveIdleSeconds, fd, IPPROTO_TCP, SocketConstants.TCP_KEEPIDLE, "tcpka-idle");
            when(wished.keepAliveIntervalSeconds, fd, IPPROTO_TCP, SocketConstants.TCP_KEEPINTVL, "tcpka-intvl");
            when(wished.keepAliveCount, fd, IPPROTO_TCP, SocketConstants.TCP_KEEPCNT, "tcpka-cnt");
        }
        when(wished.userTimeoutMs, fd, IPPROTO_TCP, SocketConstants.TCP_USER_TIMEOUT, "tcp-ut");
        maxSegment(fd, wished.maxSegmentBytes);
        if (wished.congestionControl != null) {
            text(fd, IPPROTO_TCP, SocketConstants.TCP_CONGESTION, wished.congestionControl, "cc");
        }
    }

    /** A negative value is a distance from what the kernel would use, as bind's {@code mss} says. */
    private void maxSegment(int fd, int bytes) {
        int wanted = bytes;
        if (bytes < 0) {
            int current = get(fd, IPPROTO_TCP, SocketConstants.TCP_MAXSEG);
            wanted = current > 0 ? current + bytes : 0;
        }
        when(wanted, fd, IPPROTO_TCP, SocketConstants.TCP_MAXSEG, "mss");
    }

    private void ip(int fd, int family, SocketOptions wished) {
        boolean v6 = family == AF_INET6;
        if (wished.tos != 0) {
            tos(fd, family, wished.tos);
        }
        if (wished.transparent) {
            int level = v6 ? IPPROTO_IPV6 : IPPROTO_IP;
            when(1, fd, level, v6 ? SocketConstants.IPV6_TRANSPARENT : SocketConstants.IP_TRANSPARENT, "transparent");
        }
    }

    int tos(int fd, int family, int tos) {
        return family == AF_INET
                ? set(fd, IPPROTO_IP, SocketConstants.IP_TOS, tos)
                : set(fd, IPPROTO_IPV6, SocketConstants.IPV6_TCLASS, tos);
    }

    /** From now on a close resets. */
    void lingerZero(int fd) {
        cell.set(ValueLayout.JAVA_INT, 0, 1);
        cell.set(ValueLayout.JAVA_INT, 4, 0);
        kernel.setsockopt(fd, SOL_SOCKET, SocketConstants.SO_LINGER, cell.address(), 8);
    }

    /**
     * From now on a close says nothing to the peer: HAProxy's way is a socket in repair mode, which closes without a word. Who may
     * not repair sends a RST that goes no further than this host. What was received is acknowledged first: sent once more, it would
     * find nobody, and the kernel would say so.
     *
     * @param ttl of a RST that is sent in any case, or 0
     */
    void silence(int fd, int family, int ttl) {
        set(fd, IPPROTO_TCP, SocketConstants.TCP_QUICKACK, 1);
        if (ttl == 0 && set(fd, IPPROTO_TCP, SocketConstants.TCP_REPAIR, 1) >= 0) {
            return;
        }
        if (family == AF_INET) {
            set(fd, IPPROTO_IP, SocketConstants.IP_TTL, Math.max(1, ttl));
        } else if (family == AF_INET6) {
            set(fd, IPPROTO_IPV6, SocketConstants.IPV6_UNICAST_HOPS, Math.max(1, ttl));
        }
        lingerZero(fd);
    }

    /** A figure of a TCP socket, -1 if there is none. */
    long tcpInfo(int fd, TcpInfo figure) {
        int offset = offsetOf(figure);
        lengthCell.set(ValueLayout.JAVA_INT, 0, offset + 4);
        int result = kernel.getsockopt(fd, IPPROTO_TCP, SocketConstants.TCP_INFO, cell.address(), lengthCell.address());
        return result < 0 ? -1 : cell.get(ValueLayout.JAVA_INT, offset) & 0xFFFF_FFFFL;
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

    private void when(int value, int fd, int level, int name, String word) {
        if (value != 0) {
            note(set(fd, level, name, value), word);
        }
    }

    private void text(int fd, int level, int name, String value, String word) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(bytes, 0, cell, ValueLayout.JAVA_BYTE, 0, Math.min(bytes.length, 255));
        note(kernel.setsockopt(fd, level, name, cell.address(), Math.min(bytes.length, 255)), word);
    }

    private void note(int result, String word) {
        if (result < 0 && firstRefusal == null) {
            firstRefusal = word + ": " + dev.weir.bridge.kernel.Errno.text(-result);
        }
    }
}
