package dev.weir.server;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.stats.Counter;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;

/**
 * Gets a session its server: chooses, waits in a queue, connects, retries, moves to another server; by HAProxy's rules. Used
 * again and again: {@link #connect}, then {@link #finish} when the session is over, whatever came of it. A session that may be
 * idle for long keeps its {@link Place} only, and has the rest {@link #lendTo lent}.
 *
 * <p>Thread: the session's virtual thread, on its loop.
 */
public final class ServerConnector extends ServerOutcome {
    private static final long MS_NS = 1_000_000L;
    private static final long TURN_AROUND_NS = 1_000 * MS_NS;

    private final EventLoop loop;
    private final ServerOpener opener;
    private KillableSession session;
    private Abort abort;

    private ServerPool pool;
    private PoolSettings settings;
    private int retriesMax;
    private SessionRequest request;
    /** In {@code mode http}: what carries the request; else null. */
    private ServerConnection link;

    private boolean isHttp;
    /** The attempt under way has been counted as a retry. */
    private boolean isRepeating;

    private ErrorKind error;

    /** For one session object. */
    public ServerConnector(EventLoop loop, KillableSession session, Abort abort) {
        this(loop);
        lendTo(session, abort, new Place());
    }

    /** To be lent. */
    public ServerConnector(EventLoop loop) {
        this.loop = loop;
        this.opener = new ServerOpener(loop, () -> abort.causeWhileConnecting() != null);
    }

    /** For the time in which a session gets its server; what it got stays in the place, which the session gives up itself. */
    public ServerConnector lendTo(KillableSession session, Abort abort, Place place) {
        this.session = session;
        this.abort = abort;
        this.place = place;
        return this;
    }

    /** Knows nothing of the session it was lent to any more. */
    public void forget() {
        session = null;
        abort = null;
        place = null;
        pool = null;
        settings = null;
        server = null;
    }

    // ---- the session's steps ----

    /**
     * Gets a connection to a server of a backend, its PROXY header sent.
     *
     * @return null if there is none to be had; {@link #cause()} and {@link #phase()} say why
     */
    public Connection connect(ServerPool pool, SessionRequest request) {
        isHttp = false;
        begin(pool, request);
        return obtainConnection();
    }

    /**
     * The same for one request: a connection that waits for one, or a new one.
     *
     * @return null if there is none to be had; {@link #cause()} and {@link #phase()} say why
     */
    public ServerConnection open(ServerPool pool, SessionRequest request) {
        isHttp = true;
        begin(pool, request);
        obtainConnection();
        return link;
    }

    /**
     * What {@link #open} gave failed the request, which is sent once more: gets another connection, of the same server or of the
     * next. The caller has given up the one before.
     *
     * @return null if there is none to be had; {@link #cause()} and {@link #phase()} say why
     */
    public ServerConnection reopen(SessionRequest request) {
        this.request = request;
        place.thread = Thread.currentThread();
        forgetOutcome();
        place.retries++;
        count(server, Counter.RETRIES);
        if (Redispatch.mayMove(pool, server, place, retriesMax)) {
            giveUpServer();
        }
        isRepeating = true;
        obtainConnection();
        return link;
    }

    /** Whether {@link #reopen} may be called. */
    public boolean mayRetry() {
        return place.retries < retriesMax && abort.causeWhileConnecting() == null;
    }

    private Connection obtainConnection() {
        Connection connection = null;
        while (cause == null && connection == null) {
            if (server != null || obtainServer()) {
                connection = dial();
            }
        }
        request = null;
        place.thread = null; // nobody has to wake the session any more, and an idle one shall not keep its thread
        return connection;
    }

    private void forgetOutcome() {
        link = null;
        error = null;
        cause = null;
        phase = null;
    }

    private void begin(ServerPool pool, SessionRequest request) {
        this.pool = pool;
        this.request = request;
        settings = pool.settings();
        retriesMax = request.retriesMax >= 0 ? request.retriesMax : settings.retriesMax;
        server = null;
        forgetOutcome();
        place.retries = 0;
        isRepeating = false;
        isRedispatched = false;
        queueNs = -1;
        connectNs = -1;
        place.prepare(request, loop, session);
        place.pool = pool;
        pool.enter();
        pool.rate().add(loop.index(), loop.nanoTime());
        pool.counters().increment(loop.index(), Counter.SESSIONS);
    }

    /** Ends the session's stay: its place goes to the next. The caller has closed the connection. Idempotent. */
    public void finish() {
        place.leave();
    }

    /** Whether the session counts as one of the backend's. */
    public boolean isInside() {
        return place.isInside();
    }

    // ---- choosing and waiting ----

    /** @return false if the session failed, or has to choose again */
    private boolean obtainServer() {
        Dispatcher.Outcome outcome = pool.dispatcher.assign(place);
        countReassignment();
        return switch (outcome) {
            case ASSIGNED -> assigned();
            case QUEUED -> waitForPlace();
            case FULL -> refused();
            case NO_SERVER -> fail(ErrorKind.CONNECT_ERROR);
        };
    }

    private boolean waitForPlace() {
        long deadlineNs = deadline(settings.queueTimeoutMs);
        while (place.phase == Place.Phase.QUEUED) {
            if (abort.cause() != null && pool.dispatcher.cancel(place)) {
                queueNs = loop.nanoTime();
                end(abort.cause(), Phase.QUEUE);
                return false;
            }
            if (loop.nanoTime() >= deadlineNs && pool.dispatcher.cancel(place)) {
                queueNs = loop.nanoTime();
                return fail(ErrorKind.QUEUE_TIMEOUT);
            }
            loop.parkUntil(deadlineNs);
        }
        if (place.phase == Place.Phase.DISPLACED) {
            place.direct = null;
            place.preferred = null;
            return false;
        }
        return assigned();
    }

    /** @return true */
    private boolean assigned() {
        server = place.server;
        queueNs = loop.nanoTime();
        return true;
    }

    /** Of a session that had to choose again: whether it moved, be it into the backend's queue, or came back to the same server. */
    private void countReassignment() {
        Server before = place.avoided;
        place.avoided = null;
        if (before == null) {
            return;
        }
        if (place.hasMoved) {
            isRedispatched = true;
            count(before, Counter.REDISPATCHES);
        } else if (!isRepeating) {
            count(before, Counter.RETRIES);
        }
    }

    /** The queue of the server is full: only a session that was bound to it may look elsewhere. @return false */
    private boolean refused() {
        if (place.direct != null && !place.isForced && settings.redispatchInterval != 0) {
            place.avoided = place.server;
            place.direct = null;
            pool.dispatcher.release(place);
            return false;
        }
        return fail(ErrorKind.QUEUE_FULL);
    }

    // ---- connecting ----

    private Connection dial() {
        if (abort.causeWhileConnecting() != null) {
            end(abort.causeWhileConnecting(), Phase.CONNECT);
            return null;
        }
        countRequest();
        redirect = request.isRedirectable ? server.settings().redirect : null;
        if (redirect != null) {
            end(Cause.LOCAL, Phase.CONNECT);
            return null;
        }
        if (request.names != null && server.settings().wantsClient()) {
            request.names.tell(server.settings(), request);
        }
        link = isHttp ? opener.reuse(server, pool, request) : null;
        if (link != null) {
            connectNs = loop.nanoTime();
            return link.connection();
        }
        if (isHttp && !opener.takesConnection(server)) {
            failed(ErrorKind.CONNECT_ERROR);
            return null;
        }
        return dialAnew();
    }

    private Connection dialAnew() {
        long deadlineNs = deadline(settings.connectTimeoutMs);
        Connection connection;
        try {
            if (isHttp) {
                link = opener.openForRequests(server, pool, request, deadlineNs);
                connection = link.connection();
            } else {
                connection = opener.open(server, pool, request, deadlineNs);
            }
        } catch (ConnectionFailure failure) {
            server.observed(Observation.NOT_CONNECTED);
            failed(ErrorKind.of(failure));
            return null;
        }
        connectNs = loop.nanoTime();
        return connection;
    }

    private void countRequest() {
        server.counters().increment(loop.index(), Counter.SESSIONS);
        server.rate().add(loop.index(), loop.nanoTime());
    }

    // ---- another attempt ----

    private void failed(ErrorKind kind) {
        if (abort.causeWhileConnecting() != null) {
            end(abort.causeWhileConnecting(), Phase.CONNECT);
        } else if (mayDialAgain(kind)) {
            retry(kind);
        } else {
            fail(kind);
        }
    }

    private boolean mayDialAgain(ErrorKind kind) {
        return settings.retryEvents.connFailure() && place.retries < retriesMax && kind != ErrorKind.INTERNAL;
    }

    private void retry(ErrorKind kind) {
        error = error == null ? kind : error;
        place.retries++;
        isRepeating = false;
        boolean isMoving = Redispatch.mayMove(pool, server, place, retriesMax);
        if (isMoving) {
            giveUpServer();
        } else {
            count(server, Counter.RETRIES);
        }
        boolean isLikelySame = !isMoving || pool.activeServers() <= 1;
        if (kind == ErrorKind.CONNECT_ERROR && isLikelySame) {
            turnAround();
        }
    }

    private void giveUpServer() {
        place.avoided = server;
        place.direct = null;
        place.preferred = null;
        server = null;
        pool.dispatcher.release(place);
    }

    /** Waits before it asks a server that refused just now. */
    private void turnAround() {
        long timeoutNs = settings.connectTimeoutMs * MS_NS;
        long waitNs = timeoutNs > 0 ? Math.min(timeoutNs, TURN_AROUND_NS) : TURN_AROUND_NS;
        long deadlineNs = loop.nanoTime() + waitNs;
        while (loop.nanoTime() < deadlineNs) {
            if (abort.cause() != null) {
                end(abort.cause(), Phase.CONNECT);
                return;
            }
            loop.parkUntil(deadlineNs);
        }
    }

    // ---- ends ----

    /** @return false */
    private boolean fail(ErrorKind kind) {
        error = error == null ? kind : error;
        Server concerned = server != null ? server : place.server;
        if (concerned != null) {
            concerned.counters().increment(loop.index(), Counter.CONNECT_ERRORS);
        }
        pool.counters().increment(loop.index(), Counter.CONNECT_ERRORS);
        end(error.cause, error.phase);
        return false;
    }

    private void end(Cause why, Phase where) {
        cause = why;
        phase = where;
        if (server == null) {
            server = place.server != null ? place.server : place.avoided;
        }
        pool.dispatcher.release(place);
    }

    private void count(Server of, Counter counter) {
        of.counters().increment(loop.index(), counter);
        pool.counters().increment(loop.index(), counter);
    }

    private long deadline(long timeoutMs) {
        return timeoutMs == 0 ? Long.MAX_VALUE : loop.nanoTime() + timeoutMs * MS_NS;
    }
}
