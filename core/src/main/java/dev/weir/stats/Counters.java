package dev.weir.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * All {@link Counter}s of one thing. Each loop writes a cell of its own; who is on no loop shares the last cell. Cells do not
 * share cache lines.
 */
public final class Counters {
    /** For threads that are on no loop. */
    public static final int SHARED = -1;

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int LINE_LONGS = 16;
    private static final int COUNTER_COUNT = Counter.values().length;
    private static final int STRIDE = (COUNTER_COUNT + LINE_LONGS - 1) / LINE_LONGS * LINE_LONGS;

    private final long[] cells;
    private final int loopCount;
    /** What is to be taken from the sums: what they were when they were last set to zero, less what was inherited. */
    private final long[] origins = new long[COUNTER_COUNT];

    public Counters(int loopCount) {
        this.loopCount = loopCount;
        this.cells = new long[LINE_LONGS + (loopCount + 1) * STRIDE];
    }

    public void increment(int loopIndex, Counter counter) {
        add(loopIndex, counter, 1);
    }

    /** On the loop of that index, or from any thread with {@link #SHARED}. */
    public void add(int loopIndex, Counter counter, long amount) {
        if (loopIndex < 0 || loopIndex >= loopCount) {
            CELL.getAndAdd(cells, position(loopCount, counter), amount);
            return;
        }
        int position = position(loopIndex, counter);
        CELL.setOpaque(cells, position, cells[position] + amount);
    }

    /** From any thread; may lag. */
    public long get(Counter counter) {
        return sum(counter) - (long) CELL.getOpaque(origins, counter.ordinal());
    }

    /** What has been counted here in all, whatever was inherited or cleared. From any thread; may lag. */
    public long lifetime(Counter counter) {
        return sum(counter);
    }

    /** Goes on from what another process counted. Any thread, one at a time. */
    public void inherit(Counter counter, long amount) {
        CELL.setOpaque(origins, counter.ordinal(), (long) CELL.getOpaque(origins, counter.ordinal()) - amount);
    }

    /** Begins at zero again. Any thread, one at a time. */
    public void clear() {
        for (Counter counter : Counter.values()) {
            CELL.setOpaque(origins, counter.ordinal(), sum(counter));
        }
    }

    private long sum(Counter counter) {
        long sum = 0;
        for (int cell = 0; cell <= loopCount; cell++) {
            sum += (long) CELL.getOpaque(cells, position(cell, counter));
        }
        return sum;
    }

    private static int position(int cell, Counter counter) {
        return LINE_LONGS + cell * STRIDE + counter.ordinal();
    }
}
