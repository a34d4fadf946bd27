package dev.weir.bridge.buffer;

/**
 * The receive blocks of one loop: a reserved stretch of memory whose pages come only when a block is first used, handed out
 * last in, first out, so that a lightly loaded loop touches few. Beside each block stand where its bytes begin, how many they
 * are and which block follows, so that chains of blocks need no objects. Thread: the loop's.
 */
public final class BlockPool {
    /** No block. */
    public static final int NONE = -1;

    private final long memory;
    private final int blockBytes;
    private final int blocksMax;
    private final int[] free;
    private final int[] next;
    private final int[] offset;
    private final int[] length;
    private int freeCount;
    /** Blocks from here on were never used: they are not on the stack, so that the arrays of a big pool stay untouched. */
    private int fresh;

    private int lent;

    /** @param memory address of {@code blockBytes * blocksMax} bytes that the caller owns */
    public BlockPool(long memory, int blockBytes, int blocksMax) {
        this.memory = memory;
        this.blockBytes = blockBytes;
        this.blocksMax = blocksMax;
        free = new int[blocksMax];
        next = new int[blocksMax];
        offset = new int[blocksMax];
        length = new int[blocksMax];
    }

    public int blockBytes() {
        return blockBytes;
    }

    /** Blocks that are out: lent to connections or offered to the kernel. */
    public int lent() {
        return lent;
    }

    public int available() {
        return blocksMax - lent;
    }

    /** A block, or {@link #NONE} when all are out. */
    public int take() {
        int block;
        if (freeCount > 0) {
            block = free[--freeCount];
        } else if (fresh < blocksMax) {
            block = fresh++;
        } else {
            return NONE;
        }
        lent++;
        next[block] = NONE;
        offset[block] = 0;
        length[block] = 0;
        return block;
    }

    public void giveBack(int block) {
        free[freeCount++] = block;
        lent--;
    }

    /** Where the block begins in memory. */
    public long address(int block) {
        return memory + (long) block * blockBytes;
    }

    public int next(int block) {
        return next[block];
    }

    public void next(int block, int following) {
        next[block] = following;
    }

    /** Index of the first unread byte. */
    public int offset(int block) {
        return offset[block];
    }

    public int length(int block) {
        return length[block];
    }

    /** Sets the stretch of unread bytes. */
    public void fill(int block, int from, int bytes) {
        offset[block] = from;
        length[block] = bytes;
    }

    /** Takes bytes from the front. */
    public void consume(int block, int bytes) {
        offset[block] += bytes;
        length[block] -= bytes;
    }
}
