package dev.weir.server;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.SocketName;

/**
 * A connection to a server that may serve one request after the other, and waits between them: among the idle ones of its
 * server, or with the one session that may use it. While it waits nobody serves it; when the server closes or says something
 * uncalled for, it goes.
 *
 * <p>Thread: its loop's.
 */
public final class ServerConnection {
    private final IdleConnections home;
    private final Connection connection;
    private final ServerSettings settings;
    /** The client's destination, where that decided about the address; else null. */
    private final SocketName destination;
    /** The PROXY header that it began with; null for none. */
    private final byte[] introduction;
    /** What its packets carry. */
    private final int mark;

    private final int tos;

    private final Runnable onInput = this::discard;
    private boolean isShared;
    private boolean isIdle;
    /** It counts among its server's open ones. */
    private boolean isCounted = true;

    private int requests;
    long idleSinceNs;
    /** Neighbours among the idle ones. */
    ServerConnection next;

    ServerConnection previous;

    /**
     * @param settings it was opened with
     * @param request that it was opened for
     * @param introduction the PROXY header that was sent, null for none
     * @param isShared whether any session may use it
     */
    ServerConnection(
            IdleConnections home,
            Connection connection,
            ServerSettings settings,
            SessionRequest request,
            byte[] introduction,
            boolean isShared) {
        this.home = home;
        this.connection = connection;
        this.settings = settings;
        this.destination = settings.followsClient() ? copy(request.clientDestination) : null;
        this.introduction = introduction;
        this.mark = request.mark;
        this.tos = request.tos;
        this.isShared = isShared;
    }

    private static SocketName copy(SocketName name) {
        SocketName copy = new SocketName();
        copy.copyFrom(name);
        return copy;
    }

    public Connection connection() {
        return connection;
    }

    public Server server() {
        return home.server();
    }

    /** Whether it has served a request before the present one. */
    public boolean isReused() {
        return requests > 1;
    }

    /** From now on it belongs to one session: it carries somebody's credentials (NTLM and its kind). */
    public void makePrivate() {
        isShared = false;
    }

    public boolean isShared() {
        return isShared;
    }

    /** Whether it leads where the server is now, for a client with that destination if it matters, and is marked as it should be. */
    boolean fits(SessionRequest request) {
        ServerSettings now = home.server().settings();
        boolean isMarked = mark == request.mark && tos == request.tos;
        return isMarked
                && isFor(now.followsClient() ? request.clientDestination : null)
                && (settings == now || settings.leadsWhere(now))
                && connection.isOpen();
    }

    /** Whether it began as a new one would; null is without a PROXY header. */
    boolean isIntroducedBy(Introduction wanted) {
        return wanted == null ? introduction == null : wanted.is(introduction);
    }

    private boolean isFor(SocketName wanted) {
        return destination == null ? wanted == null : destination.equals(wanted);
    }

    boolean isProven() {
        return requests > 1;
    }

    /** Another request begins. */
    void begin() {
        isIdle = false;
        requests++;
    }

    /**
     * The request is over and its response was received to the end: the connection waits for the next one, or is closed if it
     * may serve none.
     */
    public void giveBack() {
        home.giveBack(this);
    }

    /** Closes it in the middle of a request, or because it may serve no other. Idempotent. */
    public void close() {
        if (connection.isOpen()) {
            if (!isIdle) {
                home.left();
            }
            connection.reset(); // this end closes first: a FIN would leave the port in TIME_WAIT
        }
        uncount();
    }

    /** It is closed, or is just being closed. Idempotent. */
    void uncount() {
        if (isCounted) {
            isCounted = false;
            home.server().openConnections.remove();
        }
    }

    boolean hasServedEnough() {
        int limit = settings.reuseMax;
        return limit >= 0 && requests > limit;
    }

    /** @return false if something came already */
    boolean rest(long nowNs) {
        isIdle = true;
        idleSinceNs = nowNs;
        return connection.available() == 0 && connection.whenReadable(onInput);
    }

    /** On the loop: it waits, and the server ended it or broke the rules. */
    private void discard() {
        if (isIdle) {
            home.discard(this);
        }
    }
}
