package dev.weir.server;

/**
 * The idle connections to servers that one session alone may use: somebody's credentials are bound to them, or {@code http-reuse
 * never} keeps everybody's apart. The last that was used comes first.
 *
 * <p>Thread: the session's loop.
 */
public final class KeptConnections {
    private ServerConnection first;
    private int count;

    /** One whose request is over; it is closed if so many are here already. */
    public void add(ServerConnection connection, int countMax) {
        dropClosed();
        if (count >= countMax) {
            connection.close();
            return;
        }
        connection.next = first;
        first = connection;
        count++;
    }

    boolean isEmpty() {
        return first == null;
    }

    /**
     * One that leads to a server, where that is now, and may carry the request; or null. The caller has it from now on.
     *
     * @param introduction what a new connection would begin with, null for nothing
     */
    ServerConnection take(Server server, SessionRequest request, Introduction introduction) {
        ServerConnection before = null;
        for (ServerConnection one = first; one != null; one = one.next) {
            if (one.server() == server && one.fits(request) && one.isIntroducedBy(introduction)) {
                unlink(one, before);
                return one;
            }
            before = one;
        }
        return null;
    }

    /** The server of the last one that is open, of a backend, and whose server is usable; or null. */
    public Server lastServer(ServerPool pool) {
        for (ServerConnection one = first; one != null; one = one.next) {
            Server server = one.server();
            if (server.pool() == pool
                    && server.isAvailable()
                    && one.connection().isOpen()) {
                return server;
            }
        }
        return null;
    }

    private void dropClosed() {
        ServerConnection before = null;
        for (ServerConnection one = first; one != null; ) {
            ServerConnection following = one.next;
            if (one.connection().isOpen()) {
                before = one;
            } else {
                unlink(one, before);
            }
            one = following;
        }
    }

    private void unlink(ServerConnection one, ServerConnection before) {
        if (before == null) {
            first = one.next;
        } else {
            before.next = one.next;
        }
        one.next = null;
        count--;
    }

    /** The session ends. */
    public void close() {
        for (ServerConnection one = first; one != null; ) {
            ServerConnection following = one.next;
            one.next = null;
            one.close();
            one = following;
        }
        first = null;
        count = 0;
    }
}
