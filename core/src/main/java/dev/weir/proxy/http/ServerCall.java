package dev.weir.proxy.http;

import dev.weir.protocol.http.Method;
import dev.weir.proxy.SessionFields;
import dev.weir.proxy.SessionRequests;
import dev.weir.server.ClientNames;
import dev.weir.server.Observation;
import dev.weir.server.Server;
import dev.weir.server.ServerSettings;
import dev.weir.server.SessionRequest;
import dev.weir.stats.Counter;
import dev.weir.stream.Cause;
import dev.weir.stream.LogOrigin;
import dev.weir.stream.Phase;
import dev.weir.stream.Stream;

/**
 * Gets a request to a server and the head of its response back, in as many attempts as {@code retries} and {@code retry-on}
 * allow. Thread: the exchange's.
 */
final class ServerCall implements ClientNames {
    private static final int SERVER_FAILED = 500;

    private final Exchange exchange;
    private final RequestSender sender;
    private final ResponseReader reader;
    /** The attempt failed in a way that another one may make good. */
    private boolean isToRepeat;

    ServerCall(Exchange exchange) {
        this.exchange = exchange;
        this.sender = new RequestSender(exchange, this);
        this.reader = new ResponseReader(exchange, this);
    }

    /** @return whether there is a response to pass on; if not, the client has been answered */
    boolean run() {
        reader.begin();
        isToRepeat = false;
        boolean hasResponse = connect() && attempt();
        while (isToRepeat) {
            isToRepeat = false;
            hasResponse = reconnect() && attempt();
        }
        if (hasResponse) {
            exchange.giveUpRequest();
        }
        return hasResponse;
    }

    private boolean attempt() {
        return sender.send() && reader.read();
    }

    /** Length of the head that {@link #run} found, which is still held. */
    int headBytes() {
        return reader.headBytes();
    }

    /** What is here of the request's body, while the response passes. @return whether more of it is to go meanwhile */
    boolean pushesRequest() {
        return sender.pushes();
    }

    /** Then, when a limit lets more of it through; {@link Long#MAX_VALUE} if it held nothing back. */
    long pushAgainNs() {
        return sender.pushAgainNs();
    }

    /** The rest of the request's body, if the response came early. */
    void finishRequest() {
        sender.finish();
    }

    /** What is there of it. @return false if the exchange is over */
    boolean sendRest() {
        return sender.sendRest();
    }

    /** What is being passed on of the request's body now. On the loop. */
    long bytesUnderWay() {
        return sender.bytesUnderWay();
    }

    // ---- the connection ----

    private boolean connect() {
        SessionRequest request = exchange.context.takeRequest();
        SessionRequests.fill(
                exchange.backend, exchange.stream, exchange.context.scratch, exchange.context.cookies, request);
        note(request);
        prefer(request);
        exchange.client.watchInput(Thread.currentThread());
        exchange.link = exchange.connector.open(exchange.backend.pool(), request);
        return obtained(request);
    }

    private boolean reconnect() {
        SessionRequest request = exchange.context.takeRequest();
        SessionRequests.refill(exchange.stream, request);
        note(request);
        exchange.link = exchange.connector.reopen(request);
        return obtained(request);
    }

    @Override
    public void tell(ServerSettings server, SessionRequest request) {
        SessionRequests.tell(exchange.stream, server, request);
        if (!exchange.backend.proxyFields.isEmpty()) {
            request.headerFields =
                    new SessionFields(exchange.backend, exchange.stream, exchange.context.scratch, this::refresh);
        }
    }

    private void note(SessionRequest request) {
        request.names = this;
        request.isFirst = exchange.session.requestNumber == 1;
        request.kept = exchange.session.kept;
        int method = exchange.facts.method();
        request.isRedirectable = method == Method.GET || method == Method.HEAD;
    }

    private void refresh() {
        exchange.refresh();
        exchange.ledger.noteSoFar();
    }

    /** The server that the session was at last, unless something binds it or a hash says where it goes. */
    private void prefer(SessionRequest request) {
        var backend = exchange.backend;
        boolean prefersLast = exchange.session.prefersLastServer || backend.http.prefersLastServer;
        if (!prefersLast
                || request.direct != null
                || backend.pool().settings().balance.method().isHash()) {
            return;
        }
        Server last = exchange.session.kept.lastServer(backend.pool());
        boolean hasRoom = last != null
                && (exchange.session.prefersLastServer
                        || backend.http.keepAliveQueueMax < 0
                        || !last.isFull()
                        || last.queued() < backend.http.keepAliveQueueMax);
        request.preferred = hasRoom ? last : null;
    }

    private boolean obtained(SessionRequest request) {
        exchange.context.giveBack(request);
        exchange.refresh();
        noteConnector();
        if (exchange.link == null) {
            return failsToConnect();
        }
        Stream stream = exchange.stream;
        stream.serverSide().attach(exchange.link.connection());
        stream.counts().isReused = exchange.link.isReused();
        if (exchange.frontend.log.mayShowPeers()) {
            stream.serverSide().connectionDestination();
        }
        exchange.session.reached(LogOrigin.CONNECT);
        return true;
    }

    private void noteConnector() {
        exchange.connector.tell(exchange.stream);
        if (exchange.stream.counts().isRedispatched) {
            exchange.facts.cookie().moved();
        }
    }

    /** A client that is gone needs no answer. */
    private boolean failsToConnect() {
        Cause cause = exchange.connector.cause();
        exchange.stream.ended(cause, exchange.connector.phase());
        if (cause == Cause.CLIENT) {
            exchange.keepsClient = false;
            exchange.ledger.countAbort();
        } else if (cause == Cause.LOCAL) {
            exchange.answer.reply(exchange.connector.redirect());
        } else {
            exchange.answer.page(cause == Cause.INTERNAL ? 500 : 503);
        }
        return false;
    }

    // ---- another attempt ----

    /**
     * Gives up the connection that failed, if the request is sent once more.
     *
     * @param isWanted whether {@code retry-on} says so
     */
    boolean repeats(boolean isWanted) {
        isToRepeat = isWanted && mayRepeat();
        if (isToRepeat) {
            drop();
            exchange.link = null;
        }
        return isToRepeat;
    }

    /** The same for a response that could be read, whose head has that length: its connection may be good for another request. */
    boolean repeatsBehind(int headBytes) {
        isToRepeat = mayRepeat();
        if (isToRepeat) {
            exchange.skipResponse(headBytes);
            exchange.settleServer();
            exchange.link = null;
        }
        return isToRepeat;
    }

    private boolean mayRepeat() {
        return exchange.isHeld && exchange.session.killCause() == null && exchange.connector.mayRetry();
    }

    // ---- ends ----

    /** The server went before it said a word. */
    boolean endsUnanswered(Observation observation) {
        boolean isReused = exchange.link.isReused();
        if (!isReused) {
            observed(observation);
        }
        if (repeats(exchange.backend.pool().settings().retryEvents.emptyResponse())) {
            return false;
        }
        if (isReused && !exchange.isHeld && exchange.session.killCause() == null) {
            exchange.keepsClient = false; // it closed while we wrote: the client will try again
            exchange.session.forgoLog();
            exchange.ledger.countEverywhere(Counter.SERVER_ABORTS);
            drop();
            return false;
        }
        return fails(502, exchange.causeOfServer(), Phase.HEADERS);
    }

    /** No response comes from the server: the client gets one of ours. @return false */
    boolean fails(int status, Cause cause, Phase phase) {
        exchange.stream.ended(cause, phase);
        if (status >= SERVER_FAILED) {
            exchange.ledger.countFailure();
        }
        drop();
        exchange.answer.page(status);
        return false;
    }

    /** The client went, and does not get to know what became of its request. @return false */
    boolean clientAborted(Phase phase) {
        exchange.ledger.countAbort();
        exchange.stream.ended(exchange.causeOfClient(), phase);
        drop();
        exchange.answer.unsent(400);
        return false;
    }

    private void drop() {
        exchange.keepsServer = false;
        exchange.noteServerNames();
        exchange.link.close();
    }

    /** What {@code observe layer7} learns of the server. */
    void observed(Observation observation) {
        exchange.link.server().observed(observation);
    }

    long serverDeadlineNs() {
        return exchange.deadline(exchange.stream.timeouts().serverMs());
    }
}
