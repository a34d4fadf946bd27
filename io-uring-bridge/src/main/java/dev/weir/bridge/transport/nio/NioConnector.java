package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import dev.weir.bridge.transport.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.function.BooleanSupplier;

/** Opens outgoing connections. Thread: virtual threads of its loop. */
final class NioConnector {
    private static final int EADDRINUSE = 98;
    private static final int EADDRNOTAVAIL = 99;
    private static final long UNIX_RETRY_NS = 5_000_000;

    private final NioEventLoop loop;
    /** Where the next search of a source port begins, so that ports are used in turn. */
    private int nextPort;

    NioConnector(NioEventLoop loop) {
        this.loop = loop;
    }

    Connection connect(Endpoint endpoint, ConnectOptions options, long deadlineNs, BooleanSupplier abort)
            throws ConnectionFailure {
        return switch (endpoint) {
            case Endpoint.Inet inet -> {
                SocketAddress to = new InetSocketAddress(inet.address(), inet.port());
                yield options.source == null
                        ? attempt(Sockets.family(inet.address()), to, null, options, deadlineNs, abort)
                        : fromSource(Sockets.family(inet.address()), to, options, deadlineNs, abort);
            }
            case Endpoint.Unix unix -> connectUnix(unix, options, deadlineNs, abort);
            case Endpoint.Abstract name ->
                throw new ConnectionFailure(
                        Kind.REFUSED, 0, "the nio transport has no abstract socket names; the io_uring transport has");
            case Endpoint.Inherited inherited -> throw new IllegalArgumentException("only for listeners: " + inherited);
        };
    }

    /** Tries the ports of the range, each once, until one is free. */
    private Connection fromSource(
            ProtocolFamily family, SocketAddress to, ConnectOptions options, long deadlineNs, BooleanSupplier abort)
            throws ConnectionFailure {
        int first = options.sourcePortFirst == 0 ? options.source.port() : options.sourcePortFirst;
        int count = options.sourcePortFirst == 0 ? 1 : options.sourcePortLast - first + 1;
        int start = nextPort++ & Integer.MAX_VALUE;
        for (int i = 0; ; i++) {
            int port = first + (start + i) % count;
            try {
                SocketAddress from = new InetSocketAddress(options.source.address(), port);
                return attempt(family, to, from, options, deadlineNs, abort);
            } catch (ConnectionFailure e) {
                boolean isTaken = e.errno() == EADDRINUSE || e.errno() == EADDRNOTAVAIL;
                if (!isTaken || i == count - 1) {
                    throw e;
                }
            }
        }
    }

    /** A full backlog of a UNIX socket refuses at once with EAGAIN, which the JDK reports as "not yet": ask again. */
    private Connection connectUnix(Endpoint.Unix unix, ConnectOptions options, long deadlineNs, BooleanSupplier abort)
            throws ConnectionFailure {
        SocketAddress to = UnixDomainSocketAddress.of(unix.path());
        while (true) {
            Connection connection = attempt(StandardProtocolFamily.UNIX, to, null, options, deadlineNs, abort);
            if (connection != null) {
                return connection;
            }
            if (deadlineNs - loop.nanoTime() <= 0) {
                throw new ConnectionFailure(Kind.TIMED_OUT, 0, "the listener's queue is full");
            }
            long retryNs = loop.nanoTime() + UNIX_RETRY_NS;
            while (loop.nanoTime() < retryNs) {
                loop.parkUntil(retryNs);
            }
        }
    }

    /** Null only for a UNIX socket whose listener has no room now. */
    private Connection attempt(
            ProtocolFamily family,
            SocketAddress to,
            SocketAddress from,
            ConnectOptions options,
            long deadlineNs,
            BooleanSupplier abort)
            throws ConnectionFailure {
        if (loop.ends()) {
            throw new ConnectionFailure(Kind.CLOSED, 0, "the loop ends");
        }
        if (loop.isFull()) {
            throw new ConnectionFailure(Kind.NO_RESOURCE, 0, "the loop holds as many connections as it may");
        }
        NioConnection connection = null;
        boolean isConnected = false;
        try {
            connection = open(family, from, options);
            if (!connect(connection, to, deadlineNs, abort, family == StandardProtocolFamily.UNIX)) {
                return null;
            }
            connection.established();
            isConnected = true;
            return connection;
        } catch (IOException e) {
            throw Failures.ofConnect(e);
        } catch (UnsupportedAddressTypeException | UnsupportedOperationException e) {
            throw new ConnectionFailure(Kind.UNREACHABLE, 0, "address family not supported: " + to);
        } finally {
            if (connection != null && !isConnected) {
                connection.close();
            }
        }
    }

    private NioConnection open(ProtocolFamily family, SocketAddress from, ConnectOptions options) throws IOException {
        SocketChannel channel = SocketChannel.open(family);
        try {
            channel.configureBlocking(false);
            Sockets.apply(options.socket, channel);
            if (family != StandardProtocolFamily.UNIX) {
                loop.raw().prepare(channel, family == StandardProtocolFamily.INET6, options.socket);
            }
            if (from != null) {
                bindSource(channel, from);
            }
            return new NioConnection(loop, channel, family == StandardProtocolFamily.UNIX);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void bindSource(SocketChannel channel, SocketAddress from) throws IOException {
        if (from instanceof InetSocketAddress inet && inet.getPort() == 0) {
            loop.raw().choosePortLate(channel);
        } else {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        }
        channel.bind(from);
    }

    private static boolean connect(
            NioConnection connection, SocketAddress to, long deadlineNs, BooleanSupplier abort, boolean isUnix)
            throws IOException, ConnectionFailure {
        if (connection.channel().connect(to)) {
            return true;
        }
        if (isUnix) {
            return false;
        }
        do {
            connection.await(SelectionKey.OP_CONNECT, deadlineNs, abort);
        } while (!connection.channel().finishConnect());
        connection.unwant(SelectionKey.OP_CONNECT);
        return true;
    }
}
