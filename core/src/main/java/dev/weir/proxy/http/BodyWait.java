package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http1.ChunkedDecoder;
import dev.weir.protocol.http1.Framing;
import dev.weir.stats.Counter;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Waits for a request's body, as much as was asked for and fits behind its head, so that rules may look at it: {@code
 * wait-for-body}, {@code option http-buffer-request}. The body stays where it was received; a chunked one is shown without its framing. Thread: the exchange's.
 */
final class BodyWait {
    private static final UnsafeBuffer CONTINUE =
            new UnsafeBuffer("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

    private final Exchange exchange;
    /** Data of chunks without their framing; null until a chunked body is waited for. */
    private UnsafeBuffer decoded;

    private ChunkedDecoder chunks;
    private final ChunkedDecoder.Pieces pieces = this::append;
    private int decodedBytes;
    private long wantedBytes;
    private boolean isWhole;
    private boolean isShown;

    BodyWait(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * @param timeoutMs 0 for as long as the client may be silent
     * @param wantedBytes how much is enough, 0 for all that a buffer holds
     * @return false if the exchange is over: the client was too slow, or is gone
     */
    boolean run(long timeoutMs, long wantedBytes) {
        this.wantedBytes = wantedBytes;
        if (exchange.requestBody.isEnded()) {
            return true;
        }
        if (!answersExpectation()) {
            return false;
        }
        long deadlineNs = exchange.deadline(timeoutMs);
        look();
        while (!isEnough()) {
            if (!receive(deadlineNs)) {
                return false;
            }
            look();
        }
        isShown = true;
        exchange.refresh();
        return true;
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
            return aborted(Cause.CLIENT);
        } catch (ConnectionFailure failure) {
            return failure.kind() == ConnectionFailure.Kind.TIMED_OUT ? isLate() : aborted(exchange.causeOfClient());
        }
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

    /** What was received may lie elsewhere now. */
    void refresh() {
        if (isShown) {
            show();
        }
    }

    /** The request's bytes are given up: nobody may look at them any more. */
    void forget() {
        if (isShown) {
            isShown = false;
            exchange.facts.forgetRequestBody();
        }
    }

    // ---- what is there ----

    private int held() {
        return exchange.client.available() - exchange.requestHeadBytes;
    }

    private void look() {
        if (exchange.requestFraming.body() == Framing.Body.CHUNKED) {
            decode();
        } else {
            decodedBytes = (int) Math.min(held(), exchange.requestFraming.contentLength());
            isWhole = decodedBytes == exchange.requestFraming.contentLength();
        }
    }

    /** From the first chunk on each time: it is a bufferful at most, and the exchange's own decoder has to see it all later. */
    private void decode() {
        if (decoded == null) {
            decoded = new UnsafeBuffer(new byte[Connection.INPUT_BYTES_MAX]);
            chunks = new ChunkedDecoder(Connection.INPUT_BYTES_MAX);
        }
        decodedBytes = 0;
        chunks.reset();
        int walked = chunks.walk(exchange.client.input(), exchange.requestHeadBytes, held(), pieces);
        isWhole = walked < 0 || chunks.isDone(); // a fault is found again, and answered, when the body is passed on
    }

    private void append(DirectBuffer bytes, int offset, int length) {
        int fitting = Math.min(length, decoded.capacity() - decodedBytes);
        decoded.putBytes(decodedBytes, bytes, offset, fitting);
        decodedBytes += fitting;
    }

    private boolean isEnough() {
        boolean isFull = exchange.client.available() >= Connection.INPUT_BYTES_MAX;
        return isWhole || isFull || wantedBytes > 0 && decodedBytes >= wantedBytes;
    }

    private void show() {
        if (exchange.requestFraming.body() == Framing.Body.CHUNKED) {
            exchange.facts.showRequestBody(decoded, 0, decodedBytes, isWhole);
        } else {
            exchange.facts.showRequestBody(exchange.client.input(), exchange.requestHeadBytes, decodedBytes, isWhole);
        }
    }
}
