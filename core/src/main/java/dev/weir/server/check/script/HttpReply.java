package dev.weir.server.check.script;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http1.ChunkedDecoder;
import dev.weir.protocol.http1.Framing;
import dev.weir.protocol.http1.HeadFault;
import dev.weir.protocol.http1.ResponseHeadParser;
import dev.weir.sample.ByteWriter;
import dev.weir.stream.HttpExchange;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The HTTP response of a check, as far as it has come. Reused; one thread. */
final class HttpReply {
    /** Closed set. */
    private enum State {
        HEAD,
        BODY,
        WHOLE,
        /** It is no HTTP response, or ended before it should. */
        BROKEN,
        /** It has a head, which contradicts itself, the request or the body behind it. */
        INVALID
    }

    /** Of a head, and of a body that is looked at. */
    private static final int BYTES_MAX = TransportOptions.BUFFER_BYTES_MIN;

    private static final int FIELDS_MAX = 101;
    private static final int FINAL_STATUS = 200;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final ResponseHeadParser parser = new ResponseHeadParser(BYTES_MAX, FIELDS_MAX);
    private final Framing framing = new Framing();
    private final ChunkedDecoder chunks = new ChunkedDecoder(BYTES_MAX);
    /** Without framing. */
    private final ByteWriter body = new ByteWriter(512, BYTES_MAX);

    private final UnsafeBuffer shown = new UnsafeBuffer(new byte[0]);
    private HttpExchange exchange;
    private State state = State.HEAD;
    private boolean isToHead;
    /** What the answer to an upgrade has to say, or null. */
    private String webSocketAccept;

    /** Before a request is written. @param isTolerant {@code option accept-unsafe-violations-in-http-response} */
    void start(HttpExchange exchange, boolean isTolerant) {
        this.exchange = exchange;
        parser.tolerant(isTolerant);
        framing.tolerant(isTolerant);
        isToHead = false;
        webSocketAccept = null;
        state = State.HEAD;
        body.clear();
        chunks.reset();
        parser.reset();
    }

    /** The request is HEAD. */
    void awaitNoBody(boolean isToHead) {
        this.isToHead = isToHead;
    }

    /** The request asks for an upgrade to WebSocket, with a key that has this answer. */
    void awaitWebSocket(String accept) {
        webSocketAccept = accept;
    }

    /** Takes what has been received. */
    void advance(Connection connection, boolean isEnded) {
        while (state == State.HEAD && connection.available() > 0 && readHead(connection)) {}
        if (state == State.BODY && connection.available() > 0) {
            readBody(connection.input());
            connection.consume(connection.available());
        }
        if (state == State.BODY && isEnded) {
            state = State.WHOLE; // what came of it is judged, though more was announced
        } else if (state == State.HEAD && isEnded) {
            state = State.BROKEN;
        }
        shown.wrap(body.array(), 0, body.length());
        exchange.showResponseBody(shown, 0, body.length());
    }

    /** @return whether another head follows: this one only announced it */
    private boolean readHead(Connection connection) {
        MessageHead head = exchange.response();
        int length = parser.parse(connection.input(), connection.available(), head);
        if (length == 0) {
            return false;
        }
        int fault = length < 0 ? length : framing.response(head, isToHead, false);
        if (length < 0 || isOfLength(fault)) {
            state = State.BROKEN;
            return false;
        }
        head.source(new UnsafeBuffer(ByteStrings.copy(connection.input(), length)));
        connection.consume(length);
        if (head.status() < FINAL_STATUS && head.status() != SWITCHING_PROTOCOLS) {
            head.clear();
            return true;
        }
        exchange.hasResponse(true);
        exchange.status(head.status());
        exchange.responseBodyBytes(framing.contentLength());
        state = fault != 0 || !isWebSocketAccepted(head) ? State.INVALID : isBodyless() ? State.WHOLE : State.BODY;
        return false;
    }

    /** As HAProxy sorts them: such a head is none. */
    private static boolean isOfLength(int fault) {
        return fault == HeadFault.BAD_CONTENT_LENGTH.code() || fault == HeadFault.DIFFERENT_CONTENT_LENGTHS.code();
    }

    private boolean isBodyless() {
        return framing.body() == Framing.Body.NONE && !framing.isTunnel()
                || framing.body() == Framing.Body.LENGTH && framing.contentLength() == 0;
    }

    private boolean isWebSocketAccepted(MessageHead head) {
        if (webSocketAccept == null || head.status() != SWITCHING_PROTOCOLS) {
            return true;
        }
        int field = head.find(FieldName.SEC_WEBSOCKET_ACCEPT, 0);
        return field >= 0 && head.isText(head.value(field), new UnsafeBuffer(ByteStrings.bytes(webSocketAccept)));
    }

    private void readBody(DirectBuffer input) {
        if (framing.body() == Framing.Body.CHUNKED) {
            int walked = chunks.walk(input, 0, input.capacity(), body::put);
            state = walked < 0 ? State.INVALID : chunks.isDone() ? State.WHOLE : State.BODY;
            return;
        }
        boolean isCounted = framing.body() == Framing.Body.LENGTH;
        long wanted = isCounted ? framing.contentLength() - body.length() : Long.MAX_VALUE;
        body.put(input, 0, (int) Math.min(wanted, input.capacity()));
        if (isCounted && body.length() == framing.contentLength()) {
            state = State.WHOLE;
        }
    }

    /** Whether nothing more is wanted: it is whole, or more than what is looked at. */
    boolean isEnough() {
        return state == State.WHOLE || state == State.INVALID || body.isOverflowed();
    }

    boolean isBroken() {
        return state == State.BROKEN;
    }

    boolean isInvalid() {
        return state == State.INVALID;
    }

    /** Null until the head is there. */
    MessageHead head() {
        return exchange.hasResponse() ? exchange.response() : null;
    }

    DirectBuffer body() {
        return shown;
    }
}
