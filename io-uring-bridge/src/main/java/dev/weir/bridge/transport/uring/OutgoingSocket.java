package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.kernel.SocketConstants.AF_UNIX;
import static dev.weir.bridge.kernel.SocketConstants.IPPROTO_IP;
import static dev.weir.bridge.kernel.SocketConstants.IPPROTO_TCP;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.SocketConstants;
import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.ConnectionFailure;

/** Makes a socket that is ready to connect: options set, source bound. Thread: the loop's. */
final class OutgoingSocket {
    private OutgoingSocket() {}

    static int open(UringEventLoop loop, int family, ConnectOptions wished) throws ConnectionFailure {
        int type = SocketConstants.SOCK_STREAM | SocketConstants.SOCK_NONBLOCK | SocketConstants.SOCK_CLOEXEC;
        int fd = loop.kernel().socket(family, type, 0);
        if (fd < 0) {
            throw new ConnectionFailure(ConnectionFailure.Kind.NO_RESOURCE, -fd, Errno.text(-fd));
        }
        String refusal = loop.sockets().apply(fd, family, wished.socket);
        if (refusal != null) {
            loop.kernel().close(fd);
            throw new ConnectionFailure(ConnectionFailure.Kind.NO_RESOURCE, 0, "socket option " + refusal);
        }
        if (wished.socket.fastOpen && family != AF_UNIX) {
            loop.sockets().set(fd, IPPROTO_TCP, SocketConstants.TCP_FASTOPEN_CONNECT, 1);
        }
        if (wished.source != null && family != AF_UNIX) {
            bindSource(loop, fd, wished);
        }
        return fd;
    }

    private static void bindSource(UringEventLoop loop, int fd, ConnectOptions wished) throws ConnectionFailure {
        loop.sockets().set(fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_REUSEADDR, 1);
        loop.addresses().set(wished.source);
        int first = wished.sourcePortFirst == 0 ? wished.source.port() : wished.sourcePortFirst;
        int last = Math.max(first, wished.sourcePortLast);
        if (first == 0) {
            loop.sockets().set(fd, IPPROTO_IP, SocketConstants.IP_BIND_ADDRESS_NO_PORT, 1);
        }
        int result = -Errno.EADDRINUSE;
        for (int port = first; port <= last && result == -Errno.EADDRINUSE; port++) {
            loop.addresses().port(port);
            result = loop.kernel()
                    .bind(fd, loop.addresses().address(), loop.addresses().length());
        }
        if (result < 0) {
            loop.kernel().close(fd);
            throw new ConnectionFailure(
                    ConnectionFailure.Kind.NO_RESOURCE,
                    -result,
                    "source " + wished.source + ": " + Errno.text(-result));
        }
    }
}
