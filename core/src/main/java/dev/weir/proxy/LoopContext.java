package dev.weir.proxy;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.SocketName;
import dev.weir.log.LineWriter;
import dev.weir.protocol.ProxyHeaderDecoder;
import dev.weir.sample.Scratch;
import dev.weir.server.SessionRequest;
import dev.weir.stream.Cause;
import dev.weir.stream.Stream;
import java.util.ArrayDeque;

/** What the sessions of one loop share: working memory, session objects for reuse, and the list of those that live. Thread: the loop's. */
final class LoopContext {
    private static final int SESSIONS_KEPT = 256;

    final EventLoop loop;
    final ProxyProcess process;
    final Scratch scratch;
    final LineWriter line;
    final ProxyHeaderDecoder proxyHeaders = new ProxyHeaderDecoder();
    final SocketName headerSource = new SocketName();
    final SocketName headerDestination = new SocketName();
    private final ArrayDeque<Stream> freeStreams = new ArrayDeque<>();
    private final ArrayDeque<SessionRequest> freeRequests = new ArrayDeque<>();
    private ClientSession free;
    private int freeCount;
    private ClientSession live;

    LoopContext(EventLoop loop, ProxyProcess process) {
        this.loop = loop;
        this.process = process;
        this.scratch = new Scratch(process.clock().nanoTime() ^ loop.index());
        this.line = LineWriter.of(scratch);
    }

    /** Facts for a session; given back when nobody will ask for them any more. */
    Stream takeStream() {
        Stream stream = freeStreams.pollLast();
        return stream == null ? new Stream() : stream;
    }

    void giveBack(Stream stream) {
        if (freeStreams.size() < SESSIONS_KEPT) {
            freeStreams.addLast(stream);
        }
    }

    /** For the time in which a session asks for its server. */
    SessionRequest takeRequest() {
        SessionRequest request = freeRequests.pollLast();
        return request == null ? new SessionRequest() : request;
    }

    void giveBack(SessionRequest request) {
        if (freeRequests.size() < SESSIONS_KEPT) {
            freeRequests.addLast(request);
        }
    }

    ClientSession takeSession() {
        ClientSession session = free;
        if (session == null) {
            session = new ClientSession(this);
        } else {
            free = session.next;
            freeCount--;
        }
        link(session);
        return session;
    }

    private void link(ClientSession session) {
        session.previous = null;
        session.next = live;
        if (live != null) {
            live.previous = session;
        }
        live = session;
    }

    void giveBack(ClientSession session) {
        unlink(session);
        if (freeCount < SESSIONS_KEPT) {
            session.next = free;
            free = session;
            freeCount++;
        }
    }

    private void unlink(ClientSession session) {
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

    /** Ends all sessions of the loop. */
    void killAll(Cause cause) {
        for (ClientSession session = live; session != null; session = session.next) {
            session.kill(cause);
        }
    }
}
