package dev.weir.protocol.http1;

import dev.weir.protocol.http.MessageHead;
import org.agrona.concurrent.UnsafeBuffer;

/** Lets a whole message through parser, framing and body, as a session would, and says what became of it. */
final class Judge {
    private static final int BUFFER_BYTES = 16384;

    final MessageHead head = Wire.head();
    final Framing framing = new Framing();
    final ChunkedDecoder chunks = new ChunkedDecoder(BUFFER_BYTES);
    private final RequestHeadParser requests = new RequestHeadParser(Wire.HEAD_BYTES_MAX, Wire.HEADERS_MAX);
    private final ResponseHeadParser responses = new ResponseHeadParser(Wire.HEAD_BYTES_MAX, Wire.HEADERS_MAX);

    Judge tolerant(boolean isTolerant) {
        requests.tolerant(isTolerant);
        responses.tolerant(isTolerant);
        framing.tolerant(isTolerant);
        return this;
    }

    String request(byte[] bytes) {
        return judge(requests, bytes);
    }

    String response(byte[] bytes) {
        return judge(responses, bytes);
    }

    private String judge(HeadParser parser, byte[] message) {
        head.clear();
        parser.reset();
        UnsafeBuffer bytes = Wire.buffer(message);
        int held = Math.min(message.length, BUFFER_BYTES);
        int length = parser.parse(bytes, held, head);
        if (length <= 0) {
            return verdict(length);
        }
        int fault = parser == requests ? framing.request(head) : framing.response(head, false, false);
        return fault != 0 ? verdict(fault) : body(bytes, length, message.length - length);
    }

    private String body(UnsafeBuffer bytes, int offset, int length) {
        return switch (framing.body()) {
            case NONE, UNTIL_CLOSE -> MessageCase.OK;
            case LENGTH -> framing.contentLength() > length ? MessageCase.INCOMPLETE : MessageCase.OK;
            case CHUNKED -> {
                chunks.reset();
                int walked = chunks.walk(bytes, offset, length, null);
                yield walked < 0 ? verdict(walked) : chunks.isDone() ? MessageCase.OK : MessageCase.INCOMPLETE;
            }
        };
    }

    private static String verdict(int code) {
        return code == HeadParser.INCOMPLETE
                ? MessageCase.INCOMPLETE
                : HeadFault.of(code).name();
    }
}
