package dev.weir.proxy.http;

import dev.weir.bridge.transport.Forward;
import dev.weir.protocol.http1.ChunkedDecoder;
import dev.weir.protocol.http1.Framing;
import org.agrona.DirectBuffer;

/** How far one message's body has been passed on, and what of the bytes that are held belongs to it. Thread: the exchange's. Reused. */
final class Body {
    private final ChunkedDecoder chunks;
    /** Looks ahead. */
    private final ChunkedDecoder probe;

    private Framing.Body kind = Framing.Body.NONE;
    private long left;
    private boolean isEnded;
    private int fault;

    Body(int bufferBytes) {
        chunks = new ChunkedDecoder(bufferBytes);
        probe = new ChunkedDecoder(bufferBytes);
    }

    void start(Framing framing) {
        kind = framing.body();
        left = kind == Framing.Body.LENGTH ? framing.contentLength() : 0;
        isEnded = kind == Framing.Body.NONE || kind == Framing.Body.LENGTH && left == 0;
        fault = 0;
        if (kind == Framing.Body.CHUNKED) {
            chunks.reset();
        }
    }

    /**
     * Looks at what is held behind a head that has just been read: a message that breaks the rules so soon is refused as a whole.
     *
     * @return 0, or the code of a {@link dev.weir.protocol.http1.HeadFault}
     */
    int probe(Framing framing, DirectBuffer bytes, int offset, int length) {
        if (framing.body() != Framing.Body.CHUNKED || length == 0) {
            return 0;
        }
        probe.reset();
        return Math.min(0, probe.walk(bytes, offset, length, null));
    }

    /** There is none, as long as no head says otherwise. */
    void forget() {
        kind = Framing.Body.NONE;
        isEnded = true;
        fault = 0;
    }

    /** Whether {@link #take} leaves out what stands behind the last chunk, which {@link #drop} then passes over. */
    void dropsTrailers(boolean dropsTrailers) {
        chunks.leaveTrailers(dropsTrailers);
    }

    /** Nothing of it is left. */
    boolean isEnded() {
        return isEnded;
    }

    /** Whether it breaks the rules of chunked coding. */
    boolean isFaulty() {
        return fault != 0;
    }

    /** How many of these bytes, which come next, are part of it and to be passed on; 0 if it is faulty. */
    int take(DirectBuffer bytes, int offset, int length) {
        return switch (kind) {
            case NONE -> 0;
            case LENGTH -> counted(length);
            case CHUNKED -> chunked(bytes, offset, length);
            case UNTIL_CLOSE -> length;
        };
    }

    private int counted(int length) {
        int taken = (int) Math.min(left, length);
        passed(taken);
        return taken;
    }

    private int chunked(DirectBuffer bytes, int offset, int length) {
        int taken = chunks.walk(bytes, offset, length, null);
        if (taken < 0) {
            fault = taken;
            return 0;
        }
        isEnded = chunks.isDone();
        return taken;
    }

    /** How many of these bytes, which come next, are part of it and not to be passed on. */
    int drop(DirectBuffer bytes, int offset, int length) {
        int dropped = kind == Framing.Body.CHUNKED && length > 0 && !isEnded && !isFaulty()
                ? chunks.walkTrailers(bytes, offset, length)
                : 0;
        fault = Math.min(fault, dropped);
        return Math.max(0, dropped);
    }

    /** How many bytes come next that may be passed on unseen; 0 if the next one has to be looked at. */
    long ahead() {
        return switch (kind) {
            case NONE -> 0;
            case LENGTH -> left;
            case CHUNKED -> chunks.dataAhead();
            case UNTIL_CLOSE -> Forward.TO_END;
        };
    }

    /** They were passed on unseen. */
    void passed(long bytes) {
        if (kind == Framing.Body.CHUNKED) {
            chunks.skip(bytes);
        } else if (kind == Framing.Body.LENGTH) {
            left -= bytes;
            isEnded = left == 0;
        }
    }

    /** The sender has ended its stream. @return whether the body is whole */
    boolean endOfStream() {
        isEnded |= kind == Framing.Body.UNTIL_CLOSE;
        return isEnded;
    }
}
