package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import dev.weir.bridge.transport.Endpoint;
import java.util.function.BooleanSupplier;

/** Opens outgoing connections. Thread: virtual threads of its loop. */
final class UringConnector {
    private final UringEventLoop loop;

    UringConnector(UringEventLoop loop) {
        this.loop = loop;
    }

    /** As {@link UringEventLoop#connect}. */
    Connection connect(Endpoint endpoint, ConnectOptions wished, long deadlineNs, BooleanSupplier abort)
            throws ConnectionFailure {
        if (!loop.connections().hasRoom()) {
            throw new ConnectionFailure(Kind.NO_RESOURCE, Errno.EMFILE, "no connection slot left");
        }
        if (loop.nanoTime() >= deadlineNs) {
            throw new ConnectionFailure(Kind.TIMED_OUT, Errno.ETIMEDOUT, "no time to connect");
        }
        SocketAddress address = loop.addresses();
        int family = address.set(endpoint).family();
        int fd = OutgoingSocket.open(loop, family, wished);
        address.set(endpoint); // the socket's source was there meanwhile
        UringConnection connection = loop.connections().register(fd, family, null);
        try {
            connection.connect(address, deadlineNs, abort);
            return connection;
        } catch (ConnectionFailure | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }
}
