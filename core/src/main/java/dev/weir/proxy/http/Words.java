package dev.weir.proxy.http;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Values of fields that the proxy writes. */
final class Words {
    static final DirectBuffer CLOSE = of("close");
    static final DirectBuffer KEEP_ALIVE = of("keep-alive");

    private Words() {}

    private static DirectBuffer of(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
