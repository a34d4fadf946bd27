package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.ring.BufferRing;
import dev.weir.bridge.ring.Ring;
import dev.weir.bridge.transport.TransportException;

/**
 * All native memory of a loop in one mapping: the buffer ring, a page of small cells, what the kernel reads beside submission
 * entries, and the blocks. Reserved at once, but a page costs memory only when it is first used. Thread: made by any, then the loop's.
 */
final class LoopMemory {
    private static final long PAGE = 4096;
    private static final int PROTECTION_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x2 | 0x20 | 0x4000;

    private final Kernel kernel;
    private final long base;
    private final long bytes;
    private final long cells;
    private final long entries;
    private final long blocks;

    /** For so many blocks and all that a loop on that ring needs beside them. */
    static LoopMemory reserve(Kernel kernel, Ring ring, int blockBytes, int blockCount) throws TransportException {
        return new LoopMemory(
                kernel, BlockSupply.OFFERED_MAX, EntryMemory.bytes(ring.entries()), blockBytes, blockCount);
    }

    private LoopMemory(Kernel kernel, int ringEntries, int entryBytes, int blockBytes, int blockCount)
            throws TransportException {
        this.kernel = kernel;
        long ringBytes = pages(BufferRing.bytes(ringEntries));
        bytes = ringBytes + PAGE + pages(entryBytes) + pages((long) blockBytes * blockCount);
        base = kernel.mmap(bytes, PROTECTION_READ_WRITE, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1, 0);
        if (base < 0 && base > -PAGE) {
            throw new TransportException("mmap of " + bytes + " bytes: " + Errno.text((int) -base), (int) -base);
        }
        cells = base + ringBytes;
        entries = cells + PAGE;
        blocks = entries + pages(entryBytes);
        new org.agrona.concurrent.UnsafeBuffer(oneCell(), 8).putLong(0, 1);
    }

    private static long pages(long bytes) {
        return (bytes + PAGE - 1) / PAGE * PAGE;
    }

    long bufferRing() {
        return base;
    }

    /** Where the eventfd's count is read to. */
    long wakeCell() {
        return cells;
    }

    /** Eight bytes that hold the number 1. */
    long oneCell() {
        return cells + 64;
    }

    /** Sixteen bytes for the time at which the loop wants to wake. */
    long alarmCell() {
        return cells + 128;
    }

    /** Room for the {@link EntryMemory}. */
    long entries() {
        return entries;
    }

    long blocks() {
        return blocks;
    }

    void close() {
        kernel.munmap(base, bytes);
    }
}
