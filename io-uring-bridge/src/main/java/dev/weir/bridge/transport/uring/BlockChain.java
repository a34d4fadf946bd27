package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.buffer.BlockPool.NONE;

import dev.weir.bridge.buffer.BlockPool;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bytes on their way through a connection, in a chain of blocks: what arrived and nobody has taken, or what was written and the
 * kernel has not taken. Thread: the loop's. Memory: the blocks are borrowed from the loop's pool and given back as soon as
 * their last byte is consumed.
 */
final class BlockChain {
    private final BlockSupply supply;
    private final BlockPool pool;
    private int head = NONE;
    private int tail = NONE;
    private int blocks;
    private int bytes;

    BlockChain(BlockSupply supply) {
        this.supply = supply;
        this.pool = supply.pool();
    }

    /** The first block, or {@link BlockPool#NONE}. */
    int head() {
        return head;
    }

    int blocks() {
        return blocks;
    }

    int bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return head == NONE;
    }

    /** Address of the first unread byte; there must be one. */
    long headAddress() {
        return address(head);
    }

    /** Unread bytes of the first block; there must be one. */
    int headLength() {
        return pool.length(head);
    }

    /** The block that follows, or {@link BlockPool#NONE}. */
    int next(int block) {
        return pool.next(block);
    }

    /** Address of the first unread byte of a block. */
    long address(int block) {
        return pool.address(block) + pool.offset(block);
    }

    /** Unread bytes of a block. */
    int length(int block) {
        return pool.length(block);
    }

    /** Adds a block as it came from the kernel. */
    void append(int block, int length) {
        pool.fill(block, 0, length);
        pool.next(block, NONE);
        if (tail == NONE) {
            head = block;
        } else {
            pool.next(tail, block);
        }
        tail = block;
        blocks++;
        bytes += length;
    }

    /** How many bytes fit behind the last one without another block. */
    int room() {
        return tail == NONE ? 0 : pool.blockBytes() - pool.offset(tail) - pool.length(tail);
    }

    /** Adds the first bytes of another chain behind the last one, and takes them from there; there must be {@link #room} for them. */
    void appendCopyOf(BlockChain other, int length) {
        int from = pool.offset(tail);
        int held = pool.length(tail);
        supply.move(other.headAddress(), pool.address(tail) + from + held, length);
        pool.fill(tail, from, held + length);
        bytes += length;
        other.consume(length);
    }

    /** Adds bytes behind the last one; there must be {@link #room} for them. */
    void appendCopy(DirectBuffer source, int offset, int length) {
        int from = pool.offset(tail);
        int held = pool.length(tail);
        supply.copy(source, offset, pool.address(tail) + from + held, length);
        pool.fill(tail, from, held + length);
        bytes += length;
    }

    /** Takes over the first block of another chain; there must be one. */
    void appendHeadOf(BlockChain other) {
        int block = other.head;
        int length = pool.length(block);
        int offset = pool.offset(block);
        other.unlinkHead();
        other.bytes -= length;
        append(block, length);
        pool.fill(block, offset, length);
    }

    /**
     * Adds bytes behind the last ones, if there is room: a peer that sends byte by byte must not hold a block for each. What is
     * held already stays where it is, since somebody may look at it.
     */
    void appendCompactly(int block, int length) {
        if (room() < length) {
            append(block, length);
            return;
        }
        int from = pool.offset(tail);
        int held = pool.length(tail);
        supply.move(pool.address(block), pool.address(tail) + from + held, length);
        pool.fill(tail, from, held + length);
        bytes += length;
        supply.giveBack(block);
    }

    /** Lets a view show the first held bytes, contiguous: all of them, or as many as one block takes. */
    void show(UnsafeBuffer view) {
        if (head == NONE) {
            view.wrap(0, 0);
        } else {
            gather();
            view.wrap(headAddress(), headLength());
        }
    }

    /** Puts what follows into the first block, until that is full. */
    private void gather() {
        while (blocks > 1 && headLength() < pool.blockBytes()) {
            int second = pool.next(head);
            int moved = Math.min(pool.length(second), pool.blockBytes() - headLength());
            if (pool.offset(head) + headLength() + moved > pool.blockBytes()) {
                supply.move(headAddress(), pool.address(head), headLength());
                pool.fill(head, 0, headLength());
            }
            supply.move(address(second), headAddress() + headLength(), moved);
            pool.fill(head, pool.offset(head), headLength() + moved);
            pool.consume(second, moved);
            if (pool.length(second) == 0) {
                dropSecond(second);
            }
        }
    }

    private void dropSecond(int second) {
        pool.next(head, pool.next(second));
        tail = tail == second ? head : tail;
        blocks--;
        supply.giveBack(second);
    }

    void consume(int count) {
        if (count > bytes) {
            throw new IllegalArgumentException("consumes " + count + " of " + bytes + " bytes");
        }
        int left = count;
        while (left > 0) {
            int taken = Math.min(left, headLength());
            pool.consume(head, taken);
            bytes -= taken;
            left -= taken;
            if (headLength() == 0) {
                dropHead();
            }
        }
    }

    private void dropHead() {
        int block = head;
        unlinkHead();
        supply.giveBack(block);
    }

    private void unlinkHead() {
        head = pool.next(head);
        if (head == NONE) {
            tail = NONE;
        }
        blocks--;
    }

    void clear() {
        consume(bytes);
    }
}
