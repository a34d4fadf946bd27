package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.protocol.http1.ChunkedDecoder;
import dev.weir.protocol.http1.Framing;
import dev.weir.stream.BodyView;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What is held of a message's body behind its head, for rules to look at. It stays where it was received; a chunked one is shown
 * without its framing. Thread: the exchange's.
 */
abstract class HeldBody implements BodyView {
    private static final DirectBuffer NOTHING = new UnsafeBuffer(new byte[0]);

    final Exchange exchange;
    /** Data of chunks without their framing; null until somebody looks at a chunked body. */
    private UnsafeBuffer decoded;

    private ChunkedDecoder chunks;
    private final ChunkedDecoder.Pieces pieces = this::append;
    private int headBytes;
    private int bytes;
    private boolean isOpen;
    private boolean isWhole;
    private boolean isFaulty;

    HeldBody(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Where the message comes from. */
    abstract Connection sender();

    abstract Framing framing();

    abstract void show(DirectBuffer from, int offset, int length);

    /** There is a body, whose first byte is that far from the first one held. */
    void begin(int headBytes) {
        this.headBytes = headBytes;
        isOpen = true;
        isFaulty = false;
    }

    /** The message's bytes are given up: nobody may look at them any more. */
    void forget() {
        if (isOpen) {
            isOpen = false;
            show(NOTHING, 0, 0);
        }
    }

    boolean isOpen() {
        return isOpen;
    }

    @Override
    public void look() {
        if (isOpen) {
            measure();
            boolean isChunked = framing().body() == Framing.Body.CHUNKED;
            show(isChunked ? decoded : sender().input(), isChunked ? 0 : headBytes, bytes);
        }
    }

    /** Whether what is held of it cannot be read. */
    boolean isFaulty() {
        return isFaulty;
    }

    /** Whether there is no more to come, no room for more, or as much as is wanted; 0 wants all. */
    boolean isEnough(long wantedBytes) {
        measure();
        boolean isFull = sender().available() >= sender().inputBytesMax();
        return isWhole || isFull || wantedBytes > 0 && bytes >= wantedBytes;
    }

    private void measure() {
        int held = sender().available() - headBytes;
        switch (framing().body()) {
            case CHUNKED -> decode(held);
            case LENGTH ->
                measured(
                        (int) Math.min(held, framing().contentLength()),
                        framing().contentLength());
            case UNTIL_CLOSE -> measured(held, sender().inputEnded() ? held : Long.MAX_VALUE);
            case NONE -> measured(0, 0);
        }
    }

    private void measured(int held, long whole) {
        bytes = held;
        isWhole = held == whole;
    }

    /** From the first chunk on each time: it is a bufferful at most, and the exchange's own decoder has to see it all later. */
    private void decode(int held) {
        if (decoded == null) {
            decoded = new UnsafeBuffer(new byte[sender().inputBytesMax()]);
            chunks = new ChunkedDecoder(sender().inputBytesMax());
        }
        bytes = 0;
        chunks.reset();
        int walked = chunks.walk(sender().input(), headBytes, held, pieces);
        isFaulty = walked < 0;
        isWhole = isFaulty || chunks.isDone();
    }

    private void append(DirectBuffer from, int offset, int length) {
        int fitting = Math.min(length, decoded.capacity() - bytes);
        decoded.putBytes(bytes, from, offset, fitting);
        bytes += fitting;
    }
}
