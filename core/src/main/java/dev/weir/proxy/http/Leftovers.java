package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.stream.Cause;

/**
 * What a client sends of a request that nobody wants any more: it goes, lest it be taken for the next request. Where there is no next
 * one, it goes lest the kernel answer it with a reset, which could take from the client what it was told (RFC 9112 section 9.6).
 * Thread: the exchange's.
 */
final class Leftovers {
    /** A client that is told the end may be silent for so long before it is left. */
    private static final long SILENCE_NS = 5_000 * Exchange.MS_NS;
    /** And may go on for so long. */
    private static final long TOTAL_NS = 30_000 * Exchange.MS_NS;

    private final Exchange exchange;
    /** A request that was refused is longer than what was looked at. */
    private boolean isUnseen;

    Leftovers(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Another request begins. */
    void begin() {
        isUnseen = false;
    }

    /** A request was refused whose end, for all we know, has not come. */
    void unseen() {
        isUnseen = true;
    }

    /** At the end of the exchange. */
    void drop() {
        exchange.requestBody.dropsTrailers(false);
        exchange.keepsClient &= exchange.requestBody.isEnded() || !exchange.requestFraming.expectsContinue();
        if (exchange.keepsClient) {
            skipBody();
        } else if (isTold() && isSending()) {
            linger();
        }
    }

    private void skipBody() {
        while (exchange.keepsClient && !exchange.requestBody.isEnded()) {
            boolean isHere =
                    exchange.client.available() > 0 || receives(exchange.deadline(exchange.frontend.clientTimeoutMs));
            exchange.keepsClient = isHere && take();
        }
    }

    /** @return false if it breaks the rules */
    private boolean take() {
        Connection client = exchange.client;
        client.consume(exchange.requestBody.take(client.input(), 0, client.available()));
        return !exchange.requestBody.isFaulty();
    }

    /** It has an answer, and is there to read it. */
    private boolean isTold() {
        Cause cause = exchange.stream.cause();
        boolean isThere =
                cause != Cause.CLIENT && cause != Cause.CLIENT_TIMEOUT && exchange.session.killCause() == null;
        return isThere && !exchange.frontend.isNolinger && (isUnseen || exchange.ledger.bytesOut > 0);
    }

    private boolean isSending() {
        Connection client = exchange.client;
        boolean isOver = client.inputEnded() || client.inputFailed();
        boolean mayWait = exchange.requestFraming.expectsContinue();
        return !isOver && (isUnseen || !exchange.requestBody.isEnded() && !mayWait);
    }

    private void linger() {
        exchange.client.shutdownOutput();
        long endNs = exchange.loop.nanoTime() + TOTAL_NS;
        do {
            if (!exchange.requestBody.isEnded() && !exchange.requestBody.isFaulty()) {
                take();
            }
            exchange.client.consume(exchange.client.available());
        } while (isSending() && receives(Math.min(endNs, exchange.loop.nanoTime() + SILENCE_NS)));
    }

    private boolean receives(long deadlineNs) {
        try {
            return exchange.client.receive(deadlineNs) != Connection.END_OF_STREAM;
        } catch (ConnectionFailure failure) {
            return false; // nothing was promised to it any more
        }
    }
}
