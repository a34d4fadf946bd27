package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Method;
import dev.weir.protocol.http1.Framing;
import dev.weir.protocol.http1.HeadFault;
import dev.weir.protocol.http1.HeadWriter;
import dev.weir.protocol.http1.RequestHeadParser;
import dev.weir.protocol.http1.ResponseHeadParser;
import dev.weir.proxy.Backend;
import dev.weir.proxy.Frontend;
import dev.weir.proxy.HttpSide.ConnectionMode;
import dev.weir.proxy.LoopContext;
import dev.weir.proxy.SessionRequests;
import dev.weir.server.Abort;
import dev.weir.server.KillableSession;
import dev.weir.server.ServerConnection;
import dev.weir.server.ServerConnector;
import dev.weir.server.SessionRequest;
import dev.weir.stats.Counter;
import dev.weir.stream.Cause;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.Phase;
import dev.weir.stream.Stream;

/**
 * One request and its response, in order: the head, the choice of backend and server, the request to the server, the response
 * to the client, the log line.
 *
 * <p>Thread: the virtual thread that serves the request; {@link #kill} any. One object serves many requests.
 */
final class Exchange implements KillableSession, Abort {
    private static final long MS_NS = 1_000_000L;

    private final HttpLoop http;
    private final LoopContext context;
    private final EventLoop loop;
    private final ServerConnector connector;
    private final HeadWriter writer = new HeadWriter();
    private final Framing requestFraming = new Framing();
    private final Framing responseFraming = new Framing();
    private final Transfer upload;
    private final Transfer download;

    private HttpSession session;
    private Connection client;
    private Frontend frontend;
    private Stream stream;
    private HttpExchange facts;
    private Backend backend;
    private RequestHeadParser requestParser;
    private ResponseHeadParser responseParser;
    private Body requestBody;
    private Body responseBody;
    private int requestHeadBytes;
    private int responseHeadBytes;
    private long bytesIn;
    private long bytesOut;
    /** What carries the request; null before, and after it was given back. */
    private ServerConnection link;
    /** The client's connection serves another request after this one. */
    private boolean keepsClient;
    /** The server's does. */
    private boolean keepsServer;

    Exchange(HttpLoop http) {
        this.http = http;
        this.context = http.context;
        this.loop = http.loop;
        this.connector = new ServerConnector(loop, this, this);
        this.upload = new Transfer(loop);
        this.download = new Transfer(loop);
    }

    /** @return whether the client's connection serves another request */
    boolean run(HttpSession session) {
        begin(session);
        if (readHead() && chooseBackend() && callServer()) {
            relayResponse();
        }
        finish();
        return keepsClient;
    }

    private void begin(HttpSession session) {
        this.session = session;
        client = session.client();
        frontend = session.frontend();
        stream = session.stream();
        backend = null;
        link = null;
        keepsClient = false;
        keepsServer = false;
        bytesIn = bytesOut = 0;
        upload.bytes = download.bytes = 0;
        if (session.requestNumber++ > 0) {
            stream.next(client.id());
            stream.times().accepted(session.idleSinceNs, session.idleSinceMicros);
            stream.times().handshakeNs = 0;
        }
        fit();
        facts = stream.exchange(frontend.http.headersMax, frontend.http.bufferBytes);
        facts.start(session.requestNumber);
        var times = stream.times();
        times.idleNs = times.sinceAccept(loop.nanoTime()) - Math.max(0, times.handshakeNs);
    }

    /** Parsers for what the configuration allows. */
    private void fit() {
        if (requestParser == null) {
            requestParser = new RequestHeadParser(frontend.http.headBytesMax, frontend.http.headersMax);
            responseParser = new ResponseHeadParser(frontend.http.headBytesMax, frontend.http.headersMax);
            requestBody = new Body(frontend.http.bufferBytes);
            responseBody = new Body(frontend.http.bufferBytes);
        }
    }

    // ---- the request's head ----

    private boolean readHead() {
        long deadlineNs = deadline(frontend.http.requestTimeoutMs);
        int result = parseRequest();
        while (result == RequestHeadParser.INCOMPLETE) {
            if (!receiveRequest(deadlineNs)) {
                return false;
            }
            result = parseRequest();
        }
        int fault = result < 0 ? result : requestFraming.request(facts.request());
        if (fault < 0) {
            return refuse(HeadFault.of(fault).status(), Cause.PROXY);
        }
        accept(result);
        return true;
    }

    private int parseRequest() {
        int held = client.available();
        return held == 0 ? RequestHeadParser.INCOMPLETE : requestParser.parse(client.input(), held, facts.request());
    }

    private boolean receiveRequest(long deadlineNs) {
        try {
            long silenceNs = deadline(frontend.clientTimeoutMs);
            if (client.receive(Math.min(deadlineNs, silenceNs)) != Connection.END_OF_STREAM) {
                return true;
            }
            return refuse(400, Cause.CLIENT);
        } catch (ConnectionFailure failure) {
            if (failure.kind() == ConnectionFailure.Kind.TIMED_OUT) {
                return refuse(408, Cause.CLIENT_TIMEOUT);
            }
            facts.status(400);
            count(Counter.REQUEST_ERRORS);
            stream.ended(session.causeOfAbort(), Phase.REQUEST);
            return false;
        }
    }

    private void accept(int headBytes) {
        requestHeadBytes = headBytes;
        facts.hasRequest(true);
        stream.times().requestNs = stream.times().sinceAccept(loop.nanoTime());
        requestBody.start(requestFraming);
        facts.requestBodyBytes(requestFraming.contentLength());
        bytesIn = headBytes;
        keepsClient = requestFraming.isKeepAlive() && frontend.http.connectionMode != ConnectionMode.CLOSE;
        count(Counter.REQUESTS);
        frontend.state().requestRate().add(loop.index(), loop.nanoTime());
    }

    /** A request that cannot be read: answered, and the connection closed. */
    private boolean refuse(int status, Cause cause) {
        requestParser.reset();
        count(Counter.REQUESTS);
        count(Counter.REQUEST_ERRORS);
        stream.ended(cause, Phase.REQUEST);
        keepsClient = false;
        answer(status);
        return false;
    }

    /** No request came in time. */
    void refuseSilence(HttpSession session) {
        begin(session);
        if (frontend.http.ignoresProbes) {
            session.forgoLog();
        } else {
            refuse(408, Cause.CLIENT_TIMEOUT);
        }
        finish();
    }

    // ---- the proxy's own answers ----

    private void answer(int status) {
        boolean isUnread = !requestBody.isEnded() && facts.hasRequest();
        keepsClient &= !isUnread;
        facts.status(status);
        countResponse(status, false);
        try {
            int length = Pages.write(status, !keepsClient, http.message);
            client.send(http.message, 0, length, deadline(frontend.clientTimeoutMs));
            bytesOut += length;
            giveUpRequest();
        } catch (ConnectionFailure failure) {
            keepsClient = false;
        }
    }

    private void giveUpRequest() {
        if (facts.hasRequest()) {
            facts.hasRequest(false);
            client.consume(requestHeadBytes);
        }
    }

    // ---- the backend ----

    private boolean chooseBackend() {
        Backend chosen = frontend.backendRules.choose(stream, context.scratch, context.backendsByName);
        backend = chosen != null ? chosen : frontend.defaultBackend;
        if (backend == null) {
            stream.ended(Cause.SERVER, Phase.CONNECT);
            answer(503);
            return false;
        }
        stream.backend(backend.pool());
        backend.pool().counters().increment(loop.index(), Counter.REQUESTS);
        return true;
    }

    // ---- the server ----

    /** Gets the request to a server and the head of a response from it. */
    private boolean callServer() {
        SessionRequest request = context.takeRequest();
        ask(request);
        link = connector.open(backend.pool(), request);
        context.giveBack(request);
        noteConnector();
        if (link == null) {
            stream.ended(connector.cause(), connector.phase());
            keepsClient &= connector.cause() != Cause.CLIENT;
            answer(503);
            return false;
        }
        stream.serverSide().attach(link.connection());
        return sendRequest() && readResponse();
    }

    private void ask(SessionRequest request) {
        facts.request().source(client.input());
        SessionRequests.fill(backend, stream, context, request);
        request.isFirst = session.requestNumber == 1;
        request.kept = session.takeKept();
    }

    private void noteConnector() {
        var times = stream.times();
        var counts = stream.counts();
        stream.server(connector.server());
        times.queueNs = connector.queueNs() < 0 ? -1 : times.sinceAccept(connector.queueNs());
        times.connectNs = connector.connectNs() < 0 ? -1 : times.sinceAccept(connector.connectNs());
        counts.retries = connector.retries();
        counts.isRedispatched = connector.isRedispatched();
        if (counts.isRedispatched) {
            facts.cookie().moved();
        }
        counts.serverQueuePosition = connector.serverQueuePosition();
        counts.backendQueuePosition = connector.backendQueuePosition();
    }

    private ConnectionMode mode() {
        ConnectionMode ofBackend = backend.http.connectionMode;
        ConnectionMode ofFrontend = frontend.http.connectionMode;
        return ofBackend.compareTo(ofFrontend) > 0 ? ofBackend : ofFrontend;
    }

    private boolean sendRequest() {
        MessageHead head = facts.request();
        head.source(client.input());
        keepsServer = mode() == ConnectionMode.KEEP_ALIVE && !requestFraming.isInsecure();
        boolean isNew = head.version() >= MessageHead.HTTP_1_1;
        if (!keepsServer && isNew && !backend.http.pretendsKeepAlive) {
            head.add(FieldName.CONNECTION, Words.CLOSE, 0, Words.CLOSE.capacity());
        } else if (keepsServer && !isNew) {
            head.add(FieldName.CONNECTION, Words.KEEP_ALIVE, 0, Words.KEEP_ALIVE.capacity());
        }
        int length = writer.request(head, http.message, 0);
        if (length < 0) {
            return fail(500, Cause.INTERNAL, Phase.REQUEST);
        }
        int body = takeHeld(requestBody, client, requestHeadBytes, length);
        if (requestBody.isFaulty()) {
            return fail(400, Cause.PROXY, Phase.DATA);
        }
        facts.hasRequest(false);
        client.consume(requestHeadBytes + body);
        upload.bytes = body;
        try {
            link.connection().send(http.message, 0, length + body, deadline(stream.serverTimeoutMs()));
        } catch (ConnectionFailure failure) {
            return requestFailed(Transfer.End.TARGET_FAILED);
        }
        Transfer.End end = upload.run(
                requestBody,
                client,
                stream.clientTimeoutMs() * MS_NS,
                link.connection(),
                stream.serverTimeoutMs() * MS_NS);
        return end == Transfer.End.WHOLE || requestFailed(end);
    }

    /** Puts what is held of a body behind its head. @return how many bytes */
    private int takeHeld(Body body, Connection source, int headBytes, int length) {
        int held = Math.min(source.available() - headBytes, http.message.capacity() - length);
        if (held <= 0 || body.isEnded()) {
            return 0;
        }
        var input = source.input();
        int taken = body.take(input, headBytes, held);
        http.message.putBytes(length, input, headBytes, taken);
        return taken;
    }

    private boolean requestFailed(Transfer.End end) {
        return switch (end) {
            case WHOLE -> true;
            case SOURCE_ENDED, SOURCE_FAILED -> fail(400, session.causeOfAbort(), Phase.DATA);
            case SOURCE_SILENT -> fail(408, Cause.CLIENT_TIMEOUT, Phase.DATA);
            case TARGET_FAILED -> fail(502, causeOfServer(), Phase.DATA);
            case TARGET_SILENT -> fail(504, Cause.SERVER_TIMEOUT, Phase.DATA);
            case FAULTY -> fail(400, Cause.PROXY, Phase.DATA);
        };
    }

    private Cause causeOfServer() {
        return session.killCause() != null ? session.killCause() : Cause.SERVER;
    }

    /** No response comes from the server: the client gets one of ours. */
    private boolean fail(int status, Cause cause, Phase phase) {
        stream.ended(cause, phase);
        dropServer();
        answer(status);
        return false;
    }

    private void dropServer() {
        keepsServer = false;
        link.close();
    }

    // ---- the response's head ----

    private boolean readResponse() {
        Connection server = link.connection();
        int result = parseResponse(server);
        while (result == ResponseHeadParser.INCOMPLETE || isInterim(result)) {
            if (result > 0 && !passInterim(server, result)) {
                return false;
            }
            if (result == ResponseHeadParser.INCOMPLETE && !receiveResponse(server)) {
                return false;
            }
            result = parseResponse(server);
        }
        int fault = result < 0 ? result : responseFraming.response(facts.response(), isHead(), false);
        if (fault < 0) {
            responseParser.reset();
            backend.pool().counters().increment(loop.index(), Counter.RESPONSE_ERRORS);
            return fail(502, Cause.PROXY, Phase.HEADERS);
        }
        responseHeadBytes = result;
        facts.hasResponse(true);
        stream.times().responseNs = stream.times().sinceAccept(loop.nanoTime());
        responseBody.start(responseFraming);
        keepsServer &= responseFraming.isKeepAlive();
        return true;
    }

    private boolean isHead() {
        return Method.numberOf(facts.request()) == Method.HEAD;
    }

    private int parseResponse(Connection server) {
        int held = server.available();
        return held == 0 ? ResponseHeadParser.INCOMPLETE : responseParser.parse(server.input(), held, facts.response());
    }

    private boolean isInterim(int result) {
        return result > 0 && facts.response().status() < 200 && facts.response().status() != 101;
    }

    private boolean passInterim(Connection server, int headBytes) {
        int length = writer.response(facts.response(), http.message, 0);
        server.consume(headBytes);
        facts.response().clear();
        count(Counter.RESPONSES_1XX);
        try {
            client.send(http.message, 0, length, deadline(stream.clientTimeoutMs()));
            bytesOut += length;
            return true;
        } catch (ConnectionFailure failure) {
            return responseFailed(Transfer.End.TARGET_FAILED);
        }
    }

    private boolean receiveResponse(Connection server) {
        try {
            if (server.receive(deadline(stream.serverTimeoutMs())) != Connection.END_OF_STREAM) {
                return true;
            }
            return endedWithoutResponse(server.available() > 0);
        } catch (ConnectionFailure failure) {
            if (failure.kind() == ConnectionFailure.Kind.TIMED_OUT) {
                backend.pool().counters().increment(loop.index(), Counter.RESPONSE_ERRORS);
                return fail(504, Cause.SERVER_TIMEOUT, Phase.HEADERS);
            }
            return endedWithoutResponse(server.available() > 0);
        }
    }

    private boolean endedWithoutResponse(boolean isCut) {
        responseParser.reset();
        backend.pool().counters().increment(loop.index(), Counter.RESPONSE_ERRORS);
        if (link.isReused() && session.requestNumber > 1 && !isCut && session.killCause() == null) {
            keepsClient = false; // it closed as we wrote: the client will try again
            session.forgoLog();
            dropServer();
            return false;
        }
        return fail(502, isCut ? Cause.PROXY : causeOfServer(), Phase.HEADERS);
    }

    // ---- the response ----

    private void relayResponse() {
        MessageHead head = facts.response();
        Connection server = link.connection();
        head.source(server.input());
        if (!setCookie()) {
            fail(500, Cause.PROXY, Phase.HEADERS);
            return;
        }
        facts.status(head.status());
        countResponse(head.status(), true);
        setConnection(head);
        int length = writer.response(head, http.message, 0);
        int body = takeHeld(responseBody, server, responseHeadBytes, length);
        facts.hasResponse(false);
        server.consume(responseHeadBytes + body);
        download.bytes = length + body;
        try {
            client.send(http.message, 0, length + body, deadline(stream.clientTimeoutMs()));
        } catch (ConnectionFailure failure) {
            responseFailed(Transfer.End.TARGET_FAILED);
            return;
        }
        Transfer.End end = responseBody.isFaulty()
                ? Transfer.End.FAULTY
                : download.run(
                        responseBody,
                        server,
                        stream.serverTimeoutMs() * MS_NS,
                        client,
                        stream.clientTimeoutMs() * MS_NS);
        if (end != Transfer.End.WHOLE) {
            responseFailed(end);
        }
    }

    /** @return false if the head has no room for it */
    private boolean setCookie() {
        return backend.cookie == null
                || context.cookies.mark(
                        backend.cookie, facts, connector.server(), connector.isDirect(), context.epochSeconds());
    }

    private void setConnection(MessageHead head) {
        keepsClient &= responseFraming.body() != Framing.Body.UNTIL_CLOSE && !responseFraming.isInsecure();
        boolean isNew = head.version() >= MessageHead.HTTP_1_1;
        boolean isNewRequest = facts.request().version() >= MessageHead.HTTP_1_1;
        if (!keepsClient && isNew) {
            head.add(FieldName.CONNECTION, Words.CLOSE, 0, Words.CLOSE.capacity());
        } else if (keepsClient && !(isNew && isNewRequest)) {
            head.add(FieldName.CONNECTION, Words.KEEP_ALIVE, 0, Words.KEEP_ALIVE.capacity());
        }
    }

    /** The response has begun: there is nothing more to say to the client. */
    private boolean responseFailed(Transfer.End end) {
        keepsClient = false;
        keepsServer = false;
        switch (end) {
            case WHOLE -> {}
            case SOURCE_ENDED, SOURCE_FAILED -> aborted(causeOfServer(), Counter.SERVER_ABORTS);
            case SOURCE_SILENT -> aborted(Cause.SERVER_TIMEOUT, Counter.SERVER_ABORTS);
            case TARGET_FAILED -> aborted(session.causeOfAbort(), Counter.CLIENT_ABORTS);
            case TARGET_SILENT -> aborted(Cause.CLIENT_TIMEOUT, Counter.CLIENT_ABORTS);
            case FAULTY -> aborted(Cause.PROXY, Counter.RESPONSE_ERRORS);
        }
        return false;
    }

    private void aborted(Cause cause, Counter counter) {
        stream.ended(cause, Phase.DATA);
        count(counter);
        backend.pool().counters().increment(loop.index(), counter);
        connector.server().counters().increment(loop.index(), counter);
    }

    // ---- the end ----

    private void finish() {
        boolean isLogging = session.isLogged() && frontend.log.isEnabled();
        bytesIn += upload.bytes;
        bytesOut += download.bytes;
        countBytes();
        if (isLogging) {
            noteEnd();
        }
        if (link != null) {
            settleServer();
        }
        connector.finish();
        if (isLogging) {
            frontend.log.write(stream, context.line);
        }
        facts.clear();
        session.idleSince(loop.nanoTime(), context.process.clock().epochMicros());
        link = null;
        backend = null;
    }

    private void settleServer() {
        if (!keepsServer || !requestBody.isEnded() || !responseBody.isEnded()) {
            link.close();
        } else {
            link.giveBack();
            if (!link.isShared() && link.connection().isOpen()) {
                session.kept = link;
            }
        }
    }

    private void noteEnd() {
        var counts = stream.counts();
        stream.times().closeNs = stream.times().sinceAccept(loop.nanoTime());
        counts.bytesIn = bytesIn;
        counts.bytesOut = bytesOut;
        counts.processConnections = context.process.connections();
        counts.frontendConnections = frontend.connections();
        counts.backendConnections = backend == null ? 0 : backend.pool().connections();
        counts.serverConnections = stream.server() == null ? 0 : stream.server().connections();
        counts.backendConnections -= connector.isInside() ? 1 : 0;
        counts.serverConnections -= link == null ? 0 : 1;
    }

    private void countBytes() {
        frontend.state().counters().add(loop.index(), Counter.BYTES_IN, bytesIn);
        frontend.state().counters().add(loop.index(), Counter.BYTES_OUT, bytesOut);
        if (connector.isInside()) {
            backend.pool().counters().add(loop.index(), Counter.BYTES_IN, bytesIn);
            backend.pool().counters().add(loop.index(), Counter.BYTES_OUT, bytesOut);
        }
        if (link != null) {
            connector.server().counters().add(loop.index(), Counter.BYTES_IN, bytesIn);
            connector.server().counters().add(loop.index(), Counter.BYTES_OUT, bytesOut);
        }
    }

    private void countResponse(int status, boolean isOfServer) {
        Counter counter = switch (status / 100) {
            case 2 -> Counter.RESPONSES_2XX;
            case 3 -> Counter.RESPONSES_3XX;
            case 4 -> Counter.RESPONSES_4XX;
            case 5 -> Counter.RESPONSES_5XX;
            default -> Counter.RESPONSES_OTHER;
        };
        count(counter);
        if (backend != null) {
            backend.pool().counters().increment(loop.index(), counter);
        }
        if (isOfServer) {
            connector.server().counters().increment(loop.index(), counter);
        }
    }

    private void count(Counter counter) {
        frontend.state().counters().increment(loop.index(), counter);
    }

    private long deadline(long timeoutMs) {
        return timeoutMs == 0 ? Long.MAX_VALUE : loop.nanoTime() + timeoutMs * MS_NS;
    }

    // ---- for others ----

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
        return session.killCause();
    }
}
