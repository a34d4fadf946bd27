package dev.weir.proxy;

import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Relay;
import dev.weir.rule.RuleResult;
import dev.weir.rule.TcpRules;
import dev.weir.server.Abort;
import dev.weir.server.ClientNames;
import dev.weir.server.ServerConnector;
import dev.weir.server.ServerSettings;
import dev.weir.server.SessionRequest;
import dev.weir.stats.Counter;
import dev.weir.stats.LatencyPhase;
import dev.weir.stream.Cause;
import dev.weir.stream.LogOrigin;
import dev.weir.stream.Phase;
import dev.weir.stream.Scope;

/**
 * One client connection in {@code mode tcp} on its way to the relay: content rules, choice of backend and server, connecting,
 * response rules. One that becomes HTTP goes on as another session.
 */
final class TcpSession extends RelayedSession implements Abort, ClientNames {
    /** A content rule or the choice of a backend has made HTTP of the connection. */
    private boolean becomesHttp;
    /** The client was let in, and has no server so far. */
    private boolean isUnserved;

    TcpSession(LoopContext context) {
        super(context);
    }

    @Override
    protected void restart() {
        super.restart();
        becomesHttp = false;
        isUnserved = false;
    }

    @Override
    protected void serve() {
        isUnserved = true;
        stream.id(context.nextStreamId());
        reach(LogOrigin.ACCEPT);
        if (!chooseBackend()) {
            end();
        } else if (becomesHttp) {
            becomeHttp();
        } else if (passesBackend() && connect() && passesResponseRules()) {
            startRelay();
        } else {
            end();
        }
    }

    /** What was received stays in the client's input; nobody has answered it yet. */
    private void becomeHttp() {
        stream.request().clear();
        if (killed != null) {
            stream.ended(killed, Phase.REQUEST);
            end();
        } else {
            context.becomeHttp(this, backend);
        }
    }

    // ---- content rules and the choice of a backend ----

    private boolean chooseBackend() {
        if (!inspectRequest(frontend.contentRules, frontend.inspectDelayMs)) {
            return false;
        }
        if (becomesHttp) {
            return true; // by what its request says
        }
        Backend chosen = frontend.backendRules.choose(stream, context.scratch, context.backendsByName);
        backend = chosen != null ? chosen : frontend.defaultBackend;
        if (backend == null) {
            stream.ended(Cause.SERVER, Phase.CONNECT);
            return false;
        }
        becomesHttp = backend.http != null;
        return true;
    }

    private boolean passesBackend() {
        stream.backend(backend.pool());
        return inspectRequest(backend.contentRules, backend.inspectDelayMs);
    }

    /** Runs content rules on what the client has sent so far, and again with more, for as long as the delay allows. */
    private boolean inspectRequest(TcpRules rules, long delayMs) {
        if (rules.isEmpty()) {
            return true;
        }
        long deadlineNs = delayMs == 0 ? 0 : loop.nanoTime() + delayMs * MS_NS;
        rules.begin(stream);
        while (true) {
            showRequest();
            boolean isFinal = loop.nanoTime() >= deadlineNs || !stream.request().mayGrow();
            RuleResult result = rules.goOn(stream, context.scratch, isFinal);
            while (result == RuleResult.AWAIT) {
                stream.request().clear();
                if (!RuleWait.run(loop, stream, () -> killed != null)) {
                    stream.ended(killed, Phase.REQUEST);
                    return false;
                }
                showRequest();
                result = rules.goOn(stream, context.scratch, isFinal);
            }
            if (result != RuleResult.WAIT) {
                becomesHttp = result == RuleResult.SWITCH_TO_HTTP;
                return passes(result, Counter.DENIED_REQUESTS, true, Phase.REQUEST);
            }
            if (!receiveRequest(deadlineNs)) {
                return false;
            }
        }
    }

    private void showRequest() {
        int held = client.available();
        stream.request().show(client.input(), held, client.inputEnded(), held >= client.inputBytesMax());
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
            stream.ended(causeOfFailure(client, Cause.CLIENT), Phase.REQUEST);
            return false;
        }
    }

    // ---- the server ----

    @Override
    public void tell(ServerSettings server, SessionRequest request) {
        SessionRequests.tell(stream, server, request);
        if (!backend.proxyFields.isEmpty()) {
            request.headerFields = new SessionFields(backend, stream, context.scratch, this::noteSoFar);
        }
    }

    private boolean connect() {
        SessionRequest request = context.takeRequest();
        showRequest();
        SessionRequests.fill(backend, stream, context.scratch, context.cookies, request);
        request.names = this;
        stream.request().clear();
        client.watchInput(thread);
        ServerConnector connector = context.takeConnector().lendTo(this, this, place);
        server = connector.connect(backend.pool(), request);
        context.giveBack(request);
        noteConnector(connector);
        context.giveBack(connector);
        stream.variables().clear(Scope.REQ);
        if (server == null) {
            return false;
        }
        if (killed != null) {
            stream.ended(killed, Phase.CONNECT);
            return false;
        }
        isUnserved = false;
        stream.serverSide().attach(server);
        if (!backend.stickRules.isEmpty()) {
            backend.stickRules.store(stream, context.scratch, loop.nanoTime());
        }
        if (frontend.log.mayShowPeers()) {
            stream.serverSide().connectionDestination();
        }
        reach(LogOrigin.CONNECT);
        if (frontend.log.isEarly()) {
            isLogged = false;
            noteConnections();
            frontend.log.writeEarly(stream, context.line, LogOrigin.CONNECT);
        }
        return true;
    }

    private void noteConnector(ServerConnector connector) {
        var times = stream.times();
        connector.tell(stream);
        countDuration(LatencyPhase.QUEUE, times.queueDurationNs());
        countDuration(LatencyPhase.CONNECT, times.connectDurationNs());
        if (server == null) {
            boolean isReset = connector.cause() == Cause.CLIENT && client.inputFailed();
            stream.ended(connector.cause(), isReset ? Phase.DATA : connector.phase());
        }
    }

    // ---- response rules ----

    /** Response rules look at the server's first bytes, while the client's go on to it. */
    private boolean passesResponseRules() {
        if (backend.responseRules.isEmpty()) {
            return true;
        }
        long deadlineNs = backend.responseDelayMs == 0 ? 0 : loop.nanoTime() + backend.responseDelayMs * MS_NS;
        RelaySettings.apply(relay, stream, frontend, backend);
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
        boolean isFull = held >= client.inputBytesMax();
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
            stream.ended(causeOfFailure(server, Cause.SERVER), Phase.DATA);
            return false;
        }
    }

    // ---- the end ----

    /** Who is refused, or finds no server, reads the end of the stream: what it sent and nobody wants makes no reset of it, as under HAProxy. */
    @Override
    protected void takeLeave() {
        if (isUnserved) {
            client.consume(client.available());
            client.shutdownOutput(); // goes before the reset that the kernel sends if it holds more
        }
    }

    // ---- while it connects ----

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
}
