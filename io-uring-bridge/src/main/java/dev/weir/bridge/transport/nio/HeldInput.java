package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.ConnectionFailure;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What a connection has received and nobody has taken: one block at most, and none while it is empty. Thread: the loop's. */
final class HeldInput implements BlockPool.Waiter {
    private static final DirectBuffer EMPTY = new UnsafeBuffer(0, 0);

    private final BlockPool pool;
    private final Runnable blockCame;
    private Block block;
    private boolean isAwaited;
    private boolean hasEnded;
    /** What ended receiving; kept, since the kernel tells it once. */
    private ConnectionFailure failure;

    /** @param blockCame called when a block has come that {@link #hasRoom} did not find */
    HeldInput(BlockPool pool, Runnable blockCame) {
        this.pool = pool;
        this.blockCame = blockCame;
    }

    int bytes() {
        return block == null ? 0 : block.readable();
    }

    DirectBuffer view() {
        return block == null ? EMPTY : block.view();
    }

    boolean hasEnded() {
        return hasEnded;
    }

    void end() {
        hasEnded = true;
    }

    /** Null while receiving works. */
    ConnectionFailure failure() {
        return failure;
    }

    /** Whether nothing more will come. */
    boolean isOver() {
        return hasEnded || failure != null;
    }

    void consume(int bytes) {
        if (bytes < 0 || bytes > bytes()) {
            throw new IllegalArgumentException("consume(" + bytes + ") of " + bytes());
        }
        if (bytes > 0) {
            block.consume(bytes);
            releaseIfEmpty();
        }
    }

    /** Whether a block to read into is at hand; if not, one is on its way. */
    boolean hasRoom() {
        if (block == null && !isAwaited) {
            block = pool.borrow(this);
            isAwaited = block == null;
        }
        return block != null;
    }

    boolean isAwaitingBlock() {
        return isAwaited;
    }

    @Override
    public void blockHanded(Block handed) {
        block = handed;
        isAwaited = false;
        blockCame.run();
    }

    /** Reads once, what {@link SocketChannel#read} returns; -1 also for a failure. Only when there is room. */
    int readFrom(SocketChannel channel) {
        try {
            int count = block.readFrom(channel, pool.blockBytes());
            hasEnded = count < 0;
            return count;
        } catch (IOException e) {
            failure = Failures.ofReceive(e);
            return -1;
        } finally {
            releaseIfEmpty();
        }
    }

    /** What is held, now the caller's; null if nothing is. */
    Block take() {
        Block held = block;
        block = null;
        return held;
    }

    /** What {@link #take} gave is held after all. */
    void putBack(Block held) {
        block = held;
    }

    /** A block that is on its way is not wanted any more, nor one that is empty. */
    void stopAwaiting() {
        if (isAwaited) {
            isAwaited = false;
            pool.forget(this);
        }
        releaseIfEmpty();
    }

    private void releaseIfEmpty() {
        if (block != null && block.readable() == 0) {
            release();
        }
    }

    /** Forgets all that is held. */
    void release() {
        if (block != null) {
            pool.giveBack(block);
            block = null;
        }
    }
}
