package dev.weir.bridge.transport.nio;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * The receive blocks of one loop: made when first needed, at most {@code blocksMax}, then lent and given back. Who finds none
 * left is queued and handed the next one that comes back, in order: a newcomer does not overtake. Thread: the loop's.
 */
final class BlockPool {
    /** Who waits for a block. */
    interface Waiter {
        /** Now owns the block. Called from the loop's own thread, never inside another call of the pool. */
        void blockHanded(Block block);
    }

    private final int blockBytes;
    private final Executor loop;
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private final Runnable handOut = this::handOut;
    private boolean handsOut;
    private int blocksMax;
    private int blocksMade;
    private int blocksFree;
    private Block free;
    private long exhaustions;

    /** @param loop where waiters are called */
    BlockPool(int blockBytes, int blocksMax, Executor loop) {
        this.blockBytes = blockBytes;
        this.blocksMax = blocksMax;
        this.loop = loop;
    }

    int blockBytes() {
        return blockBytes;
    }

    int lent() {
        return blocksMade - blocksFree;
    }

    /** How often somebody had to wait. */
    long exhaustions() {
        return exhaustions;
    }

    /** An empty block, or null: then the waiter gets one later. */
    Block borrow(Waiter waiter) {
        Block block = waiters.isEmpty() ? take() : null;
        if (block == null) {
            exhaustions++;
            waiters.add(waiter);
        }
        return block;
    }

    /** An empty block, or null: for who can do without. */
    Block borrowIfFree() {
        return waiters.isEmpty() ? take() : null;
    }

    void giveBack(Block block) {
        block.next = free;
        free = block;
        blocksFree++;
        if (!waiters.isEmpty() && !handsOut) {
            handsOut = true;
            loop.execute(handOut);
        }
    }

    /** The waiter does not want one any more. Rare, so it may search. */
    void forget(Waiter waiter) {
        waiters.remove(waiter);
    }

    private void handOut() {
        handsOut = false;
        while (!waiters.isEmpty() && blocksFree > 0) {
            waiters.poll().blockHanded(take());
        }
    }

    private Block take() {
        if (free == null) {
            return make();
        }
        Block block = free;
        free = block.next;
        block.next = null;
        blocksFree--;
        return block.clear();
    }

    private Block make() {
        if (blocksMade >= blocksMax) {
            return null;
        }
        try {
            Block block = new Block(blockBytes);
            blocksMade++;
            return block;
        } catch (OutOfMemoryError e) {
            // The JVM's limit on direct memory is smaller than ours: that is then the limit. With no block at all
            // nothing works.
            if (blocksMade == 0) {
                throw e;
            }
            blocksMax = blocksMade;
            return null;
        }
    }

    /** Frees the memory of what has been given back. */
    void close() {
        for (Block block = free; block != null; block = block.next) {
            block.free();
        }
        blocksMade -= blocksFree;
        blocksFree = 0;
        blocksMax = 0;
        free = null;
    }
}
