package dev.weir.protocol.http1;

import dev.weir.protocol.http.MessageHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Bytes of messages in native memory, and heads as text to compare. */
final class Wire {
    static final int HEAD_BYTES_MAX = 15360;
    static final int HEADERS_MAX = 101;

    private Wire() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A buffer of exactly these bytes, so that reading behind them would be seen. */
    static UnsafeBuffer buffer(byte[] bytes) {
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
        buffer.putBytes(0, bytes);
        return buffer;
    }

    static MessageHead head() {
        return new MessageHead(HEADERS_MAX, 16384);
    }

    /** All that a head holds, one piece a line. */
    static String describe(MessageHead head) {
        StringBuilder text = new StringBuilder();
        text.append(head.text(head.method()))
                .append('|')
                .append(head.text(head.target()))
                .append('|');
        text.append(head.status()).append('|').append(head.text(head.reason())).append('|');
        text.append(Integer.toHexString(head.version())).append('\n');
        for (int field = 0; field < head.fieldCount(); field++) {
            text.append(head.text(head.name(field))).append('=').append(head.text(head.value(field)));
            text.append('#').append(Integer.toHexString(head.nameHash(field))).append('\n');
        }
        return text.toString();
    }
}
