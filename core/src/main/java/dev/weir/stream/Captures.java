package dev.weir.stream;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Values that outlive what they were taken from: numbered slots of bytes, each empty until it is filled. Reused from exchange to
 * exchange; arrays only grow. Owned by the stream's thread.
 */
public final class Captures {
    private static final byte[] NOTHING = new byte[0];

    private byte[][] bytes = {};
    private int[] lengths = {};

    /** Forgets all values. */
    public void clear() {
        Arrays.fill(lengths, -1);
    }

    public boolean has(int slot) {
        return slot >= 0 && slot < lengths.length && lengths[slot] >= 0;
    }

    /** Bytes of a slot; only the first {@link #length} count. */
    public byte[] bytes(int slot) {
        return bytes[slot];
    }

    /** -1 for a slot without a value. */
    public int length(int slot) {
        return lengths[slot];
    }

    public void wrapInto(int slot, UnsafeBuffer view) {
        view.wrap(bytes[slot], 0, lengths[slot]);
    }

    /** Fills a slot with a copy of at most {@code bytesMax} bytes. */
    public void set(int slot, DirectBuffer source, int offset, int length, int bytesMax) {
        if (slot >= lengths.length) {
            grow(slot + 1);
        }
        int taken = Math.min(length, bytesMax);
        if (bytes[slot].length < taken) {
            bytes[slot] = new byte[Math.max(32, taken)];
        }
        source.getBytes(offset, bytes[slot], 0, taken);
        lengths[slot] = taken;
    }

    private void grow(int count) {
        int before = lengths.length;
        bytes = Arrays.copyOf(bytes, count);
        Arrays.fill(bytes, before, count, NOTHING);
        lengths = Arrays.copyOf(lengths, count);
        Arrays.fill(lengths, before, count, -1);
    }

    void set(int slot, MessageHead head, long slice, int bytesMax) {
        set(slot, head.bytes(slice), Slice.offset(slice), Slice.length(slice), bytesMax);
    }
}
