package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.SocketAddress;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the kernel reads beside an entry of the submission queue: struct msghdr and struct iovec of a send that gathers several
 * blocks, or the address to connect to. One place for each entry, since the kernel has read it when it has taken the entry
 * (IORING_FEAT_SUBMIT_STABLE). Thread: the loop's.
 */
final class EntryMemory {
    private static final int BLOCKS_MAX = 12;
    private static final int HEADER_BYTES = 56;
    private static final int VECTOR_BYTES = 16;
    private static final int PLACE_BYTES = 256;

    private final UnsafeBuffer memory;

    EntryMemory(long address, int entries) {
        memory = new UnsafeBuffer(address, bytes(entries));
    }

    static int bytes(int entries) {
        return entries * PLACE_BYTES;
    }

    /** Copies a socket address of at most {@link SocketAddress#LENGTH_MAX} bytes, and returns where it is now. */
    long copyAddress(int index, SocketAddress address) {
        int place = index * PLACE_BYTES;
        memory.putBytes(place, address.bytes(), 0, address.length());
        return memory.addressOffset() + place;
    }

    /** Lists the first blocks of a chain, and returns how many bytes they hold. */
    int gather(int index, BlockChain chain) {
        int place = index * PLACE_BYTES;
        int vector = place + HEADER_BYTES + 8;
        int count = 0;
        int length = 0;
        for (int block = chain.head(); count < chain.blocks() && count < BLOCKS_MAX; block = chain.next(block)) {
            memory.putLong(vector, chain.address(block));
            memory.putLong(vector + 8, chain.length(block));
            length += chain.length(block);
            vector += VECTOR_BYTES;
            count++;
        }
        header(place, count);
        return length;
    }

    /** struct msghdr: name, length of the name, vectors, their count, control, its length, flags. */
    private void header(int place, int vectors) {
        memory.putLong(place, 0);
        memory.putLong(place + 8, 0);
        memory.putLong(place + 16, memory.addressOffset() + place + HEADER_BYTES + 8);
        memory.putLong(place + 24, vectors);
        memory.putLong(place + 32, 0);
        memory.putLong(place + 40, 0);
        memory.putLong(place + 48, 0);
    }

    /** Address of an entry's struct msghdr. */
    long header(int index) {
        return memory.addressOffset() + (long) index * PLACE_BYTES;
    }
}
