package dev.weir.bridge.transport;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.kernel.SocketConstants;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A listening stream socket that another process has opened: its descriptor here, and what is fixed about it. It is its holder's to
 * close, until {@link EventLoop#adopt} has taken it.
 *
 * @param endpoint where it is bound
 * @param v6Only of an IPv6 socket: takes IPv6 alone
 * @param transparent takes connections for addresses that are not the machine's
 */
public record TakenSocket(int descriptor, Endpoint endpoint, boolean v6Only, boolean transparent) {

    /** Looks at a descriptor; null if it is not a listening stream socket. */
    public static TakenSocket of(int descriptor) {
        Kernel kernel = new Kernel();
        boolean isListening = option(kernel, descriptor, SocketConstants.SOL_SOCKET, SocketConstants.SO_ACCEPTCONN) == 1
                && option(kernel, descriptor, SocketConstants.SOL_SOCKET, SocketConstants.SO_TYPE)
                        == SocketConstants.SOCK_STREAM;
        Endpoint endpoint = isListening ? new SocketAddress().localEndpoint(kernel, descriptor) : null;
        if (endpoint == null) {
            return null;
        }
        int family = option(kernel, descriptor, SocketConstants.SOL_SOCKET, SocketConstants.SO_DOMAIN);
        return new TakenSocket(
                descriptor,
                endpoint,
                family == SocketConstants.AF_INET6
                        && option(kernel, descriptor, SocketConstants.IPPROTO_IPV6, SocketConstants.IPV6_V6ONLY) == 1,
                isTransparent(kernel, descriptor, family));
    }

    private static boolean isTransparent(Kernel kernel, int descriptor, int family) {
        return switch (family) {
            case SocketConstants.AF_INET ->
                option(kernel, descriptor, SocketConstants.IPPROTO_IP, SocketConstants.IP_TRANSPARENT) == 1;
            case SocketConstants.AF_INET6 ->
                option(kernel, descriptor, SocketConstants.IPPROTO_IPV6, SocketConstants.IPV6_TRANSPARENT) == 1;
            default -> false;
        };
    }

    /** A negated error number on failure. */
    private static int option(Kernel kernel, int descriptor, int level, int name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cells = arena.allocate(8, 4);
            cells.set(ValueLayout.JAVA_INT, 4, 4);
            int result = kernel.getsockopt(descriptor, level, name, cells.address(), cells.address() + 4);
            return result < 0 ? result : cells.get(ValueLayout.JAVA_INT, 0);
        }
    }

    /** Nobody wants it. */
    public void close() {
        close(descriptor);
    }

    /** Closes any descriptor that came from another process. */
    public static void close(int descriptor) {
        new Kernel().close(descriptor);
    }
}
