package dev.weir.stream;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What has been received of one direction and not yet been forwarded: a borrowed view that the session sets before it
 * evaluates rules and clears before it consumes. Owned by the stream's thread.
 */
public final class InputView {
    private static final DirectBuffer EMPTY = new UnsafeBuffer(new byte[0]);

    private DirectBuffer bytes = EMPTY;
    private int length;
    private boolean isEnded;
    private boolean isFull;

    /**
     * Shows input.
     *
     * @param bytes the first {@code length} bytes count
     * @param isEnded nothing more will come
     * @param isFull nothing more fits
     */
    public void show(DirectBuffer bytes, int length, boolean isEnded, boolean isFull) {
        this.bytes = bytes;
        this.length = length;
        this.isEnded = isEnded;
        this.isFull = isFull;
    }

    public void clear() {
        show(EMPTY, 0, false, false);
    }

    public DirectBuffer bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public boolean isEnded() {
        return isEnded;
    }

    public boolean isFull() {
        return isFull;
    }

    /** Whether waiting can bring more bytes. */
    public boolean mayGrow() {
        return !isEnded && !isFull;
    }
}
