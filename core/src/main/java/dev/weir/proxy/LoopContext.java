package dev.weir.proxy;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.log.LineWriter;
import dev.weir.persist.CookiePersistence;
import dev.weir.sample.Scratch;
import dev.weir.server.ServerConnector;
import dev.weir.server.SessionRequest;
import dev.weir.stream.Cause;
import dev.weir.stream.Stream;
import java.util.ArrayDeque;
import java.util.function.Function;

/** What the sessions of one loop share: working memory, session objects for reuse, and the list of those that live. Thread: the loop's. */
public final class LoopContext {
    private static final int OBJECTS_KEPT = 256;

    public final EventLoop loop;
    public final ProxyProcess process;
    public final Scratch scratch;
    public final LineWriter line;
    /** Cookie persistence of this loop's sessions. */
    public final CookiePersistence cookies = new CookiePersistence();
    /** Backends of the configuration in force, by names that were computed. */
    public final Function<String, Backend> backendsByName;

    final Entrance entrance;
    final SessionPool tcpSessions;
    final SessionPool httpSessions;
    private final SessionSource http;
    private final ArrayDeque<Stream> freeStreams = new ArrayDeque<>();
    private final ArrayDeque<ServerConnector> freeConnectors = new ArrayDeque<>();
    private final ArrayDeque<SessionRequest> freeRequests = new ArrayDeque<>();
    private ClientSession live;
    private SessionCursor cursors;
    /** {@code option contstats}. */
    final ContinuousCounts continuousCounts = new ContinuousCounts(this);

    private long streamCount;
    private long sessionCount;

    /** @param http makes the source of sessions of {@code mode http} */
    LoopContext(EventLoop loop, ProxyProcess process, Function<LoopContext, SessionSource> http) {
        this.loop = loop;
        this.process = process;
        this.scratch = new Scratch(process.clock().nanoTime() ^ loop.index());
        this.line = LineWriter.of(scratch);
        this.backendsByName = process::runningBackend;
        this.entrance = new Entrance(this);
        this.tcpSessions = new SessionPool(() -> new TcpSession(this));
        this.http = http.apply(this);
        this.httpSessions = new SessionPool(this.http::create);
    }

    /** What cookies' dates are compared with. */
    public long epochSeconds() {
        return process.clock().epochMicros() / 1_000_000;
    }

    /** A number that no other stream of this process has had: loops take turns. */
    public long nextStreamId() {
        long id = comingStreamId();
        streamCount++;
        return id;
    }

    /** The number that the next stream will have. */
    public long comingStreamId() {
        return streamCount * process.threadCount() + loop.index();
    }

    /** Facts for a session; given back when nobody will ask for them any more. */
    public Stream takeStream() {
        Stream stream = freeStreams.pollLast();
        return stream == null ? new Stream() : stream;
    }

    public void giveBack(Stream stream) {
        stream.variables().clear();
        if (freeStreams.size() < OBJECTS_KEPT) {
            freeStreams.addLast(stream);
        }
    }

    /** To be lent for the time in which a session gets its server. */
    ServerConnector takeConnector() {
        ServerConnector connector = freeConnectors.pollLast();
        return connector == null ? new ServerConnector(loop) : connector;
    }

    void giveBack(ServerConnector connector) {
        connector.forget();
        if (freeConnectors.size() < OBJECTS_KEPT) {
            freeConnectors.addLast(connector);
        }
    }

    /** For the time in which a session asks for its server. */
    public SessionRequest takeRequest() {
        SessionRequest request = freeRequests.pollLast();
        return request == null ? new SessionRequest() : request;
    }

    public void giveBack(SessionRequest request) {
        if (freeRequests.size() < OBJECTS_KEPT) {
            freeRequests.addLast(request);
        }
    }

    /** A session for a connection to that frontend. */
    ClientSession takeSession(Frontend frontend) {
        ClientSession session = (frontend.isHttp ? httpSessions : tcpSessions).take();
        link(session);
        return session;
    }

    /**
     * The client of a session of {@code mode tcp} goes on in HTTP, on the same virtual thread, as soon as the session returns. Until
     * then it must not wait for anything: its object is free for another connection.
     *
     * @param chosen the backend that made HTTP of it, for its first request; null if a rule did
     */
    void becomeHttp(ClientSession session, Backend chosen) {
        ClientSession successor = httpSessions.take();
        successor.takeOver(session);
        http.upgrade(successor, chosen);
        replace(session, successor);
        session.pool.giveBack(session);
    }

    private void replace(ClientSession session, ClientSession successor) {
        for (SessionCursor cursor = cursors; cursor != null; cursor = cursor.next) {
            cursor.goesOn(session, successor);
        }
        successor.number = session.number;
        successor.previous = session.previous;
        successor.next = session.next;
        if (session.previous == null) {
            live = successor;
        } else {
            session.previous.next = successor;
        }
        if (session.next != null) {
            session.next.previous = successor;
        }
        session.previous = null;
        session.next = null;
    }

    private void link(ClientSession session) {
        session.number = ++sessionCount * process.threadCount() + loop.index();
        session.previous = null;
        session.next = live;
        if (live != null) {
            live.previous = session;
        }
        live = session;
    }

    void giveBack(ClientSession session) {
        forget(session);
        session.pool.giveBack(session);
    }

    /** The session is over, and its object not to be used again. */
    void forget(ClientSession session) {
        unlink(session);
    }

    private void unlink(ClientSession session) {
        for (SessionCursor cursor = cursors; cursor != null; cursor = cursor.next) {
            cursor.leaves(session);
        }
        if (session.previous == null) {
            live = session.next;
        } else {
            session.previous.next = session.next;
        }
        if (session.next != null) {
            session.next.previous = session.previous;
        }
        session.previous = null;
        session.next = null;
    }

    /** The process stops softly. */
    void dismissIdle() {
        CloseSpread spread = process.closeSpread();
        if (!spread.isNever()) {
            dismissIdle(spread, spread.steps());
        }
    }

    private void dismissIdle(CloseSpread spread, int stepsLeft) {
        http.dismissIdle(stepsLeft);
        if (stepsLeft > 1) {
            loop.schedule(loop.nanoTime() + spread.stepNs(), () -> dismissIdle(spread, stepsLeft - 1));
        }
    }

    /** Puts it at the first session; it is told from now on of those that leave. */
    void begin(SessionCursor cursor) {
        cursor.next = cursors;
        cursors = cursor;
        cursor.at = live;
    }

    void end(SessionCursor cursor) {
        if (cursors == cursor) {
            cursors = cursor.next;
            return;
        }
        for (SessionCursor other = cursors; other != null; other = other.next) {
            if (other.next == cursor) {
                other.next = cursor.next;
            }
        }
    }

    /** Ends the session of that number. @return whether there is one */
    boolean kill(long number, Cause cause) {
        for (ClientSession session = live; session != null; session = session.next) {
            if (session.number == number && session.isActive()) {
                session.kill(cause);
                return true;
            }
        }
        return false;
    }

    /** Ends all sessions of the loop. */
    void killAll(Cause cause) {
        for (ClientSession session = live; session != null; session = session.next) {
            session.kill(cause);
        }
    }
}
