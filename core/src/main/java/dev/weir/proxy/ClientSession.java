package dev.weir.proxy;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Relay;
import dev.weir.protocol.ProxyHeaderDecoder;
import dev.weir.rule.RuleResult;
import dev.weir.rule.TcpRules;
import dev.weir.server.Abort;
import dev.weir.server.KillableSession;
import dev.weir.server.ServerConnector;
import dev.weir.server.SessionRequest;
import dev.weir.stats.Counter;
import dev.weir.stats.RateLimit;
import dev.weir.stream.Cause;
import dev.weir.stream.LogLevel;
import dev.weir.stream.Phase;
import dev.weir.stream.Stream;

/**
 * One client connection in {@code mode tcp}, from accept to the log line, in order: limits, connection rules, PROXY header,
 * session rules, content rules, choice of backend and server, connecting, relaying. While it relays it holds no virtual thread;
 * the loop calls {@link #afterRelay} at the end.
 *
 * <p>Thread: a virtual thread of its loop, then the loop itself; {@link #kill} any. One object serves many sessions.
 */
final class ClientSession implements KillableSession, Abort {
    private static final long MS_NS = 1_000_000L;

    private final LoopContext context;
    private final EventLoop loop;
    private final ServerConnector connector;
    private final Relay relay = new Relay();
    private final Runnable relayEnd = this::afterRelay;
    /** Null while a session relays whose facts nobody will log. */
    private Stream stream;

    private Connection client;
    private Connection server;
    private BindListener listener;
    private Frontend frontend;
    private Backend backend;
    private Thread thread;
    private boolean isSilent;
    private boolean isLogged;
    private volatile Cause killed;
    /** Neighbours in the loop's lists. */
    ClientSession next;

    ClientSession previous;

    ClientSession(LoopContext context) {
        this.context = context;
        this.loop = context.loop;
        this.connector = new ServerConnector(loop, this, this);
    }

    /** Everything up to the relay; what fails ends here. */
    void run(Connection client, BindListener listener) {
        this.client = client;
        this.listener = listener;
        this.thread = Thread.currentThread();
        enter();
        begin();
        if (passesConnectionRules() && passesSessionRules() && chooseBackend() && connect() && passesResponseRules()) {
            startRelay();
        } else {
            end();
        }
    }

    // ---- limits ----

    private void enter() {
        listener.gate().enter(loop);
        frontend = listener.frontend();
        frontend.state().gate().enter(loop);
        context.process.gate().enter(loop);
        awaitRate(context.process.connectionRateLimit());
        context.process.connectionRate().add(loop.index(), loop.nanoTime());
        frontend.state().connectionRate().add(loop.index(), loop.nanoTime());
        count(Counter.CONNECTIONS);
    }

    /** Too many connections in the last second: this one waits, and with it all that the gates keep behind it. */
    private void awaitRate(RateLimit limit) {
        long waitNs = limit.waitNs(loop.nanoTime());
        while (waitNs > 0 && killed == null) {
            loop.parkUntil(loop.nanoTime() + waitNs);
            waitNs = limit.waitNs(loop.nanoTime());
        }
    }

    private void begin() {
        isSilent = false;
        isLogged = true;
        killed = null;
        backend = null;
        server = null;
        relay.restart();
        stream = context.takeStream();
        stream.start(context.process, frontend, listener, client.id(), loop.index());
        stream.times().accepted(loop.nanoTime(), context.process.clock().epochMicros());
        stream.clientSide().attach(client);
        if (frontend.log.mayShowPeers()) {
            stream.clientSide().connectionSource();
        }
    }

    // ---- rules of the connection and the session ----

    private boolean passesConnectionRules() {
        RuleResult result = frontend.connectionRules.evaluate(stream, context.scratch, true);
        boolean wantsHeader = result == RuleResult.EXPECT_PROXY;
        if (wantsHeader || listener.acceptsProxy() && !ends(result)) {
            if (!readProxyHeader()) {
                return false;
            }
            if (wantsHeader) {
                result = frontend.connectionRules.resume(stream, context.scratch);
            }
        }
        stream.times().handshakeNs = stream.times().sinceAccept(loop.nanoTime());
        return passes(result, Counter.DENIED_CONNECTIONS, false);
    }

    private static boolean ends(RuleResult result) {
        return result == RuleResult.REJECT || result == RuleResult.SILENT_DROP;
    }

    private boolean passesSessionRules() {
        RuleResult result = frontend.sessionRules.evaluate(stream, context.scratch, true);
        if (!passes(result, Counter.DENIED_SESSIONS, false)) {
            return false;
        }
        awaitRate(context.process.sessionRateLimit());
        awaitRate(frontend.sessionRateLimit);
        context.process.newSessionRate().add(loop.index(), loop.nanoTime());
        frontend.state().sessionRate().add(loop.index(), loop.nanoTime());
        count(Counter.SESSIONS);
        return true;
    }

    /** @param logsRefusal connections that early rules refuse are counted only, as under HAProxy */
    private boolean passes(RuleResult result, Counter refusals, boolean logsRefusal) {
        return passes(result, refusals, logsRefusal, Phase.REQUEST);
    }

    private boolean passes(RuleResult result, Counter refusals, boolean logsRefusal, Phase phase) {
        if (!ends(result)) {
            return true;
        }
        isSilent = result == RuleResult.SILENT_DROP;
        isLogged = logsRefusal;
        count(refusals);
        stream.ended(Cause.PROXY, phase);
        return false;
    }

    // ---- PROXY header ----

    private boolean readProxyHeader() {
        long deadlineNs = deadline(frontend.handshakeTimeoutMs);
        stream.clientSide().connectionSource();
        try {
            int length = decodeProxyHeader();
            while (length == ProxyHeaderDecoder.INCOMPLETE) {
                if (client.receive(deadlineNs) == Connection.END_OF_STREAM) {
                    return failsHandshake("Connection closed while waiting for PROXY protocol header");
                }
                length = decodeProxyHeader();
            }
            if (length == ProxyHeaderDecoder.INVALID) {
                return failsHandshake("Received something which does not look like a PROXY protocol header");
            }
            takeProxyHeader(length);
            return true;
        } catch (ConnectionFailure failure) {
            boolean isLate = failure.kind() == ConnectionFailure.Kind.TIMED_OUT;
            return failsHandshake(
                    isLate
                            ? "Timeout while waiting for PROXY protocol header"
                            : "Connection error while waiting for PROXY protocol header");
        }
    }

    private int decodeProxyHeader() {
        return client.available() == 0
                ? ProxyHeaderDecoder.INCOMPLETE
                : context.proxyHeaders.decode(
                        client.input(), client.available(), context.headerSource, context.headerDestination);
    }

    private void takeProxyHeader(int length) {
        ProxyHeaderDecoder decoder = context.proxyHeaders;
        stream.proxyHeader().received(client.input(), decoder.fieldsOffset(), decoder.fieldsLength());
        if (decoder.hasAddresses()) {
            stream.clientSide().connectionSource().copyFrom(context.headerSource);
            stream.clientSide().connectionDestination().copyFrom(context.headerDestination);
        }
        client.consume(length);
    }

    /** A connection that never became a session: counted, and said on the log unless it was empty and those are not wanted. */
    private boolean failsHandshake(String why) {
        count(Counter.REQUEST_ERRORS);
        isLogged = false;
        boolean isNull = client.available() == 0 && frontend.log.policy().ignoresNull();
        if (!isNull && frontend.errorLog.isEnabled()) {
            frontend.errorLog.send(LogLevel.INFO, ErrorLine.of(stream, why));
        }
        return false;
    }

    // ---- content rules and the choice of a backend ----

    private boolean chooseBackend() {
        if (!inspectRequest(frontend.contentRules, frontend.inspectDelayMs)) {
            return false;
        }
        Backend chosen = frontend.backendRules.choose(stream, context.scratch, context.process::runningBackend);
        backend = chosen != null ? chosen : frontend.defaultBackend;
        if (backend == null) {
            stream.ended(Cause.SERVER, Phase.CONNECT);
            return false;
        }
        stream.backend(backend.pool());
        return inspectRequest(backend.contentRules, backend.inspectDelayMs);
    }

    /** Runs content rules on what the client has sent so far, and again with more, for as long as the delay allows. */
    private boolean inspectRequest(TcpRules rules, long delayMs) {
        if (rules.isEmpty()) {
            return true;
        }
        long deadlineNs = delayMs == 0 ? 0 : loop.nanoTime() + delayMs * MS_NS;
        while (true) {
            showRequest();
            boolean isFinal = loop.nanoTime() >= deadlineNs || !stream.request().mayGrow();
            RuleResult result = rules.evaluate(stream, context.scratch, isFinal);
            if (result != RuleResult.WAIT) {
                return passes(result, Counter.DENIED_REQUESTS, true);
            }
            if (!receiveRequest(deadlineNs)) {
                return false;
            }
        }
    }

    private void showRequest() {
        int held = client.available();
        stream.request().show(client.input(), held, client.inputEnded(), held >= Connection.INPUT_BYTES_MAX);
    }

    /** @return false if the client is gone; a deadline that passes is no failure */
    private boolean receiveRequest(long deadlineNs) {
        stream.request().clear();
        try {
            client.receive(deadlineNs);
            return true;
        } catch (ConnectionFailure failure) {
            if (failure.kind() == ConnectionFailure.Kind.TIMED_OUT) {
                return true;
            }
            count(Counter.REQUEST_ERRORS);
            stream.ended(causeOfClient(), Phase.REQUEST);
            return false;
        }
    }

    private Cause causeOfClient() {
        return killed != null ? killed : Cause.CLIENT;
    }

    // ---- the server ----

    private boolean connect() {
        SessionRequest request = context.takeRequest();
        showRequest();
        ask(request);
        stream.request().clear();
        client.watchInput(thread);
        server = connector.connect(backend.pool(), request);
        context.giveBack(request);
        noteConnector();
        if (server == null) {
            boolean isReset = connector.cause() == Cause.CLIENT && client.inputFailed();
            stream.ended(connector.cause(), isReset ? Phase.DATA : connector.phase());
            return false;
        }
        if (killed != null) {
            stream.ended(killed, Phase.CONNECT);
            return false;
        }
        stream.serverSide().attach(server);
        if (frontend.log.mayShowPeers()) {
            stream.serverSide().connectionDestination();
        }
        if (frontend.log.policy().isEarly()) {
            isLogged = false;
            noteConnections();
            frontend.log.writeEarly(stream, context.line);
        }
        return true;
    }

    private void ask(SessionRequest request) {
        request.reset();
        request.priorityClass = stream.priorityClass();
        request.priorityOffsetMs = stream.priorityOffset();
        request.direct = backend.serverRules.isEmpty()
                ? null
                : backend.serverRules.choose(stream, context.scratch, backend.pool()::server);
        SessionHash.fill(backend, stream, context.scratch, request);
        if (backend.needsClientNames) {
            request.client.copyFrom(stream.clientSide().source());
            request.clientDestination.copyFrom(stream.clientSide().destination());
        }
    }

    private void noteConnector() {
        var times = stream.times();
        var counts = stream.counts();
        stream.server(connector.server());
        times.queueNs = connector.queueNs() < 0 ? -1 : times.sinceAccept(connector.queueNs());
        times.connectNs = connector.connectNs() < 0 ? -1 : times.sinceAccept(connector.connectNs());
        counts.retries = connector.retries();
        counts.isRedispatched = connector.isRedispatched();
        counts.serverQueuePosition = connector.serverQueuePosition();
        counts.backendQueuePosition = connector.backendQueuePosition();
    }

    // ---- response rules ----

    /** Response rules look at the server's first bytes, while the client's go on to it. */
    private boolean passesResponseRules() {
        if (backend.responseRules.isEmpty()) {
            return true;
        }
        long deadlineNs = backend.responseDelayMs == 0 ? 0 : loop.nanoTime() + backend.responseDelayMs * MS_NS;
        prepareRelay();
        relay.stopWhenServerSpeaks = true;
        RuleResult result = RuleResult.WAIT;
        while (result == RuleResult.WAIT) {
            loop.relay(client, server, relay.resume());
            if (relay.end != Relay.End.SERVER_SPOKE) {
                noteRelayEnd();
                return false;
            }
            result = evaluateResponse(deadlineNs);
        }
        relay.stopWhenServerSpeaks = false;
        relay.resume();
        boolean isClosing = result == RuleResult.CLOSE;
        return !isClosing && passes(result, Counter.DENIED_RESPONSES, true, Phase.DATA);
    }

    private RuleResult evaluateResponse(long deadlineNs) {
        int held = server.available();
        boolean isFull = held >= Connection.INPUT_BYTES_MAX;
        stream.response().show(server.input(), held, server.inputEnded(), isFull);
        boolean isFinal = loop.nanoTime() >= deadlineNs || !stream.response().mayGrow();
        RuleResult result = backend.responseRules.evaluate(stream, context.scratch, isFinal);
        stream.response().clear();
        return result == RuleResult.WAIT && !receiveResponse(deadlineNs) ? RuleResult.REJECT : result;
    }

    private boolean receiveResponse(long deadlineNs) {
        try {
            server.receive(deadlineNs);
            return true;
        } catch (ConnectionFailure failure) {
            if (failure.kind() == ConnectionFailure.Kind.TIMED_OUT) {
                return true;
            }
            stream.ended(killed != null ? killed : Cause.SERVER, Phase.DATA);
            return false;
        }
    }

    // ---- relaying ----

    private void startRelay() {
        prepareRelay();
        thread = null;
        if (!isLogged || !frontend.log.isEnabled()) {
            forgetFacts();
        }
        loop.relayThen(client, server, relay, relayEnd);
    }

    /** An idle session keeps no more than it needs to its end. */
    private void forgetFacts() {
        context.giveBack(stream);
        stream = null;
    }

    private void prepareRelay() {
        relay.clientIdleNs = stream.clientTimeoutMs() * MS_NS;
        relay.serverIdleNs = stream.serverTimeoutMs() * MS_NS;
        relay.clientFinIdleNs = frontend.clientFinTimeoutMs * MS_NS;
        relay.serverFinIdleNs = backend.serverFinTimeoutMs * MS_NS;
        relay.tunnelIdleNs = backend.pool().tunnelTimeoutMs() * MS_NS;
        relay.isAbruptToClient = frontend.isNolinger;
        relay.isAbruptToServer = backend.isNolinger;
        relay.independentStreams = frontend.isIndependentStreams;
        relay.spliceToServer = splice(frontend.isSplicingRequests || backend.isSplicingRequests);
        relay.spliceToClient = splice(frontend.isSplicingResponses || backend.isSplicingResponses);
    }

    private static Relay.Splice splice(boolean isForced) {
        return isForced ? Relay.Splice.ALWAYS : Relay.Splice.ADAPTIVE;
    }

    /** On the loop: nothing is in flight any more. */
    private void afterRelay() {
        noteRelayEnd();
        end();
    }

    private void noteRelayEnd() {
        switch (relay.end) {
            case FINISHED, SERVER_SPOKE -> {}
            case CLIENT_FAILED -> abort(Cause.CLIENT, Counter.CLIENT_ABORTS);
            case SERVER_FAILED -> abort(Cause.SERVER, Counter.SERVER_ABORTS);
            case CLIENT_TIMED_OUT -> abort(Cause.CLIENT_TIMEOUT, Counter.CLIENT_ABORTS);
            case SERVER_TIMED_OUT -> abort(Cause.SERVER_TIMEOUT, Counter.SERVER_ABORTS);
            case KILLED -> ended(killed != null ? killed : Cause.KILLED, Phase.CONNECT); // as HAProxy says it
        }
    }

    private void ended(Cause cause, Phase phase) {
        if (stream != null) {
            stream.ended(cause, phase);
        }
    }

    private void abort(Cause cause, Counter counter) {
        ended(cause, Phase.DATA);
        count(counter);
        backend.pool().counters().increment(loop.index(), counter);
        connector.server().counters().increment(loop.index(), counter);
    }

    // ---- the end ----

    private void end() {
        countBytes();
        boolean isLogging = stream != null && isLogged && frontend.log.isEnabled();
        if (isLogging) {
            noteEnd();
        }
        connector.finish();
        if (isLogging) {
            frontend.log.write(stream, context.line);
        }
        if (stream != null) {
            forgetFacts();
        }
        close();
        leave();
    }

    /** The session itself does not count any more, as under HAProxy; nor does who takes its place on the server now. */
    private void noteEnd() {
        var counts = stream.counts();
        stream.times().closeNs = stream.times().sinceAccept(loop.nanoTime());
        counts.bytesIn = bytesIn();
        counts.bytesOut = bytesOut();
        noteConnections();
        counts.backendConnections -= connector.isInside() ? 1 : 0;
        counts.serverConnections -= server == null ? 0 : 1;
    }

    /** What the client sent, delivered or not. */
    private long bytesIn() {
        return relay.bytesToServer() + client.available();
    }

    private long bytesOut() {
        return relay.bytesToClient() + (server == null ? 0 : server.available());
    }

    private void countBytes() {
        long in = bytesIn();
        long out = bytesOut();
        frontend.state().counters().add(loop.index(), Counter.BYTES_IN, in);
        frontend.state().counters().add(loop.index(), Counter.BYTES_OUT, out);
        if (server != null) {
            backend.pool().counters().add(loop.index(), Counter.BYTES_IN, in);
            backend.pool().counters().add(loop.index(), Counter.BYTES_OUT, out);
            connector.server().counters().add(loop.index(), Counter.BYTES_IN, in);
            connector.server().counters().add(loop.index(), Counter.BYTES_OUT, out);
        }
    }

    private void noteConnections() {
        var counts = stream.counts();
        counts.processConnections = context.process.connections();
        counts.frontendConnections = frontend.connections();
        counts.backendConnections = backend == null ? 0 : backend.pool().connections();
        counts.serverConnections = stream.server() == null ? 0 : stream.server().connections();
    }

    private void close() {
        if (server != null) {
            close(server, backend.isNolinger);
        }
        if (isSilent) {
            client.silentDrop();
        } else {
            close(client, frontend.isNolinger);
        }
    }

    private static void close(Connection connection, boolean isNolinger) {
        if (isNolinger) {
            connection.reset();
        } else {
            connection.close();
        }
    }

    private void leave() {
        context.process.gate().leave();
        frontend.state().gate().leave();
        listener.gate().leave();
        client = null;
        server = null;
        thread = null;
        context.giveBack(this);
    }

    // ---- for others ----

    @Override
    public void kill(Cause cause) {
        killed = cause;
        loop.execute(() -> interrupt(cause));
    }

    /** On the loop: whatever the session waits for ends. */
    private void interrupt(Cause cause) {
        if (client == null || killed != cause) {
            return;
        }
        client.kill();
        if (thread != null) {
            loop.unpark(thread);
        }
    }

    @Override
    public Cause cause() {
        boolean isGone = client.inputFailed() || client.inputEnded() && client.available() == 0;
        return killed == null && isGone ? Cause.CLIENT : causeWhileConnecting();
    }

    /** A client that ended its stream still gets its answer, unless {@code option abortonclose} says otherwise. */
    @Override
    public Cause causeWhileConnecting() {
        boolean isGone = backend.abortsOnClose && (client.inputFailed() || client.inputEnded());
        return killed == null && isGone ? Cause.CLIENT : killed;
    }

    private void count(Counter counter) {
        frontend.state().counters().increment(loop.index(), counter);
    }

    private long deadline(long timeoutMs) {
        return timeoutMs == 0 ? Long.MAX_VALUE : loop.nanoTime() + timeoutMs * MS_NS;
    }
}
