package dev.weir.server;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.rule.reply.Reply;
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
public final class ServerConnector {
    private static final long MS_NS = 1_000_000L;
    private static final long TURN_AROUND_NS = 1_000 * MS_NS;

    private final EventLoop loop;
    private final ServerDialer dialer;
    private KillableSession session;
    private Abort abort;
    private Place place;

    private ServerPool pool;
    private PoolSettings settings;
    private int retriesMax;
    private SessionRequest request;
    private Server server;
    /** In {@code mode http}: what carries the request; else null. */
    private ServerConnection link;

    private boolean isHttp;
    /** The attempt under way has been counted as a retry. */
    private boolean isRepeating;

    private ErrorKind error;
    private Cause cause;
    private Phase phase;
    private boolean isRedispatched;
    private Reply redirect;
    private long queueNs;
    private long connectNs;

    /** For one session object. */
    public ServerConnector(EventLoop loop, KillableSession session, Abort abort) {
        this(loop);
        lendTo(session, abort, new Place());
    }

    /** To be lent. */
    public ServerConnector(EventLoop loop) {
        this.loop = loop;
        this.dialer = new ServerDialer(loop, () -> abort.causeWhileConnecting() != null);
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
     * @return null if there is none to be had; {@link #cause} and {@link #phase} say why
     */
    public Connection connect(ServerPool pool, SessionRequest request) {
        isHttp = false;
        begin(pool, request);
        return obtainConnection();
    }

    /**
     * The same for one request: a connection that waits for one, or a new one.
     *
     * @return null if there is none to be had; {@link #cause} and {@link #phase} say why
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
     * @return null if there is none to be had; {@link #cause} and {@link #phase} say why
     */
    public ServerConnection reopen(SessionRequest request) {
        this.request = request;
        place.thread = Thread.currentThread();
        link = null;
        error = null;
        cause = null;
        phase = null;
        place.retries++;
        count(server, Counter.RETRIES);
        if (mayMove()) {
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

    private void begin(ServerPool pool, SessionRequest request) {
        this.pool = pool;
        this.request = request;
        settings = pool.settings();
        retriesMax = request.retriesMax >= 0 ? request.retriesMax : settings.retriesMax;
        server = null;
        link = null;
        error = null;
        cause = null;
        phase = null;
        place.retries = 0;
        isRepeating = false;
        isRedispatched = false;
        queueNs = -1;
        connectNs = -1;
        fillPlace();
        place.pool = pool;
        pool.enter();
        pool.rate().add(loop.index(), loop.nanoTime());
        pool.counters().increment(loop.index(), Counter.SESSIONS);
    }

    private void fillPlace() {
        place.loop = loop;
        place.thread = Thread.currentThread();
        place.session = session;
        place.hasHash = request.hasHash;
        place.hash = request.hash;
        place.priorityClass = request.priorityClass;
        place.priorityOffsetMs = request.priorityOffsetMs;
        place.direct = request.direct;
        place.preferred = request.preferred;
        place.isForced = request.isForced;
        place.avoided = null;
        place.serverQueuePosition = 0;
        place.backendQueuePosition = 0;
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
        switch (pool.dispatcher.assign(place)) {
            case ASSIGNED:
                assigned();
                return true;
            case QUEUED:
                return waitForPlace();
            case FULL:
                refused();
                return false;
            case NO_SERVER:
                fail(ErrorKind.CONNECT_ERROR);
                return false;
        }
        throw new AssertionError();
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
                fail(ErrorKind.QUEUE_TIMEOUT);
                return false;
            }
            loop.parkUntil(deadlineNs);
        }
        if (place.phase == Place.Phase.DISPLACED) {
            place.direct = null;
            place.preferred = null;
            return false;
        }
        assigned();
        return true;
    }

    private void assigned() {
        server = place.server;
        queueNs = loop.nanoTime();
        countReassignment();
        place.avoided = null;
    }

    /** After a failure that let the session choose again: whether it moved, or came back to the same server. */
    private void countReassignment() {
        Server before = place.avoided;
        if (before == null) {
            return;
        }
        if (before != server) {
            isRedispatched = true;
            count(before, Counter.REDISPATCHES);
        } else if (!isRepeating) {
            count(before, Counter.RETRIES);
        }
    }

    /** The queue of the server is full: only a session that was bound to it may look elsewhere. */
    private void refused() {
        if (place.direct != null && !place.isForced && settings.redispatchInterval != 0) {
            pool.dispatcher.release(place);
            place.direct = null;
            return;
        }
        fail(ErrorKind.QUEUE_FULL);
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
        if (isHttp && reuse()) {
            connectNs = loop.nanoTime();
            return link.connection();
        }
        return dialAnew();
    }

    private Connection dialAnew() {
        if (isHttp && !takesConnection()) {
            failed(ErrorKind.CONNECT_ERROR);
            return null;
        }
        server.counters().increment(loop.index(), Counter.CONNECT_ATTEMPTS);
        pool.counters().increment(loop.index(), Counter.CONNECT_ATTEMPTS);
        long deadlineNs = deadline(settings.connectTimeoutMs);
        ServerSettings of = server.settings();
        Connection connection = null;
        try {
            connection = dialer.dial(server, request, deadlineNs);
            dialer.introduce(connection, of, request, deadlineNs);
            if (isHttp) {
                link = adopt(connection, of);
            }
            connected();
            return connection;
        } catch (ConnectionFailure failure) {
            giveUp(connection);
            server.observed(Observation.NOT_CONNECTED);
            failed(ErrorKind.of(failure));
            return null;
        } catch (RuntimeException | Error fault) {
            giveUp(connection);
            throw fault;
        }
    }

    /** What was opened, or was to be, nobody else has yet. */
    private void giveUp(Connection connection) {
        if (link != null) {
            link.close();
            link = null;
            return;
        }
        if (isHttp) {
            server.openConnections.remove();
        }
        if (connection != null) {
            connection.reset();
        }
    }

    /** @return false if it has as many as it may have ({@code strict-maxconn}), and none that waits here could go instead */
    private boolean takesConnection() {
        ServerSettings of = server.settings();
        int countMax = of.isStrict && server.connectionsMax() > 0 ? server.connectionsMax() : Integer.MAX_VALUE;
        boolean isTaken = server.openConnections.add(countMax);
        while (!isTaken && server.idleConnections(loop).closeOne()) {
            isTaken = server.openConnections.add(countMax);
        }
        if (!isTaken) {
            server.askForRoom();
        }
        return isTaken;
    }

    private void countRequest() {
        server.counters().increment(loop.index(), Counter.SESSIONS);
        server.rate().add(loop.index(), loop.nanoTime());
    }

    // ---- connections that served before ----

    /** Takes what the session kept, or what waits for anybody's request. */
    private boolean reuse() {
        IdleConnections idle = server.idleConnections(loop);
        boolean isExposed = request.isFirst && !settings.retryEvents.makesReuseSafe();
        link = request.kept == null ? null : request.kept.take(server, request);
        if (link != null) {
            idle.retake(link);
        } else {
            link = idle.take(settings.reuse, isExposed, request);
        }
        if (link != null) {
            server.counters().increment(loop.index(), Counter.REUSES);
            pool.counters().increment(loop.index(), Counter.REUSES);
        }
        return link != null;
    }

    /** A PROXY header speaks of one client: such a connection is its session's alone. */
    private ServerConnection adopt(Connection connection, ServerSettings of) {
        boolean isShared = settings.reuse != ReuseMode.NEVER && of.proxyProtocol == null;
        return server.idleConnections(loop).adopt(connection, of, request, isShared);
    }

    private void connected() {
        connectNs = loop.nanoTime();
        server.observed(Observation.CONNECTED);
    }

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
        boolean isMoving = mayMove();
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

    private boolean mayMove() {
        int interval = settings.redispatchInterval;
        if (interval == 0 || place.isForced) {
            return false;
        }
        boolean isDown = server.state() == ServerState.STOPPED || server.state() == ServerState.STARTING;
        boolean isFree = place.direct == null
                && pool.activeServers() > 1
                && !settings.balance.method().isHash();
        return isDown || isFree || isRedispatchTurn(interval);
    }

    private boolean isRedispatchTurn(int interval) {
        int period = interval > 0 ? interval : retriesMax + 1 + interval;
        return period > 0 && place.retries % period == 0;
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

    private void fail(ErrorKind kind) {
        error = error == null ? kind : error;
        Server concerned = server != null ? server : place.server;
        if (concerned != null) {
            concerned.counters().increment(loop.index(), Counter.CONNECT_ERRORS);
        }
        pool.counters().increment(loop.index(), Counter.CONNECT_ERRORS);
        end(error.cause, error.phase);
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

    // ---- what came of it ----

    /** The server connected to, or of the last attempt; null if none was chosen. */
    public Server server() {
        return server;
    }

    /** Whether it is the server that the session was bound to. */
    public boolean isDirect() {
        return place.direct != null;
    }

    /** Null if connected. */
    public Cause cause() {
        return cause;
    }

    /** What the client is answered instead, if that is the {@link #cause}: {@link Cause#LOCAL}. */
    public Reply redirect() {
        return redirect;
    }

    /** Null if connected. */
    public Phase phase() {
        return phase;
    }

    public int retries() {
        return place.retries;
    }

    /** Whether the session was moved to another server: the {@code +} before the retries in logs. */
    public boolean isRedispatched() {
        return isRedispatched;
    }

    /** The loop's time when the session left the queue, or was given a server without one; -1 if it was not. */
    public long queueNs() {
        return queueNs;
    }

    /** The loop's time when the connection was established, -1 if it was not. */
    public long connectNs() {
        return connectNs;
    }

    /** {@code %sq}. */
    public int serverQueuePosition() {
        return place.serverQueuePosition;
    }

    /** {@code %bq}. */
    public int backendQueuePosition() {
        return place.backendQueuePosition;
    }
}
