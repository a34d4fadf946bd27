package dev.weir.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How often which duration was seen by one loop, in HdrHistogram's encoding: microseconds in rows, each of which spans twice as much as
 * the one before in 32 equal steps. So a duration is known to 1/32 (3 %), which is finer than what differs between two minutes
 * of the same traffic, from 1 µs to 19 hours; longer ones count as that. A row is made when it is first needed: traffic whose
 * durations lie between 50 µs and 100 ms takes 11 rows or 3 kB, and 8.5 kB is the most there can be.
 *
 * <p>Threads: the loop alone writes; any thread reads, without stopping it, and may lag. Who wants it cleared asks, and the loop
 * does it before it records again; till then readers see it empty.
 */
final class LatencyHistogram {
    static final int ROW_COUNT = 32;
    static final int STEP_BITS = 5;
    static final int STEP_COUNT = 1 << STEP_BITS;
    static final long NS_PER_MICROSECOND = 1_000;
    /** HAProxy's averages are over so many of the last events. */
    static final int RECENT_COUNT = 1024;

    private static final int NO_CLEARING = 0;
    private static final int CLEAR_MAXIMUM = 1;
    private static final int CLEAR_ALL = 2;

    private static final long MICROSECONDS_MAX = (1L << (ROW_COUNT - 1 + STEP_BITS)) - 1;
    private static final VarHandle ROW = MethodHandles.arrayElementVarHandle(long[][].class);
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle SUM = field("sumNs");
    private static final VarHandle MAXIMUM = field("maximumNs");
    private static final VarHandle RECENT_SUM = field("recentSumNs");
    private static final VarHandle CLEARING = field("clearing", int.class);

    private final long[][] rows = new long[ROW_COUNT][];
    private long sumNs;
    private long maximumNs;
    /** Sum of the recent durations; an average's worth leaves it for each that comes. */
    private long recentSumNs;

    private int recentCount;
    private int clearing;

    private static VarHandle field(String name) {
        return field(name, long.class);
    }

    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(LatencyHistogram.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // ---- the loop ----

    void record(long ns) {
        if ((int) CLEARING.getOpaque(this) != NO_CLEARING) {
            clearSlowPath();
        }
        long microseconds = Math.min(MICROSECONDS_MAX, ns / NS_PER_MICROSECOND);
        int rowIndex = rowOf(microseconds);
        long[] row = rows[rowIndex];
        if (row == null) {
            row = rowSlowPath(rowIndex);
        }
        int step = stepOf(microseconds, rowIndex);
        CELL.setOpaque(row, step, row[step] + 1);
        SUM.setOpaque(this, sumNs + ns);
        if (ns > maximumNs) {
            MAXIMUM.setOpaque(this, ns);
        }
        if (recentCount < RECENT_COUNT) {
            recentCount++;
            RECENT_SUM.setOpaque(this, recentSumNs + ns);
        } else {
            RECENT_SUM.setOpaque(this, recentSumNs + ns - recentSumNs / RECENT_COUNT);
        }
    }

    private long[] rowSlowPath(int rowIndex) {
        long[] row = new long[STEP_COUNT];
        ROW.setRelease(rows, rowIndex, row);
        return row;
    }

    private void clearSlowPath() {
        boolean isAll = (int) CLEARING.getAndSet(this, NO_CLEARING) == CLEAR_ALL;
        MAXIMUM.setOpaque(this, 0L);
        if (!isAll) {
            return;
        }
        for (long[] row : rows) {
            for (int step = 0; row != null && step < STEP_COUNT; step++) {
                CELL.setOpaque(row, step, 0L);
            }
        }
        SUM.setOpaque(this, 0L);
        RECENT_SUM.setOpaque(this, 0L);
        recentCount = 0;
    }

    // ---- anyone ----

    /** Forgets the longest duration, or everything. */
    void clear(boolean isAll) {
        int wish = isAll ? CLEAR_ALL : CLEAR_MAXIMUM;
        int asked = (int) CLEARING.getOpaque(this);
        while (asked < wish && !CLEARING.compareAndSet(this, asked, wish)) {
            asked = (int) CLEARING.getOpaque(this);
        }
    }

    void addTo(LatencySnapshot.Sum sum) {
        int asked = (int) CLEARING.getOpaque(this);
        if (asked == CLEAR_ALL) {
            return;
        }
        long count = 0;
        for (int rowIndex = 0; rowIndex < ROW_COUNT; rowIndex++) {
            long[] row = (long[]) ROW.getAcquire(rows, rowIndex);
            for (int step = 0; row != null && step < STEP_COUNT; step++) {
                long cell = (long) CELL.getOpaque(row, step);
                sum.cells[rowIndex * STEP_COUNT + step] += cell;
                count += cell;
            }
        }
        sum.count += count;
        sum.sumNs += (long) SUM.getOpaque(this);
        sum.maximumNs = Math.max(sum.maximumNs, asked == NO_CLEARING ? (long) MAXIMUM.getOpaque(this) : 0);
        sum.recentSumNs += (long) RECENT_SUM.getOpaque(this);
        sum.recentCount += Math.min(RECENT_COUNT, count);
    }

    // ---- the encoding ----

    private static int rowOf(long microseconds) {
        return Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(microseconds) - STEP_BITS);
    }

    private static int stepOf(long microseconds, int row) {
        return row == 0 ? (int) microseconds : (int) (microseconds >>> row - 1) - STEP_COUNT;
    }

    /** The first duration in microseconds that is longer than those of a cell. */
    static long endOf(int cell) {
        int row = cell / STEP_COUNT;
        int step = cell % STEP_COUNT;
        return row == 0 ? step + 1 : (long) (STEP_COUNT + step + 1) << row - 1;
    }
}
