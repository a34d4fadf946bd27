package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Method;
import dev.weir.protocol.http1.BadMessage;
import dev.weir.protocol.http1.HeadFault;
import dev.weir.protocol.http1.HeadWriter;
import dev.weir.protocol.http1.ResponseHeadParser;
import dev.weir.proxy.HttpFrontend;
import dev.weir.proxy.HttpSide.ConnectionMode;
import dev.weir.proxy.SessionRequests;
import dev.weir.server.Observation;
import dev.weir.server.SessionRequest;
import dev.weir.stats.Counter;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;
import dev.weir.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/** Gets a request to a server and the head of its response back. Thread: the exchange's. */
final class ServerCall {
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Exchange exchange;
    private final HeadWriter writer = new HeadWriter();
    private final Transfer upload;
    private HttpFrontend fittedTo;
    private ResponseHeadParser parser;
    private int headBytes;
    /** The server has said that it wants the body, or something before its response. */
    private boolean isContinued;

    ServerCall(Exchange exchange) {
        this.exchange = exchange;
        this.upload = new Transfer(exchange.loop);
    }

    /** @return whether there is a response to pass on; if not, the client has been answered */
    boolean run() {
        fit(exchange.frontend.http);
        isContinued = false;
        return connect() && send() && receiveResponse();
    }

    private void fit(HttpFrontend settings) {
        boolean fits = fittedTo != null
                && fittedTo.headBytesMax == settings.headBytesMax
                && fittedTo.headersMax == settings.headersMax;
        if (!fits) {
            parser = new ResponseHeadParser(settings.headBytesMax, settings.headersMax);
        }
        fittedTo = settings;
    }

    // ---- the connection ----

    private boolean connect() {
        SessionRequest request = exchange.context.takeRequest();
        ask(request);
        exchange.client.watchInput(Thread.currentThread());
        exchange.link = exchange.connector.open(exchange.backend.pool(), request);
        exchange.context.giveBack(request);
        exchange.refresh();
        noteConnector();
        if (exchange.link == null) {
            return failsToConnect();
        }
        Stream stream = exchange.stream;
        stream.serverSide().attach(exchange.link.connection());
        if (!exchange.backend.stickRules.isEmpty()) {
            exchange.backend.stickRules.store(stream, exchange.context.scratch, exchange.loop.nanoTime());
        }
        if (exchange.frontend.log.mayShowPeers()) {
            stream.serverSide().connectionDestination();
        }
        return true;
    }

    private void ask(SessionRequest request) {
        SessionRequests.fill(exchange.backend, exchange.stream, exchange.context, request);
        request.isFirst = exchange.session.requestNumber == 1;
        request.kept = exchange.session.takeKept();
    }

    private void noteConnector() {
        var connector = exchange.connector;
        var times = exchange.stream.times();
        var counts = exchange.stream.counts();
        exchange.stream.server(connector.server());
        times.queueNs = connector.queueNs() < 0 ? -1 : times.sinceAccept(connector.queueNs());
        times.connectNs = connector.connectNs() < 0 ? -1 : times.sinceAccept(connector.connectNs());
        counts.retries = connector.retries();
        counts.isRedispatched = connector.isRedispatched();
        if (counts.isRedispatched) {
            exchange.facts.cookie().moved();
        }
        counts.serverQueuePosition = connector.serverQueuePosition();
        counts.backendQueuePosition = connector.backendQueuePosition();
    }

    /** A client that is gone needs no answer. */
    private boolean failsToConnect() {
        Cause cause = exchange.connector.cause();
        exchange.stream.ended(cause, exchange.connector.phase());
        if (cause == Cause.CLIENT) {
            exchange.keepsClient = false;
            exchange.ledger.countEverywhere(Counter.CLIENT_ABORTS);
        } else {
            exchange.answer.page(cause == Cause.INTERNAL ? 500 : 503);
        }
        return false;
    }

    // ---- the request ----

    private boolean send() {
        MessageHead head = exchange.facts.request();
        addConnection(head);
        UnsafeBuffer message = exchange.http.takeMessage();
        int length = writer.request(head, message, 0);
        if (length < 0) {
            exchange.http.giveBack(message);
            return fails(500, Cause.INTERNAL, Phase.REQUEST);
        }
        int body = takeBody(message, length);
        boolean isSent = exchange.requestBody.isFaulty() || write(message, length + body);
        exchange.http.giveBack(message);
        if (exchange.requestBody.isFaulty()) {
            return fails(400, Cause.PROXY, Phase.DATA);
        }
        return isSent;
    }

    /** What is held of the body goes with the head. @return how much */
    private int takeBody(UnsafeBuffer message, int length) {
        Connection client = exchange.client;
        int headLength = exchange.requestHeadBytes;
        int held = Math.min(client.available() - headLength, message.capacity() - length);
        int taken = 0;
        if (held > 0 && !exchange.requestBody.isEnded()) {
            var input = client.input();
            taken = exchange.requestBody.take(input, headLength, held);
            message.putBytes(length, input, headLength, taken);
        }
        exchange.giveUpRequest();
        client.consume(taken);
        exchange.ledger.bytesIn += taken;
        return taken;
    }

    private boolean write(UnsafeBuffer message, int length) {
        try {
            exchange.link.connection().write(message, 0, length, serverDeadlineNs());
            return true;
        } catch (ConnectionFailure failure) {
            return uploadFailed(Transfer.End.TARGET_FAILED);
        }
    }

    /** What the server is told of its connection. */
    private void addConnection(MessageHead head) {
        exchange.keepsServer = exchange.mode() == ConnectionMode.KEEP_ALIVE && !exchange.requestFraming.isInsecure();
        if (exchange.requestFraming.isUpgrade()) {
            return; // the head says so itself
        }
        boolean isNew = head.version() >= MessageHead.HTTP_1_1;
        if (!exchange.keepsServer && isNew && !exchange.backend.http.pretendsKeepAlive) {
            head.add(FieldName.CONNECTION, Words.CLOSE, 0, Words.CLOSE.capacity());
        } else if (exchange.keepsServer && !isNew) {
            head.add(FieldName.CONNECTION, Words.KEEP_ALIVE, 0, Words.KEEP_ALIVE.capacity());
        }
    }

    private boolean uploadFailed(Transfer.End end) {
        return switch (end) {
            case WHOLE, TARGET_SPOKE -> true;
            case SOURCE_ENDED, SOURCE_FAILED -> clientAborted();
            case SOURCE_SILENT -> fails(408, Cause.CLIENT_TIMEOUT, Phase.DATA);
            case TARGET_FAILED -> fails(502, exchange.causeOfServer(), Phase.DATA);
            case TARGET_SILENT -> fails(504, Cause.SERVER_TIMEOUT, Phase.DATA);
            case FAULTY -> fails(400, Cause.PROXY, Phase.DATA);
        };
    }

    private boolean clientAborted() {
        exchange.ledger.countEverywhere(Counter.CLIENT_ABORTS);
        return fails(400, exchange.causeOfClient(), Phase.DATA);
    }

    // ---- the response's head ----

    private boolean receiveResponse() {
        Connection server = exchange.link.connection();
        boolean isTolerant = exchange.backend.http.acceptsUnsafeResponses;
        parser.tolerant(isTolerant);
        exchange.responseFraming.tolerant(isTolerant);
        int result = parse(server);
        while (result == ResponseHeadParser.INCOMPLETE || isInterim(result)) {
            boolean goesOn = result > 0 ? passInterim(server, result) : uploads() ? sendRest() : receive(server);
            if (!goesOn) {
                return false;
            }
            result = parse(server);
        }
        int fault = result < 0 ? result : framing();
        if (fault < 0) {
            keep(server, HeadFault.of(fault));
            parser.reset();
            observed(Observation.HTTP_BAD_HEAD);
            exchange.ledger.countResponseError();
            return fails(502, Cause.PROXY, Phase.HEADERS);
        }
        accept(result);
        return true;
    }

    /** For {@code show errors}. */
    private void keep(Connection server, HeadFault fault) {
        String client = exchange.stream.clientSide().connectionSource().toString();
        long epochMicros = exchange.context.process.clock().epochMicros();
        exchange.backend
                .pool()
                .badResponse()
                .note(BadMessage.of(
                        server.input(),
                        server.available(),
                        parser.position(),
                        fault,
                        epochMicros,
                        exchange.link.server().name(),
                        client));
    }

    /** Whether it is the request's turn: its body is not over, and nothing has to be heard of the server first. */
    private boolean uploads() {
        boolean isAwaited =
                exchange.requestFraming.expectsContinue() && !isContinued && exchange.client.available() == 0;
        return !exchange.requestBody.isEnded() && !isAwaited;
    }

    /** Passes the body on until it ends or the server answers. */
    private boolean sendRest() {
        Transfer.End end = upload.run(
                exchange.requestBody,
                exchange.client,
                exchange.stream.clientTimeoutMs() * Exchange.MS_NS,
                exchange.link.connection(),
                exchange.stream.serverTimeoutMs() * Exchange.MS_NS,
                true);
        exchange.ledger.bytesIn += upload.bytes;
        return end == Transfer.End.TARGET_SPOKE ? hears() : end == Transfer.End.WHOLE || uploadFailed(end);
    }

    /** The server said something, or ended: what it said is looked at next. */
    private boolean hears() {
        Connection server = exchange.link.connection();
        boolean isSilent = server.available() == 0;
        return !isSilent || receive(server);
    }

    /** After an early response: the rest of the request goes to the server all the same, or nowhere if that is gone. */
    void finishRequest() {
        if (exchange.requestBody.isEnded()) {
            return;
        }
        Transfer.End end = upload.run(
                exchange.requestBody,
                exchange.client,
                exchange.stream.clientTimeoutMs() * Exchange.MS_NS,
                exchange.link.connection(),
                exchange.stream.serverTimeoutMs() * Exchange.MS_NS,
                true);
        exchange.ledger.bytesIn += upload.bytes;
        exchange.keepsClient &= end == Transfer.End.WHOLE;
    }

    private int framing() {
        MessageHead head = exchange.facts.response();
        boolean isToConnect = exchange.facts.method() == Method.CONNECT;
        int fault = exchange.responseFraming.response(head, exchange.isHead(), isToConnect);
        boolean isUncalledFor = head.status() == SWITCHING_PROTOCOLS
                && !(exchange.requestFraming.isUpgrade() && exchange.responseFraming.isUpgrade());
        return fault == 0 && isUncalledFor ? HeadFault.BAD_STATUS.code() : fault;
    }

    private int parse(Connection server) {
        int held = server.available();
        return held == 0
                ? ResponseHeadParser.INCOMPLETE
                : parser.parse(server.input(), held, exchange.facts.response());
    }

    private boolean isInterim(int result) {
        int status = exchange.facts.response().status();
        return result > 0 && status < 200 && status != SWITCHING_PROTOCOLS;
    }

    private void accept(int length) {
        var times = exchange.stream.times();
        headBytes = length;
        exchange.facts.hasResponse(true);
        observed(Observation.ofStatus(exchange.facts.response().status()));
        exchange.facts.responseBodyBytes(exchange.responseFraming.contentLength());
        times.responseNs = times.sinceAccept(exchange.loop.nanoTime());
        exchange.responseBody.start(exchange.responseFraming);
        exchange.keepsServer &= exchange.responseFraming.isKeepAlive();
        exchange.frontend.capturePlan().response(exchange.stream);
    }

    /** Length of the head that {@link #run} found, which is still held. */
    int headBytes() {
        return headBytes;
    }

    private boolean passInterim(Connection server, int length) {
        UnsafeBuffer message = exchange.http.takeMessage();
        int written = writer.response(exchange.facts.response(), message, 0);
        server.consume(length);
        isContinued = true;
        exchange.facts.response().clear();
        exchange.ledger.countEverywhere(Counter.RESPONSES_1XX);
        boolean isSent = true;
        try {
            exchange.client.write(message, 0, written, exchange.deadline(exchange.stream.clientTimeoutMs()));
            exchange.ledger.bytesOut += written;
        } catch (ConnectionFailure failure) {
            isSent = clientAborted();
        }
        exchange.http.giveBack(message);
        return isSent;
    }

    private boolean receive(Connection server) {
        try {
            if (server.receive(serverDeadlineNs()) != Connection.END_OF_STREAM) {
                return true;
            }
            return endsWithoutResponse(server.available() > 0, Observation.CLOSED);
        } catch (ConnectionFailure failure) {
            if (failure.kind() == ConnectionFailure.Kind.TIMED_OUT) {
                observed(Observation.READ_TIMEOUT);
                exchange.ledger.countResponseError();
                return fails(504, Cause.SERVER_TIMEOUT, Phase.HEADERS);
            }
            return endsWithoutResponse(server.available() > 0, Observation.READ_ERROR);
        }
    }

    /** @param isCut in the middle of a head */
    private boolean endsWithoutResponse(boolean isCut, Observation observation) {
        parser.reset();
        exchange.ledger.countResponseError();
        boolean isStale = exchange.link.isReused() && exchange.session.requestNumber > 1 && !isCut;
        if (isStale && exchange.session.killCause() == null) {
            exchange.keepsClient = false; // it closed while we wrote: the client will try again
            exchange.session.forgoLog();
            drop();
            return false;
        }
        observed(observation);
        return fails(502, isCut ? Cause.PROXY : exchange.causeOfServer(), Phase.HEADERS);
    }

    /** What {@code observe layer7} learns of the server. */
    private void observed(Observation observation) {
        exchange.link.server().observed(observation);
    }

    // ---- ends ----

    /** No response comes from the server: the client gets one of ours. */
    private boolean fails(int status, Cause cause, Phase phase) {
        exchange.stream.ended(cause, phase);
        drop();
        exchange.answer.page(status);
        return false;
    }

    private void drop() {
        exchange.keepsServer = false;
        exchange.link.close();
    }

    private long serverDeadlineNs() {
        return exchange.deadline(exchange.stream.serverTimeoutMs());
    }
}
