package dev.weir.stream;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http1.RequestHeadParser;
import dev.weir.protocol.http1.ResponseHeadParser;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Streams in the middle of an HTTP exchange, made of messages as text. */
public final class Exchanges {
    private static final int HEAD_BYTES_MAX = 15360;
    private static final int HEADERS_MAX = 101;

    private Exchanges() {}

    /** Begins the first request of a stream, with what came of its body. */
    public static void request(Stream stream, String message) {
        HttpExchange exchange = stream.exchange(HEADERS_MAX, 16384);
        exchange.start(1);
        UnsafeBuffer bytes = buffer(message);
        int length = parse(new RequestHeadParser(HEAD_BYTES_MAX, HEADERS_MAX), bytes, exchange.request());
        exchange.hasRequest(true);
        exchange.showRequestBody(bytes, length, bytes.capacity() - length);
        exchange.requestBodyBytes(bytes.capacity() - length);
        stream.frontend().capturePlan().request(stream);
    }

    /** Adds the response to the exchange, with what came of its body. */
    public static void response(Stream stream, String message) {
        HttpExchange exchange = stream.http();
        UnsafeBuffer bytes = buffer(message);
        int length =
                new ResponseHeadParser(HEAD_BYTES_MAX, HEADERS_MAX).parse(bytes, bytes.capacity(), exchange.response());
        require(length, message);
        exchange.response().source(bytes);
        exchange.hasRequest(false);
        exchange.hasResponse(true);
        exchange.status(exchange.response().status());
        exchange.showResponseBody(bytes, length, bytes.capacity() - length);
        exchange.responseBodyBytes(bytes.capacity() - length);
        stream.frontend().capturePlan().response(stream);
    }

    private static int parse(RequestHeadParser parser, UnsafeBuffer bytes, MessageHead head) {
        int length = parser.parse(bytes, bytes.capacity(), head);
        require(length, bytes.getStringWithoutLengthAscii(0, bytes.capacity()));
        head.source(bytes);
        return length;
    }

    private static void require(int length, String message) {
        if (length <= 0) {
            throw new IllegalArgumentException("no whole head: " + message);
        }
    }

    private static UnsafeBuffer buffer(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
        buffer.putBytes(0, bytes);
        return buffer;
    }
}
