package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http1.ChunkedDecoder;
import dev.weir.protocol.http1.Framing;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Waits for a request's body, as much as was asked for and fits behind its head, so that rules may look at it: {@code
 * wait-for-body}. The body stays where it was received; a chunked one is shown without its framing. Thread: the exchange's.
 */
final class BodyWait {
    private static final UnsafeBuffer CONTINUE =
            new UnsafeBuffer("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

    private final Exchange exchange;
    /** Data of chunks without their framing; null until a chunked body is waited for. */
    private UnsafeBuffer decoded;

    private int decodedBytes;
    private boolean isWhole;
    private boolean isShown;

    BodyWait(Exchange exchange) {
        this.exchange = exchange;
    }

    /** @return false if the exchange is over: the client was too slow, or is gone */
    boolean run() {
        if (exchange.requestBody.isEnded()) {
            return true;
        }
        if (!answersExpectation()) {
            return false;
        }
        long deadlineNs = exchange.deadline(exchange.facts.awaitedMs());
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
            return ends(0, exchange.causeOfClient());
        }
    }

    private boolean receive(long deadlineNs) {
        try {
            if (exchange.client.receive(deadlineNs) != Connection.END_OF_STREAM) {
                return true;
            }
            return ends(400, Cause.CLIENT);
        } catch (ConnectionFailure failure) {
            boolean isLate = failure.kind() == ConnectionFailure.Kind.TIMED_OUT;
            return isLate ? ends(408, Cause.CLIENT_TIMEOUT) : ends(0, exchange.causeOfClient());
        }
    }

    private boolean ends(int status, Cause cause) {
        exchange.refresh();
        exchange.keepsClient = false;
        exchange.stream.ended(cause, Phase.DATA);
        if (status != 0) {
            exchange.answer.page(status);
        }
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
        }
        decodedBytes = 0;
        ChunkedDecoder chunks = new ChunkedDecoder(Connection.INPUT_BYTES_MAX);
        int walked = chunks.walk(exchange.client.input(), exchange.requestHeadBytes, held(), this::append);
        isWhole = walked < 0 || chunks.isDone(); // a fault is found again, and answered, when the body is passed on
    }

    private void append(DirectBuffer bytes, int offset, int length) {
        int fitting = Math.min(length, decoded.capacity() - decodedBytes);
        decoded.putBytes(decodedBytes, bytes, offset, fitting);
        decodedBytes += fitting;
    }

    private boolean isEnough() {
        long wanted = exchange.facts.awaitedBytes();
        boolean isFull = exchange.client.available() >= Connection.INPUT_BYTES_MAX;
        return isWhole || isFull || wanted > 0 && decodedBytes >= wanted;
    }

    private void show() {
        if (exchange.requestFraming.body() == Framing.Body.CHUNKED) {
            exchange.facts.showRequestBody(decoded, 0, decodedBytes, isWhole);
        } else {
            exchange.facts.showRequestBody(exchange.client.input(), exchange.requestHeadBytes, decodedBytes, isWhole);
        }
    }
}
