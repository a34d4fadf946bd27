package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http1.Framing;
import dev.weir.stats.Counter;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Waits for a request's body, as much as was asked for and fits behind its head, so that rules may look at it: {@code
 * http-request wait-for-body}, {@code option http-buffer-request}. Thread: the exchange's.
 */
final class RequestBodyWait extends HeldBody {
    private static final UnsafeBuffer CONTINUE =
            new UnsafeBuffer("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

    /** The client went in the middle of it. */
    private boolean isCut;

    RequestBodyWait(Exchange exchange) {
        super(exchange);
    }

    @Override
    void forget() {
        super.forget();
        isCut = false;
    }

    @Override
    Connection sender() {
        return exchange.client;
    }

    @Override
    Framing framing() {
        return exchange.requestFraming;
    }

    @Override
    void show(DirectBuffer from, int offset, int length) {
        exchange.facts.showRequestBody(from, offset, length);
    }

    /**
     * @param timeoutMs 0 for as long as the client may be silent
     * @param wantedBytes how much is enough, 0 for all that a buffer holds
     * @return false if the exchange is over: the client was too slow, or sent what is no body. One that goes is found out when the
     *     rules are through ({@link #isPassable})
     */
    boolean run(long timeoutMs, long wantedBytes) {
        if (!isOpen()) {
            return true;
        }
        if (!answersExpectation()) {
            return false;
        }
        long deadlineNs = exchange.deadline(timeoutMs);
        while (!isCut && !isEnough(wantedBytes)) {
            if (!receive(deadlineNs)) {
                return false;
            }
        }
        exchange.refresh();
        return !isFaulty() || refuse();
    }

    /** The rules are through. @return false if the client went while its body was awaited, which ends the exchange now */
    boolean isPassable() {
        return !isCut || aborted(exchange.causeOfClient());
    }

    /** Who waits for a permission to send the body gets it from here. */
    private boolean answersExpectation() {
        if (!exchange.requestFraming.expectsContinue()) {
            return true;
        }
        exchange.requestFraming.continued();
        exchange.facts.request().removeAll(FieldName.EXPECT);
        try {
            exchange.client.write(
                    CONTINUE, 0, CONTINUE.capacity(), exchange.deadline(exchange.frontend.clientTimeoutMs));
            return true;
        } catch (ConnectionFailure failure) {
            return aborted(exchange.causeOfClient());
        }
    }

    private boolean receive(long deadlineNs) {
        long silenceNs = exchange.deadline(exchange.stream.timeouts().clientMs());
        try {
            if (exchange.client.receive(Math.min(deadlineNs, silenceNs)) != Connection.END_OF_STREAM) {
                return true;
            }
            isCut = true;
            return true;
        } catch (ConnectionFailure failure) {
            return failure.kind() == ConnectionFailure.Kind.TIMED_OUT ? isLate() : isGone();
        }
    }

    /** Rules go on with what there is, as under HAProxy, unless the session was killed. */
    private boolean isGone() {
        isCut = true;
        return exchange.session.killCause() == null || aborted(exchange.causeOfClient());
    }

    private boolean refuse() {
        exchange.keepsClient = false;
        exchange.ledger.count(Counter.REQUEST_ERRORS);
        exchange.stream.ended(Cause.PROXY, Phase.REQUEST);
        exchange.answer.page(400);
        return false;
    }

    private boolean isLate() {
        exchange.refresh();
        exchange.keepsClient = false;
        exchange.ledger.count(Counter.REQUEST_ERRORS);
        exchange.stream.ended(Cause.CLIENT_TIMEOUT, Phase.REQUEST);
        exchange.answer.page(408);
        return false;
    }

    private boolean aborted(Cause cause) {
        exchange.refresh();
        exchange.ledger.countAbort();
        exchange.stream.ended(cause, Phase.REQUEST);
        exchange.answer.unsent(400);
        return false;
    }
}
