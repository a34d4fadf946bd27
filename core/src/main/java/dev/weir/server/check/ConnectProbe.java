package dev.weir.server.check;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.SocketName;
import dev.weir.server.CheckSettings;
import dev.weir.server.PoolSettings;
import dev.weir.server.ProxyHeaderWriter;
import dev.weir.server.ProxyProtocol;
import dev.weir.server.Server;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The plain check: a connection can be established. It is ended by a reset, so that the server sees no empty session. */
final class ConnectProbe implements Probe {
    private static final long MS_NS = 1_000_000L;

    @Override
    public CheckResult run(EventLoop loop, Server server) {
        long startNs = loop.nanoTime();
        try {
            connect(loop, server, startNs);
            return new CheckResult(CheckStatus.L4OK, null, elapsedMs(loop, startNs));
        } catch (ConnectionFailure failure) {
            return failed(failure, elapsedMs(loop, startNs));
        }
    }

    private static void connect(EventLoop loop, Server server, long startNs) throws ConnectionFailure {
        CheckSettings check = server.settings().check;
        Endpoint endpoint = check.endpoint != null ? check.endpoint : server.endpoint();
        long deadlineNs = startNs + limitMs(server.pool().settings(), check) * MS_NS;
        Connection connection = loop.connect(endpoint, server.settings().connect, deadlineNs);
        try {
            if (check.sendProxy) {
                sendHeader(connection, server.settings().proxyProtocol, deadlineNs);
                connection.close();
            }
        } finally {
            connection.reset();
        }
    }

    /** The whole check has to fit its interval; with {@code timeout check}, {@code timeout connect} also limits connecting. */
    private static long limitMs(PoolSettings pool, CheckSettings check) {
        boolean hasBoth = pool.checkTimeoutMs > 0 && pool.connectTimeoutMs > 0;
        return hasBoth ? Math.min(pool.connectTimeoutMs, check.interMs) : check.interMs;
    }

    private static void sendHeader(Connection connection, ProxyProtocol configured, long deadlineNs)
            throws ConnectionFailure {
        ProxyProtocol protocol = configured == null ? ProxyProtocol.V1 : configured;
        SocketName local = new SocketName();
        SocketName peer = new SocketName();
        connection.localName(local);
        connection.peerName(peer);
        MutableDirectBuffer header = new UnsafeBuffer(new byte[ProxyHeaderWriter.BYTES_MAX]);
        int length = ProxyHeaderWriter.writeLocal(protocol, local, peer, header);
        connection.send(header, 0, length, deadlineNs);
    }

    private static CheckResult failed(ConnectionFailure failure, long elapsedMs) {
        return switch (failure.kind()) {
            case TIMED_OUT -> new CheckResult(CheckStatus.L4TOUT, null, elapsedMs);
            case NO_RESOURCE -> new CheckResult(CheckStatus.SOCKERR, ErrnoText.of(failure), elapsedMs);
            case REFUSED, UNREACHABLE, RESET, BROKEN_PIPE ->
                new CheckResult(CheckStatus.L4CON, ErrnoText.of(failure), elapsedMs);
            case KILLED, CLOSED -> null;
        };
    }

    private static long elapsedMs(EventLoop loop, long startNs) {
        return (loop.nanoTime() - startNs) / MS_NS;
    }
}
