package dev.weir.server;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.stats.Counter;
import java.util.function.BooleanSupplier;

/**
 * Gets a connection to a server that was chosen: one that waits for a request, or a new one. What fails on the way, for whatever
 * reason, leaves nothing open. Thread: the session's virtual thread, on its loop.
 */
final class ServerOpener {
    private final EventLoop loop;
    private final ServerDialer dialer;
    /** What the last connection began with; null for nothing. */
    private Introduction said;

    /** @param abort whether to end an attempt, asked whenever the session is unparked */
    ServerOpener(EventLoop loop, BooleanSupplier abort) {
        this.loop = loop;
        this.dialer = new ServerDialer(loop, abort);
    }

    // ---- connections that served before ----

    /** What the session kept, or what waits for anybody's request; null if there is none. */
    ServerConnection reuse(Server server, ServerPool pool, SessionRequest request) {
        ServerConnection link = takeKept(server, request);
        link = link == null ? takeIdle(server, pool.settings(), request) : link;
        if (link != null) {
            server.counters().increment(loop.index(), Counter.REUSES);
            pool.counters().increment(loop.index(), Counter.REUSES);
        }
        return link;
    }

    private ServerConnection takeKept(Server server, SessionRequest request) {
        if (request.kept == null || request.kept.isEmpty()) {
            return null;
        }
        ServerConnection kept = request.kept.take(server, request, dialer.introduction(server, request));
        if (kept != null) {
            server.idle().of(loop).retake(kept);
        }
        return kept;
    }

    private ServerConnection takeIdle(Server server, PoolSettings settings, SessionRequest request) {
        boolean isExposed = request.isFirst && !settings.retryEvents.makesReuseSafe();
        return server.idle().of(loop).take(settings.reuse, isExposed, request);
    }

    // ---- new ones ----

    /** Counts one that is to be opened for requests. @return false if there are as many as may be ({@code strict-maxconn}), and none that waits here could go instead */
    boolean takesConnection(Server server) {
        ServerSettings settings = server.settings();
        int countMax = settings.isStrict && server.connectionsMax() > 0 ? server.connectionsMax() : Integer.MAX_VALUE;
        boolean isTaken = server.openConnections.add(countMax);
        while (!isTaken && server.idle().of(loop).closeOne()) {
            isTaken = server.openConnections.add(countMax);
        }
        if (!isTaken) {
            server.idle().askForRoom();
        }
        return isTaken;
    }

    /** One that {@link #takesConnection} has counted. */
    ServerConnection openForRequests(Server server, ServerPool pool, SessionRequest request, long deadlineNs)
            throws ConnectionFailure {
        ServerSettings settings = server.settings();
        Connection connection = null;
        try {
            connection = open(server, pool, request, deadlineNs);
            byte[] introduction = said == null ? null : said.copy();
            // A PROXY header speaks of one client: such a connection is its session's alone.
            boolean isShared = pool.settings().reuse != ReuseMode.NEVER && introduction == null;
            return server.idle().of(loop).adopt(connection, settings, request, introduction, isShared);
        } catch (ConnectionFailure | RuntimeException | Error e) {
            server.openConnections.remove();
            giveUp(connection);
            throw e;
        }
    }

    /** Connected, and the PROXY header sent. */
    Connection open(Server server, ServerPool pool, SessionRequest request, long deadlineNs) throws ConnectionFailure {
        server.counters().increment(loop.index(), Counter.CONNECT_ATTEMPTS);
        pool.counters().increment(loop.index(), Counter.CONNECT_ATTEMPTS);
        Connection connection = null;
        try {
            connection = dialer.dial(server, request, deadlineNs);
            said = dialer.introduce(connection, server, request, deadlineNs);
            server.observed(Observation.CONNECTED);
            return connection;
        } catch (ConnectionFailure | RuntimeException | Error e) {
            giveUp(connection);
            throw e;
        }
    }

    /** @param connection which nobody else has yet; null if there is none */
    private static void giveUp(Connection connection) {
        if (connection != null) {
            connection.reset();
        }
    }
}
