package dev.weir.bridge.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.transport.TransportException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A provided-buffer ring: the blocks that the kernel may fill, in the order in which we offer them. An entry is 16 bytes:
 * address u64, length u32 at 8, block id u16 at 12; the tail is the u16 at 14 of the first entry.
 * Thread: the loop's, after set-up.
 */
public final class BufferRing {
    private static final int ENTRY_BYTES = 16;
    private static final int TAIL = 14;

    private final UnsafeBuffer ring;
    private final int mask;
    private final int group;
    private short tail;
    private short publishedTail;

    /** {@code entries}: a power of two, at most 32,768. Must be made before the ring is enabled or by its owner. */
    public BufferRing(Kernel kernel, int ringFd, int group, int entries, long pageAlignedMemory)
            throws TransportException {
        this.group = group;
        mask = entries - 1;
        ring = new UnsafeBuffer(pageAlignedMemory, entries * ENTRY_BYTES);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment registration = arena.allocate(40, 8);
            registration.set(JAVA_LONG, 0, pageAlignedMemory);
            registration.set(JAVA_INT, 8, entries);
            registration.set(JAVA_SHORT, 12, (short) group);
            int result = kernel.ioUringRegister(ringFd, UringConstants.REGISTER_PBUF_RING, registration.address(), 1);
            if (result < 0) {
                throw new TransportException("registering a buffer ring: " + Errno.text(-result), -result);
            }
        }
    }

    /** Bytes of memory that a ring of this size needs. */
    public static int bytes(int entries) {
        return entries * ENTRY_BYTES;
    }

    public int group() {
        return group;
    }

    /** Offers a block; {@link #publish} makes it visible. */
    public void offer(long address, int length, int block) {
        int at = (tail++ & mask) * ENTRY_BYTES;
        ring.putLong(at, address);
        ring.putInt(at + 8, length);
        ring.putShort(at + 12, (short) block);
    }

    public void publish() {
        if (tail != publishedTail) {
            ring.putShortVolatile(TAIL, tail);
            publishedTail = tail;
        }
    }
}
