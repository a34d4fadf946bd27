package dev.weir.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Events of the last second, as HAProxy counts them: those of the current second, and of the second before as much as the
 * current one has not yet passed. Each loop writes a cell of its own; a cell packs the second and both counts into one long.
 */
public final class EventRate {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int LINE_LONGS = 16;
    private static final int COUNT_BITS = 20;
    private static final long COUNT_MAX = (1L << COUNT_BITS) - 1;
    private static final long SECOND_MASK = (1L << 24) - 1;
    private static final long SECOND_NS = 1_000_000_000L;

    private final long[] cells;
    private final int loopCount;
    private volatile int maximum;

    public EventRate(int loopCount) {
        this.loopCount = loopCount;
        this.cells = new long[(loopCount + 2) * LINE_LONGS];
    }

    /** Counts an event. On the loop of that index, or from any thread with {@link Counters#SHARED}. */
    public void add(int loopIndex, long nowNs) {
        int cell = loopIndex < 0 || loopIndex >= loopCount ? loopCount : loopIndex;
        int position = (cell + 1) * LINE_LONGS;
        long second = Math.floorDiv(nowNs, SECOND_NS) & SECOND_MASK;
        long before;
        long after;
        do {
            before = (long) CELL.getOpaque(cells, position);
            after = incremented(before, second);
        } while (!CELL.weakCompareAndSet(cells, position, before, after));
        if (current(after) == 1 || (current(after) & 63) == 0) {
            noteMaximum(nowNs);
        }
    }

    /** From any thread. */
    public int perSecond(long nowNs) {
        long second = Math.floorDiv(nowNs, SECOND_NS) & SECOND_MASK;
        long current = 0;
        long past = 0;
        for (int cell = 0; cell <= loopCount; cell++) {
            long packed = turned((long) CELL.getOpaque(cells, (cell + 1) * LINE_LONGS), second);
            current += current(packed);
            past += past(packed);
        }
        if (past <= 1 && current == 0) {
            return (int) past; // a very low rate would flicker between 0 and 1
        }
        long remainingNs = SECOND_NS - Math.floorMod(nowNs, SECOND_NS);
        return (int) (current + past * remainingNs / SECOND_NS);
    }

    /** The largest rate seen. */
    public int maximum(long nowNs) {
        noteMaximum(nowNs);
        return maximum;
    }

    /** {@code clear counters}. */
    public void clearMaximum() {
        maximum = 0;
    }

    private void noteMaximum(long nowNs) {
        int rate = perSecond(nowNs);
        if (rate > maximum) {
            maximum = rate; // racy by intention: a lost update is a figure that was true a moment ago
        }
    }

    private static long incremented(long packed, long second) {
        long turned = turned(packed, second);
        return current(turned) == COUNT_MAX ? turned : turned + 1;
    }

    /** Moves the window to a second. */
    private static long turned(long packed, long second) {
        long age = second - (packed >>> 2 * COUNT_BITS) & SECOND_MASK;
        if (age == 0) {
            return packed;
        }
        long past = age == 1 ? current(packed) : 0;
        return second << 2 * COUNT_BITS | past << COUNT_BITS;
    }

    private static long current(long packed) {
        return packed & COUNT_MAX;
    }

    private static long past(long packed) {
        return packed >>> COUNT_BITS & COUNT_MAX;
    }
}
