package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Meter;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http1.Framing;
import dev.weir.protocol.http1.HeadWriter;
import dev.weir.proxy.Backend;
import dev.weir.proxy.Frontend;
import dev.weir.proxy.HttpFrontend;
import dev.weir.proxy.HttpSide.ConnectionMode;
import dev.weir.proxy.LoopContext;
import dev.weir.proxy.SessionRow;
import dev.weir.server.Abort;
import dev.weir.server.KillableSession;
import dev.weir.server.ServerConnection;
import dev.weir.server.ServerConnector;
import dev.weir.stream.Cause;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One request and its response, in order: the request's head, its rules, the choice of backend and server, the request to the
 * server, the response and its rules, the response to the client, the log line. Each phase is an object of its own, which works on
 * what is here.
 *
 * <p>Thread: the virtual thread that serves the request; {@link #kill} any. One object serves many requests.
 */
final class Exchange implements KillableSession, Abort {
    static final long MS_NS = 1_000_000L;

    final HttpLoop http;
    final LoopContext context;
    final EventLoop loop;
    final ServerConnector connector;
    final Framing requestFraming = new Framing();
    final Framing responseFraming = new Framing();
    /** Of all heads that clients get. */
    final HeadWriter toClient = new HeadWriter();
    /** Of all that servers get. */
    final HeadWriter toServer = new HeadWriter();

    final Ledger ledger;
    final Answer answer;
    private final RequestReader reader;
    final Leftovers leftovers;
    final RulePath rules;
    private final RequestFields fields;
    final ServiceCall services;
    final RequestBodyWait requestWait;
    final ResponseBodyWait responseWait;
    final ServerCall call;
    final ResponseRelay response;

    // ---- of one request ----

    HttpSession session;
    Connection client;
    Frontend frontend;
    Stream stream;
    HttpExchange facts;
    /** Null until one is chosen. */
    Backend backend;

    Body requestBody;
    Body responseBody;
    int requestHeadBytes;
    /** What was sent of the body with the head: it goes from the client's input when the head does. */
    int heldBodyBytes;
    /** The request was sent, and stays in the client's input because it may be sent once more. */
    boolean isHeld;
    /** What carries the request; null before, and after it was given back. */
    ServerConnection link;
    /** The client's request was HEAD. */
    boolean isHead;
    /** The client's connection serves another request after this one. */
    boolean keepsClient;
    /** The server's does. */
    boolean keepsServer;
    /** A rule said that nothing more is to be read of it ({@code tcp-response content close}). */
    boolean isServerCut;
    /** It is being accounted and logged. */
    private boolean isFinishing;

    Exchange(HttpLoop http) {
        this.http = http;
        this.context = http.context;
        this.loop = http.loop;
        this.connector = new ServerConnector(loop, this, this);
        this.ledger = new Ledger(this);
        this.answer = new Answer(this);
        this.reader = new RequestReader(this);
        this.leftovers = new Leftovers(this);
        this.rules = new RulePath(this);
        this.fields = new RequestFields(this);
        this.services = new ServiceCall(this);
        this.requestWait = new RequestBodyWait(this);
        this.responseWait = new ResponseBodyWait(this);
        this.call = new ServerCall(this);
        this.response = new ResponseRelay(this);
    }

    /** @return whether the client's connection serves another request */
    boolean run(HttpSession session) {
        begin(session);
        if (reader.read() && rules.passesRequest() && fields.add() && call.run()) {
            response.run(call.headBytes());
            if (link.connection().isOpen() && stream.cause() == Cause.NORMAL) {
                call.finishRequest();
            }
        }
        finish();
        return keepsClient;
    }

    /** No request came in time: as if one had begun. */
    void refuseSilence(HttpSession session) {
        begin(session);
        reader.refuseSilence();
        finish();
    }

    private void begin(HttpSession session) {
        this.session = session;
        client = session.client();
        frontend = session.frontend();
        stream = session.stream();
        keepsClient = false;
        isHead = false;
        keepsServer = false;
        isFinishing = false;
        isHeld = false;
        heldBodyBytes = 0;
        beginStream();
        beginBodies();
        toClient.cases(frontend.http.nameCases);
        toClient.keepsCase(frontend.http.keepsNameCase);
        ledger.begin();
    }

    private void beginStream() {
        if (session.requestNumber++ > 0) {
            stream.next(context.comingStreamId());
            stream.times().accepted(session.idleSinceNs, session.idleSinceMicros);
            stream.times().handshakeNs = 0;
        }
        facts = stream.exchange(frontend.http.fieldsMax(), frontend.http.bufferBytes);
        facts.start(session.requestNumber);
        facts.bodies(requestWait, responseWait);
        var times = stream.times();
        if (!session.isUpgrading()) { // else it has begun long since
            boolean isSilent = client.available() == 0;
            times.idleNs = isSilent ? 0 : times.sinceAccept(loop.nanoTime()) - Math.max(0, times.handshakeNs);
        }
    }

    /** There is a request, or something else to be logged: a connection that says nothing does not count ({@code %rt}). */
    void countStream() {
        if (!session.isUpgrading()) { // else the session had one before
            stream.id(context.nextStreamId());
        }
    }

    private void beginBodies() {
        if (requestBody == null) {
            requestBody = new Body(frontend.http.bufferBytes);
            responseBody = new Body(frontend.http.bufferBytes);
        }
        requestBody.forget();
        responseBody.forget();
        requestWait.forget();
        responseWait.forget();
        leftovers.begin();
    }

    /** From now on it is the backend's, too. */
    void enter(Backend chosen) {
        backend = chosen;
        stream.backend(backend.pool());
        boolean keepsNameCase = frontend.http.keepsNameCase || backend.http.keepsNameCase;
        toClient.keepsCase(keepsNameCase);
        toServer.keepsCase(keepsNameCase);
        toServer.cases(backend.http.nameCases);
        requestBody.dropsTrailers(backend.http.dropsRequestTrailers);
        facts.cookie().isLogged(backend.cookie != null && backend.cookie.isLogged);
        ledger.countBackend();
    }

    // ---- what phases ask ----

    /** {@code option httpclose} of a frontend is about the client's connection alone, as under HAProxy. */
    boolean mayKeepServer() {
        return backend.http.connectionMode == ConnectionMode.KEEP_ALIVE
                && frontend.http.connectionMode != ConnectionMode.SERVER_CLOSE;
    }

    /** How many of the bytes held behind a head may go with it. */
    int granted(Meter meter, int held) {
        return meter == null ? held : meter.grant(held, loop.nanoTime());
    }

    boolean isKilled() {
        return session.killCause() != null;
    }

    /** Whether the client's request was HEAD, whatever rules make of it: it takes no body. */
    boolean isHead() {
        return isHead;
    }

    /** After a wait: what was received may lie elsewhere now. */
    void refresh() {
        if (facts.hasRequest()) {
            facts.request().source(client.input());
        }
        if (facts.hasResponse() && link != null) {
            facts.response().source(link.connection().input());
        }
    }

    /** Nobody looks at the request's head any more, nor is it sent again. */
    void giveUpRequest() {
        if (facts.hasRequest()) {
            facts.hasRequest(false);
            requestWait.forget();
            client.consume(requestHeadBytes + heldBodyBytes);
        }
    }

    /**
     * The server's response is not for the client: what is here of it goes. If that was all, the connection may serve another
     * request.
     */
    void skipResponse(int headBytes) {
        responseWait.forget();
        Connection server = link.connection();
        responseBody.dropsTrailers(false);
        int held = server.available() - headBytes;
        int taken = responseBody.isEnded() ? 0 : responseBody.take(server.input(), headBytes, held);
        server.consume(headBytes + taken);
    }

    /** No longer than what a connection holds, should a reload have raised {@code tune.bufsize}: blocks stay as they are until a restart. */
    int headBytesMax(HttpFrontend settings) {
        return Math.min(settings.headBytesMax, loop.inputBytesMax());
    }

    /** A head for the client, with nothing behind it. */
    void sendHead(MessageHead head) throws ConnectionFailure {
        long deadlineNs = deadline(stream.timeouts().clientMs());
        client.awaitRoom(deadlineNs);
        UnsafeBuffer message = http.takeMessage();
        try {
            int length = toClient.response(head, message, 0);
            client.write(message, 0, length, deadlineNs);
            ledger.bytesOut += length;
        } finally {
            http.giveBack(message);
        }
    }

    long deadline(long timeoutMs) {
        return timeoutMs == 0 ? Long.MAX_VALUE : loop.nanoTime() + timeoutMs * MS_NS;
    }

    Cause causeOfClient() {
        return session.causeOfAbort();
    }

    Cause causeOfServer() {
        return session.killCause() != null ? session.killCause() : Cause.SERVER;
    }

    // ---- the end ----

    boolean isServerKilled() {
        return link != null && link.connection().isKilled();
    }

    private void finish() {
        isFinishing = true;
        // Whatever ended it: a request that nobody took would be read again as the next one.
        keepsClient &= !facts.hasRequest();
        ledger.settle();
        leaveServer();
        ledger.log();
        ledger.endTracking();
        leftovers.drop();
        stream.endLimits(loop.nanoTime());
        facts.clear();
        session.idleSince(loop.nanoTime(), context.process.clock().epochMicros());
        backend = null;
    }

    /** The line may name both ends of a connection that is closed by then. */
    void noteServerNames() {
        if (frontend.log.mayShowPeers()) {
            stream.serverSide().load();
        }
    }

    void leaveServer() {
        if (link != null) {
            settleServer();
        }
        link = null;
        connector.finish();
    }

    /** A fault of ours ended it: a client that has nothing of a response yet gets one that says so. */
    void fail() {
        keepsClient = false;
        isHead = false;
        keepsServer = false;
        if (!isFinishing) {
            ledger.noteFault();
            if (ledger.bytesOut == 0) {
                answer.early(500);
                ledger.countResponse(500);
            }
            finish();
        }
    }

    /** The connection waits for another request, or is closed. */
    void settleServer() {
        noteServerNames();
        if (!keepsServer || !requestBody.isEnded() || !responseBody.isEnded()) {
            link.close();
            return;
        }
        link.giveBack();
        if (!link.isShared() && link.connection().isOpen()) {
            session.kept.add(link, frontend.http.keptConnectionsMax);
        }
    }

    // ---- for others ----

    /** On the loop, while another virtual thread may be in the middle of it. */
    void describe(SessionRow row) {
        row.bytesIn = bytesInSoFar();
        row.bytesOut = bytesOutSoFar();
        if (facts.hasRequest()) {
            facts.request().source(client.input());
            row.method = facts.request().text(facts.request().method());
            row.target = facts.request().text(facts.request().target());
        }
        if (backend != null) {
            row.backend = backend.pool();
            row.retries = connector.retries();
        }
        row.server = link == null ? null : link.server();
    }

    /** From the client, with what is being passed on now. On the loop. */
    long bytesInSoFar() {
        return ledger.bytesIn + call.bytesUnderWay() + response.bytesInUnderWay();
    }

    /** To the client, with what is being passed on now. On the loop. */
    long bytesOutSoFar() {
        return ledger.bytesOut + response.bytesOutUnderWay();
    }

    @Override
    public void kill(Cause cause) {
        session.kill(cause);
    }

    /** On the loop: the session was killed. */
    void killed() {
        if (link != null) {
            link.connection().kill();
        }
    }

    @Override
    public Cause cause() {
        return session.killCause() == null && isClientGone() ? Cause.CLIENT : session.killCause();
    }

    /** Whether nobody waits for the response. A client that ended its stream still does, unless {@code option abortonclose} says otherwise. */
    private boolean isClientGone() {
        return client.inputFailed() || backend.abortsOnClose && client.inputEnded();
    }
}
