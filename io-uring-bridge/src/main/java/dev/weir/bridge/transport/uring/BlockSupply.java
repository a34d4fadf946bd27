package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.buffer.BlockPool.NONE;

import dev.weir.bridge.buffer.BlockPool;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.ring.BufferRing;
import dev.weir.bridge.ring.Ring;
import dev.weir.bridge.transport.TransportException;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The way of a loop's blocks: offered to the kernel, filled, lent to connections, given back. When all are out, connections wait
 * in the order of their need; a receive that found none is armed again when there are some. Thread: the loop's.
 */
final class BlockSupply {
    /** The kernel's number for a loop's only buffer group. */
    static final int GROUP = 0;
    /** Blocks that the kernel may fill before we look again: few, so that the same ones are used again while they are in the cache. */
    static final int OFFERED_MAX = 256;

    private final BlockPool pool;
    private final BufferRing ring;
    private final int offeredMax;
    private final ArrayDeque<RingInput> starved = new ArrayDeque<>();
    private final ArrayDeque<RingOutput> senders = new ArrayDeque<>();
    private final UnsafeBuffer from = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer to = new UnsafeBuffer(0, 0);
    private final BlockChain emptyChain;
    private final FreeList<BlockChain> chains;
    private int offered;
    private long exhaustions;

    BlockSupply(BlockPool pool, BufferRing ring, int offeredMax, LongSupplier clock) {
        this.pool = pool;
        this.ring = ring;
        this.offeredMax = offeredMax;
        this.emptyChain = new BlockChain(this);
        this.chains = new FreeList<>(clock, () -> new BlockChain(this));
    }

    /** @throws TransportException if the kernel takes no buffer ring */
    static BlockSupply open(Kernel kernel, Ring ring, BlockPool pool, LoopMemory memory, LongSupplier clock)
            throws TransportException {
        BufferRing offers = new BufferRing(kernel, ring.fd(), GROUP, OFFERED_MAX, memory.bufferRing());
        // Of a few blocks the kernel may not have all: sessions need some to send from.
        return new BlockSupply(pool, offers, Math.min(OFFERED_MAX, Math.max(1, pool.available() / 2)), clock);
    }

    BlockPool pool() {
        return pool;
    }

    /** Blocks that connections hold. */
    int lent() {
        return pool.lent() - offered;
    }

    /** How often the kernel found no block for what it had received. */
    long exhaustions() {
        return exhaustions;
    }

    /** Before every kernel entry: lets the kernel have what it may fill meanwhile. */
    void offer() {
        while (offered < offeredMax) {
            int block = pool.take();
            if (block == NONE) {
                break;
            }
            ring.offer(pool.address(block), pool.blockBytes(), block);
            offered++;
        }
        ring.publish();
        if (!starved.isEmpty()) {
            feed();
        }
    }

    /** As many as there are blocks; each arms its receive again. */
    private void feed() {
        for (int left = Math.min(offered, starved.size()); left > 0; left--) {
            starved.poll().unstarve();
        }
    }

    /** The kernel filled a block that was offered. */
    void arrived() {
        offered--;
    }

    /** Whether there is a block for bytes of our own. */
    boolean hasFree() {
        int block = pool.take();
        if (block != NONE) {
            pool.giveBack(block);
        }
        return block != NONE;
    }

    /** Whether somebody waits for a block to come back. */
    boolean isAwaited() {
        return !senders.isEmpty() || !starved.isEmpty();
    }

    /** A block for bytes of our own, or {@link BlockPool#NONE}: then the connection is handed one when its turn has come. */
    int takeOrQueue(RingOutput sender) {
        int block = pool.take();
        if (block == NONE) {
            senders.add(sender);
        }
        return block;
    }

    void giveBack(int block) {
        if (senders.isEmpty()) {
            pool.giveBack(block);
        } else {
            senders.poll().blockHanded(block);
        }
    }

    void starve(RingInput connection) {
        exhaustions++;
        starved.add(connection);
    }

    void forget(RingInput starving) {
        starved.remove(starving);
    }

    void leaveQueue(RingOutput sender) {
        senders.remove(sender);
    }

    /** What connections without input share; nothing may be added to it. */
    BlockChain emptyChain() {
        return emptyChain;
    }

    /** For input that is there now. */
    BlockChain takeChain() {
        return chains.take();
    }

    /** An empty chain comes back; returns what the connection has instead. */
    BlockChain giveBack(BlockChain chain) {
        if (chain != emptyChain) {
            chains.giveBack(chain);
        }
        return emptyChain;
    }

    void copy(DirectBuffer source, int offset, long target, int bytes) {
        to.wrap(target, bytes);
        to.putBytes(0, source, offset, bytes);
    }

    void move(long source, long target, int bytes) {
        from.wrap(source, bytes);
        to.wrap(target, bytes);
        to.putBytes(0, from, 0, bytes);
    }
}
