package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.protocol.http.Method;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http1.BadMessage;
import dev.weir.protocol.http1.HeadFault;
import dev.weir.protocol.http1.RequestHeadParser;
import dev.weir.proxy.HttpFrontend;
import dev.weir.proxy.HttpSide.ConnectionMode;
import dev.weir.stream.Cause;
import dev.weir.stream.LogOrigin;
import dev.weir.stream.Phase;

/** Reads the head of a request; one that cannot be read is answered and counted. Thread: the exchange's. */
final class RequestReader {
    private final Exchange exchange;
    private HttpFrontend fittedTo;
    private RequestHeadParser parser;

    RequestReader(Exchange exchange) {
        this.exchange = exchange;
    }

    /** @return whether there is a request to serve */
    boolean read() {
        fit(exchange.frontend.http);
        long deadlineNs = exchange.deadline(exchange.frontend.http.requestTimeoutMs);
        int result = parse();
        while (result == RequestHeadParser.INCOMPLETE) {
            if (!receive(deadlineNs)) {
                return false;
            }
            result = parse();
        }
        int fault = result < 0 ? result : fault(result);
        if (fault < 0) {
            keep(HeadFault.of(fault));
            noteLength();
            return refuse(HeadFault.of(fault).status(), Cause.PROXY);
        }
        accept(result);
        return true;
    }

    /** What is wrong with a request whose head has that length: how it is framed, or what is here of its body. */
    private int fault(int headBytes) {
        int fault = exchange.requestFraming.request(exchange.facts.request());
        Connection client = exchange.client;
        return fault < 0
                ? fault
                : exchange.requestBody.probe(
                        exchange.requestFraming, client.input(), headBytes, client.available() - headBytes);
    }

    /** A parser for what the configuration allows. */
    private void fit(HttpFrontend settings) {
        boolean fits = fittedTo != null
                && fittedTo.headBytesMax == settings.headBytesMax
                && fittedTo.headersMax == settings.headersMax;
        if (!fits) {
            parser = new RequestHeadParser(exchange.headBytesMax(settings), settings.headersMax);
        }
        fittedTo = settings;
        parser.tolerant(settings.acceptsUnsafeRequests);
        exchange.requestFraming.tolerant(settings.acceptsUnsafeRequests);
        exchange.requestFraming.acceptsAnyPayload(settings.acceptsAnyPayload);
        exchange.requestFraming.keepsInsecure(settings.keepsInsecure);
    }

    private int parse() {
        Connection client = exchange.client;
        int held = client.available();
        return held == 0 ? RequestHeadParser.INCOMPLETE : parser.parse(client.input(), held, exchange.facts.request());
    }

    /** A bufferful may be the beginning of much more. */
    private void noteLength() {
        if (exchange.client.available() >= exchange.headBytesMax(exchange.frontend.http)) {
            exchange.leftovers.unseen();
        }
    }

    /** For {@code show errors}. */
    private void keep(HeadFault fault) {
        Connection client = exchange.client;
        String name = exchange.stream.clientSide().connectionSource().toString();
        long epochMicros = exchange.context.process.clock().epochMicros();
        exchange.frontend
                .state()
                .badRequest()
                .note(BadMessage.of(
                        client.input(),
                        client.available(),
                        parser.position(),
                        fault,
                        epochMicros,
                        -1,
                        "backend <NONE> (#-1), server <NONE> (#-1)",
                        name));
    }

    private boolean receive(long deadlineNs) {
        try {
            long silenceNs = exchange.deadline(exchange.frontend.clientTimeoutMs);
            if (exchange.client.receive(Math.min(deadlineNs, silenceNs)) != Connection.END_OF_STREAM) {
                return true;
            }
            return refuse(400, Cause.CLIENT);
        } catch (ConnectionFailure failure) {
            boolean isLate = failure.kind() == ConnectionFailure.Kind.TIMED_OUT;
            return isLate ? refuse(408, Cause.CLIENT_TIMEOUT) : refuse(400, exchange.causeOfClient());
        }
    }

    private void accept(int headBytes) {
        exchange.countStream();
        exchange.session.reached(LogOrigin.ACCEPT);
        exchange.requestHeadBytes = headBytes;
        exchange.facts.hasRequest(true);
        exchange.facts.isForProxy(
                exchange.frontend.http.usesProxyHeader && RequestTarget.isForProxy(exchange.facts.request()));
        exchange.frontend.capturePlan().request(exchange.stream);
        exchange.requestBody.start(exchange.requestFraming);
        if (!exchange.requestBody.isEnded()) {
            exchange.requestWait.begin(headBytes);
        }
        exchange.isHead = exchange.facts.method() == Method.HEAD;
        exchange.facts.requestBodyBytes(exchange.requestFraming.contentLength());
        exchange.keepsClient =
                exchange.requestFraming.isKeepAlive() && exchange.frontend.http.connectionMode != ConnectionMode.CLOSE;
        exchange.ledger.countRequest(headBytes);
    }

    /** A request that cannot be read: answered, and the connection closed. */
    private boolean refuse(int status, Cause cause) {
        boolean isNull = exchange.client.available() == 0;
        if (exchange.frontend.http.ignoresProbes && isNull) {
            exchange.session.forgoLog(); // nobody has asked for anything
            return false;
        }
        if (!isNull || !exchange.frontend.log.ignoresNull()) {
            exchange.countStream();
        }
        parser.reset();
        exchange.ledger.countRefusal(status, cause == Cause.CLIENT_TIMEOUT, isNull);
        boolean isNamed = exchange.frontend.isHttp; // in mode tcp HAProxy's line says the same of all of these
        exchange.stream.ended(isNamed ? cause : Cause.PROXY, Phase.REQUEST);
        exchange.answer.early(status);
        return false;
    }

    /** No request came in time. */
    void refuseSilence() {
        fit(exchange.frontend.http);
        refuse(408, Cause.CLIENT_TIMEOUT);
    }
}
