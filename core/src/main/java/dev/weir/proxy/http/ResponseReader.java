package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Method;
import dev.weir.protocol.http.Slice;
import dev.weir.protocol.http.StatusReason;
import dev.weir.protocol.http1.BadMessage;
import dev.weir.protocol.http1.Framing;
import dev.weir.protocol.http1.HeadFault;
import dev.weir.protocol.http1.ResponseHeadParser;
import dev.weir.proxy.Frontend;
import dev.weir.proxy.HttpFrontend;
import dev.weir.server.Observation;
import dev.weir.server.RetryEvents;
import dev.weir.server.Server;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;
import java.util.function.BooleanSupplier;

/** Waits for the head of a response; interim ones go to the client as they come. Thread: the exchange's. */
final class ResponseReader {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int UNAUTHORIZED = 401;
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private final Exchange exchange;
    private final ServerCall call;
    private final ResponseContent content;
    private HttpFrontend fittedTo;
    private ResponseHeadParser parser;
    private int headBytes;
    /** The server has said that it wants the body, or something before its response. */
    private boolean isContinued;
    /** The client waits for that before it sends its body. */
    private boolean isAwaited;

    private final BooleanSupplier abort = this::mayStopWaiting;
    private final Runnable clientSpoke = this::clientSpoke;
    private Thread thread;

    ResponseReader(Exchange exchange, ServerCall call) {
        this.exchange = exchange;
        this.call = call;
        this.content = new ResponseContent(exchange, call);
    }

    private void clientSpoke() {
        exchange.loop.unpark(thread);
    }

    /** Another request begins. */
    void begin() {
        HttpFrontend settings = exchange.frontend.http;
        boolean fits = fittedTo != null
                && fittedTo.headBytesMax == settings.headBytesMax
                && fittedTo.headersMax == settings.headersMax;
        if (!fits) {
            parser = new ResponseHeadParser(exchange.headBytesMax(settings), settings.headersMax);
        }
        fittedTo = settings;
        isContinued = false;
        isAwaited = false;
        thread = Thread.currentThread();
    }

    /** @return whether there is a response to pass on */
    boolean read() {
        Connection server = exchange.link.connection();
        boolean isTolerant = exchange.backend.http.acceptsUnsafeResponses;
        parser.reset();
        parser.tolerant(isTolerant);
        exchange.facts.response().clear();
        exchange.responseFraming.tolerant(isTolerant);
        exchange.responseFraming.keepsInsecure(exchange.frontend.http.keepsInsecure);
        if (!content.begins()) {
            return false;
        }
        int result = parse(server);
        while (result == ResponseHeadParser.INCOMPLETE || isInterim(result)) {
            if (!(result > 0 ? content.passesHead() && passInterim(server, result) : goesOn(server))) {
                return false;
            }
            result = parse(server);
        }
        int fault = result < 0 ? result : framing();
        if (fault == 0) {
            fault = exchange.responseBody.probe(
                    exchange.responseFraming, server.input(), result, server.available() - result);
        }
        if (fault < 0) {
            return refuse(server, HeadFault.of(fault));
        }
        if (!content.passesHead()) {
            return false;
        }
        return isUncalledFor() ? refuseToSwitch(server) : accept(result);
    }

    /** Length of the head that {@link #read} found, which is still held. */
    int headBytes() {
        return headBytes;
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

    // ---- waiting ----

    /** The request's turn, if its body is not over and nothing has to be heard of the server first; else the server's. */
    private boolean goesOn(Connection server) {
        isAwaited = exchange.requestFraming.expectsContinue() && !isContinued && !exchange.requestBody.isEnded();
        if (exchange.requestBody.isEnded() || mayNotSendYet()) {
            return receive(server);
        }
        return call.sendRest() && (exchange.requestBody.isEnded() || server.available() > 0 || receive(server));
    }

    /** A client that asked whether it may send its body is waited for no longer than it waits itself. */
    private boolean mayNotSendYet() {
        return isAwaited && exchange.client.available() == 0 && exchange.client.whenReadable(clientSpoke);
    }

    private boolean receive(Connection server) {
        try {
            if (server.receive(call.serverDeadlineNs(), abort) != Connection.END_OF_STREAM) {
                return true;
            }
            return ends(server.available() > 0, Observation.CLOSED);
        } catch (ConnectionFailure failure) {
            return switch (failure.kind()) {
                case TIMED_OUT -> isLate();
                case KILLED -> isAborted();
                default -> ends(server.available() > 0, Observation.READ_ERROR);
            };
        }
    }

    private boolean mayStopWaiting() {
        return exchange.cause() != null
                || isAwaited && (exchange.client.available() > 0 || exchange.client.inputEnded());
    }

    /** Somebody killed the session, the client went, or what it was to wait for with its body comes already. */
    private boolean isAborted() {
        if (exchange.session.killCause() != null) {
            return ends(exchange.link.connection().available() > 0, Observation.READ_ERROR);
        }
        if (exchange.client.inputFailed()) {
            return call.clientAborted(Phase.DATA); // as HAProxy has it
        }
        if (exchange.cause() != null) {
            exchange.ledger.countAbort();
            return call.fails(400, Cause.CLIENT, Phase.HEADERS);
        }
        return true;
    }

    private boolean isLate() {
        call.observed(Observation.READ_TIMEOUT);
        return !call.repeats(retryEvents().responseTimeout()) && failsOnItsResponse(504, Cause.SERVER_TIMEOUT);
    }

    /** @param isCut in the middle of a head */
    private boolean ends(boolean isCut, Observation observation) {
        exchange.ledger.countResponseError();
        if (isCut) {
            call.observed(observation);
            return !call.repeats(retryEvents().junkResponse()) && call.fails(502, Cause.PROXY, Phase.HEADERS);
        }
        return call.endsUnanswered(observation);
    }

    /** It has no body whatever it says, and what it says of the connection is about the server's. @return false if the exchange is over */
    private boolean passInterim(Connection server, int length) {
        int fault = framing();
        if (fault < 0) {
            return refuse(server, HeadFault.of(fault));
        }
        exchange.keepsServer &= exchange.responseFraming.isKeepAlive();
        return sendInterim(server, length);
    }

    private boolean sendInterim(Connection server, int length) {
        MessageHead head = exchange.facts.response();
        isContinued = true;
        exchange.ledger.countServerResponse(head.status());
        boolean isSent = true;
        try {
            exchange.sendHead(head);
            server.consume(length);
        } catch (ConnectionFailure failure) {
            isSent = call.clientAborted(Phase.DATA);
        }
        head.clear();
        return isSent;
    }

    // ---- a whole head ----

    private int framing() {
        MessageHead head = exchange.facts.response();
        int method = exchange.facts.method();
        boolean isHead = method == Method.HEAD;
        exchange.keepsServer &= isHead || !exchange.isHead(); // a body that the client did not ask for stays unread
        return exchange.responseFraming.response(head, isHead || exchange.isHead(), method == Method.CONNECT);
    }

    /** Whether it switches to a protocol that one of the sides has not asked for. */
    private boolean isUncalledFor() {
        return exchange.facts.response().status() == SWITCHING_PROTOCOLS
                && !(exchange.requestFraming.isUpgrade() && exchange.responseFraming.isUpgrade());
    }

    /** It is a response, which counts for its server as any other that does not get through. */
    private boolean refuseToSwitch(Connection server) {
        keep(server, HeadFault.BAD_STATUS);
        call.observed(Observation.HTTP_BAD_HEAD);
        exchange.ledger.countServerResponse(SWITCHING_PROTOCOLS);
        return !call.repeats(retryEvents().junkResponse()) && failsOnItsResponse(502, Cause.PROXY);
    }

    /** The last one, if there were several attempts: those before it do not count as errors. */
    private boolean failsOnItsResponse(int status, Cause cause) {
        exchange.ledger.countResponseError();
        return call.fails(status, cause, Phase.HEADERS);
    }

    private boolean refuse(Connection server, HeadFault fault) {
        keep(server, fault);
        call.observed(Observation.HTTP_BAD_HEAD);
        exchange.ledger.countResponseError();
        return !call.repeats(retryEvents().junkResponse()) && call.fails(502, Cause.PROXY, Phase.HEADERS);
    }

    /** For {@code show errors}. */
    private void keep(Connection server, HeadFault fault) {
        String client = exchange.stream.clientSide().connectionSource().toString();
        long epochMicros = exchange.context.process.clock().epochMicros();
        Frontend frontend = exchange.frontend;
        Server from = exchange.link.server();
        String otherSide = "frontend " + frontend.name() + " (#" + frontend.id() + "), server " + from.name() + " (#"
                + from.id() + ")";
        exchange.backend
                .pool()
                .badResponse()
                .note(BadMessage.of(
                        server.input(),
                        server.available(),
                        parser.position(),
                        fault,
                        epochMicros,
                        frontend.id(),
                        otherSide,
                        client));
    }

    /** @return false if the request is sent once more because of the status */
    private boolean accept(int length) {
        int status = exchange.facts.response().status();
        giveReason(status);
        headBytes = length;
        call.observed(Observation.ofStatus(status));
        noteCredentials(status);
        exchange.responseBody.start(exchange.responseFraming);
        exchange.responseBody.dropsTrailers(exchange.frontend.http.dropsResponseTrailers);
        exchange.keepsServer &= exchange.responseFraming.isKeepAlive();
        if (retryEvents().statuses().get(status) && call.repeatsBehind(length)) {
            return false;
        }
        exchange.ledger.countServerResponse(status);
        var times = exchange.stream.times();
        exchange.facts.hasResponse(true);
        boolean hasBody = exchange.responseFraming.body() != Framing.Body.NONE;
        exchange.facts.responseBodyBytes(hasBody ? exchange.responseFraming.contentLength() : 0);
        if (!exchange.responseBody.isEnded()) {
            exchange.responseWait.begin(length);
        }
        times.responseNs = times.sinceAccept(exchange.loop.nanoTime());
        exchange.frontend.capturePlan().response(exchange.stream);
        stick();
        return true;
    }

    /** Only a server that has answered is worth coming back to. */
    private void stick() {
        if (!exchange.backend.stickRules.isEmpty()) {
            exchange.backend.stickRules.store(exchange.stream, exchange.context.scratch, exchange.loop.nanoTime());
        }
    }

    /** As HAProxy does where the server gives none. */
    private void giveReason(int status) {
        MessageHead head = exchange.facts.response();
        if (head.reason() == Slice.NONE || Slice.length(head.reason()) == 0) {
            byte[] reason = StatusReason.of(status);
            head.reason(head.write(reason, 0, reason.length));
        }
    }

    /** Some schemes authenticate a connection, not a request: from now on it is this session's alone. */
    private void noteCredentials(int status) {
        boolean isOfServer = status == UNAUTHORIZED;
        if (isOfServer || status == PROXY_AUTHENTICATION_REQUIRED) {
            FieldName challenge = isOfServer ? FieldName.WWW_AUTHENTICATE : FieldName.PROXY_AUTHENTICATE;
            if (ConnectionCredentials.areAskedFor(exchange.facts.response(), challenge)) {
                exchange.link.makePrivate();
                exchange.session.prefersLastServer = true;
            }
        }
    }

    private RetryEvents retryEvents() {
        return exchange.backend.pool().settings().retryEvents;
    }
}
