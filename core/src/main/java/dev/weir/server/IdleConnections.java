package dev.weir.server;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.EventLoop;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The connections of one loop to one server that wait for a request which may come from any session ({@code http-reuse}). Last
 * in, first out: what is not needed gets old and is closed by and by ({@code pool-purge-delay}), half of the surplus at a time.
 *
 * <p>Thread: the loop's, but for the figures.
 */
public final class IdleConnections {
    private static final VarHandle IDLE;
    private static final VarHandle IDLE_PROVEN;
    private static final VarHandle USED;
    private static final VarHandle EXPECTED;

    static {
        try {
            var lookup = MethodHandles.lookup();
            IDLE = lookup.findVarHandle(IdleConnections.class, "idle", int.class);
            IDLE_PROVEN = lookup.findVarHandle(IdleConnections.class, "idleProven", int.class);
            USED = lookup.findVarHandle(IdleConnections.class, "used", int.class);
            EXPECTED = lookup.findVarHandle(IdleConnections.class, "expected", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final long MS_NS = 1_000_000L;

    private final Server server;
    private final EventLoop loop;
    private final ConnectionList unproven = new ConnectionList();
    private final ConnectionList proven = new ConnectionList();
    /** Written by the loop alone, opaquely. */
    private int idle;
    /** Those of them whose server has proven that it keeps them open; written in the same way. */
    private int idleProven;
    /** Written in the same way. */
    private int used;
    /** The most that were in use at once since the last purge. */
    private int usedHighest;
    /** How many will probably be needed, by what was needed before. Written in the same way. */
    private int expected;

    private boolean isPurgePending;

    IdleConnections(Server server, EventLoop loop) {
        this.server = server;
        this.loop = loop;
    }

    Server server() {
        return server;
    }

    /** How many wait. Any thread; may lag. */
    public int idle() {
        return (int) IDLE.getOpaque(this);
    }

    /** How many of them are proven. Any thread; may lag. */
    int idleProven() {
        return (int) IDLE_PROVEN.getOpaque(this);
    }

    /** How many serve a request. Any thread; may lag. */
    int used() {
        return (int) USED.getOpaque(this);
    }

    /** How many will probably be needed. Any thread; may lag. */
    int expected() {
        return (int) EXPECTED.getOpaque(this);
    }

    // ---- taking ----

    /** A connection that waits and may serve this request, or null. */
    ServerConnection take(ReuseMode mode, boolean isFirst, SessionRequest request) {
        ServerConnection taken = null;
        if (idle > 0 && mode.allowsUnproven(isFirst)) {
            taken = unproven.find(request);
        }
        if (taken == null && idle > 0 && mode.allowsProven(isFirst)) {
            taken = proven.find(request);
        }
        if (taken != null) {
            remove(taken);
            begin(taken);
        }
        return taken;
    }

    /** A connection that was just opened serves its first request. */
    ServerConnection adopt(
            Connection connection,
            ServerSettings settings,
            SessionRequest request,
            byte[] introduction,
            boolean isShared) {
        ServerConnection opened = new ServerConnection(this, connection, settings, request, introduction, isShared);
        begin(opened);
        return opened;
    }

    /** A connection that its session kept serves another request of that session. */
    void retake(ServerConnection kept) {
        begin(kept);
    }

    private void begin(ServerConnection connection) {
        connection.begin();
        USED.setOpaque(this, used + 1);
        usedHighest = Math.max(usedHighest, used);
        if (used > expected) {
            EXPECTED.setOpaque(this, used);
        }
    }

    // ---- giving back ----

    void giveBack(ServerConnection connection) {
        USED.setOpaque(this, used - 1);
        boolean isKept = mayKeep(connection) && isNeeded(connection) && connection.rest(loop.nanoTime());
        if (!isKept) {
            connection.connection().reset();
            connection.uncount();
        } else if (connection.isShared()) {
            add(connection);
        }
    }

    private boolean mayKeep(ServerConnection connection) {
        ServerSettings settings = server.settings();
        return !connection.hasServedEnough()
                && !server.isRemoved()
                && server.isUp()
                && (settings.idleMax < 0 || server.idle().count() < settings.idleMax);
    }

    /**
     * Whether more wait and serve than ever served at once is not the case: as in HAProxy, first requests, which open connections of
     * their own, do not heap them up. One always waits. What a session keeps for itself is its own affair.
     */
    private boolean isNeeded(ServerConnection connection) {
        boolean isOnly = proven.isEmpty() && (connection.isProven() || unproven.isEmpty());
        return isOnly || !connection.isShared() || used + 1 + idle <= Math.max(expected, usedHighest);
    }

    private void add(ServerConnection connection) {
        (connection.isProven() ? proven : unproven).push(connection);
        count(connection, 1);
        if (!isPurgePending) {
            schedulePurge();
        }
    }

    private void remove(ServerConnection connection) {
        (connection.isProven() ? proven : unproven).remove(connection);
        count(connection, -1);
    }

    private void count(ServerConnection connection, int change) {
        IDLE.setOpaque(this, idle + change);
        if (connection.isProven()) {
            IDLE_PROVEN.setOpaque(this, idleProven + change);
        }
    }

    /** One that was in use is closed. */
    void left() {
        USED.setOpaque(this, used - 1);
    }

    /** One that waits goes. */
    void discard(ServerConnection connection) {
        if (connection.isShared()) {
            remove(connection);
        }
        connection.connection().reset();
        connection.uncount();
    }

    /** Closes one that waits, for another that is to be opened on this loop. @return false if there is none */
    boolean closeOne() {
        boolean isThere = idle > 0;
        close(1);
        return isThere;
    }

    /** The same for another loop, from any thread: sooner or later. */
    void askToCloseOne() {
        loop.execute(() -> close(1));
    }

    // ---- purging ----

    private void schedulePurge() {
        isPurgePending = true;
        loop.schedule(loop.nanoTime() + server.settings().idlePurgeMs * MS_NS, this::purge);
    }

    private void purge() {
        isPurgePending = false;
        EXPECTED.setOpaque(this, usedHighest >= expected ? usedHighest : (expected + usedHighest) / 2);
        int surplus = used + idle - Math.max(expected, usedHighest);
        usedHighest = used;
        close((surplus + 1) / 2);
        if (idle > 0) {
            schedulePurge();
        }
    }

    private void close(int count) {
        for (int left = Math.min(count, idle); left > 0; left--) {
            discard(proven.isEmpty() ? unproven.oldest() : proven.oldest());
        }
    }

    /** The server went, or is elsewhere now: none of them is good for anything. From any thread. */
    void closeAll() {
        loop.execute(() -> close(idle));
    }
}
