package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.protocol.http1.Framing;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;
import org.agrona.DirectBuffer;

/**
 * Waits for a response's body, as much as was asked for and fits behind its head, so that rules may look at it: {@code
 * http-response wait-for-body}. A server that ends too soon is found out when the body is passed on, as under HAProxy. Thread: the
 * exchange's.
 */
final class ResponseBodyWait extends HeldBody {
    ResponseBodyWait(Exchange exchange) {
        super(exchange);
    }

    @Override
    Connection sender() {
        return exchange.link.connection();
    }

    @Override
    Framing framing() {
        return exchange.responseFraming;
    }

    @Override
    void show(DirectBuffer from, int offset, int length) {
        exchange.facts.showResponseBody(from, offset, length);
    }

    /**
     * @param timeoutMs 0 for as long as the server may be silent
     * @param wantedBytes how much is enough, 0 for all that a buffer holds
     * @return false if the exchange is over: the server was too slow, or the client is gone
     */
    boolean run(long timeoutMs, long wantedBytes) {
        if (!isOpen()) {
            return true;
        }
        long deadlineNs = exchange.deadline(timeoutMs);
        Transfer.End end = null;
        while (end == null && !isEnough(wantedBytes)) {
            end = await(deadlineNs);
        }
        return switch (end) {
            case null -> isFaulty() ? refuse() : goesOn();
            case SOURCE_ENDED -> isFaulty() ? refuse() : goesOn();
            case SOURCE_SILENT -> isLate();
            case TARGET_SPOKE, TARGET_FAILED, TARGET_SILENT -> ends();
            case SOURCE_FAILED, WHOLE, FAULTY -> exchange.cause() == null ? goesOn() : ends();
        };
    }

    /** @return null to go on */
    private Transfer.End await(long deadlineNs) {
        if (exchange.cause() != null) {
            return Transfer.End.TARGET_SPOKE;
        }
        long silenceNs = exchange.deadline(exchange.stream.timeouts().serverMs());
        Transfer.End end = exchange.response.await(Math.min(deadlineNs, silenceNs));
        boolean isTurn =
                end == Transfer.End.TARGET_SPOKE && exchange.cause() == null; // of the request, which goes on meanwhile
        return isTurn ? null : end;
    }

    private boolean refuse() {
        exchange.refresh();
        exchange.keepsServer = false;
        exchange.ledger.countResponseError();
        exchange.ledger.countFailure();
        exchange.stream.ended(Cause.PROXY, Phase.HEADERS);
        exchange.answer.page(502);
        return false;
    }

    private boolean goesOn() {
        exchange.refresh();
        return true;
    }

    private boolean isLate() {
        exchange.refresh();
        exchange.keepsServer = false;
        exchange.ledger.countFailure();
        exchange.stream.ended(Cause.SERVER_TIMEOUT, Phase.HEADERS);
        exchange.answer.page(504);
        return false;
    }

    /** Somebody killed the session, or nobody waits for the response any more. */
    private boolean ends() {
        exchange.refresh();
        exchange.keepsServer = false;
        exchange.keepsClient = false;
        exchange.ledger.countAbort();
        exchange.stream.ended(exchange.cause(), Phase.HEADERS);
        return false;
    }
}
