package dev.weir.stats;

/** Durations of one phase as all loops together saw them at one moment. Immutable. */
public final class LatencySnapshot {
    private static final double PERCENT = 100;

    private final Sum sum;

    LatencySnapshot(Sum sum) {
        this.sum = sum;
    }

    /** What loops add theirs to. One thread. */
    static final class Sum {
        final long[] cells = new long[LatencyHistogram.ROW_COUNT * LatencyHistogram.STEP_COUNT];
        long count;
        long sumNs;
        long maximumNs;
        long recentSumNs;
        long recentCount;
    }

    public boolean isEmpty() {
        return sum.count == 0;
    }

    public long count() {
        return sum.count;
    }

    /** All durations together. */
    public long sumNs() {
        return sum.sumNs;
    }

    /** 0 if there is nothing. */
    public long meanNs() {
        return sum.count == 0 ? 0 : sum.sumNs / sum.count;
    }

    /** Of about the last 1024 of each loop; 0 if there is nothing. */
    public long recentMeanNs() {
        return sum.recentCount == 0 ? 0 : sum.recentSumNs / sum.recentCount;
    }

    /** The longest, exactly. */
    public long maximumNs() {
        return sum.maximumNs;
    }

    /**
     * What so many of a hundred did not exceed, up to 3 % too high and never too low; 0 if there is nothing.
     *
     * @param percent above 0, 100 at most
     */
    public long percentileNs(double percent) {
        long rank = Math.max(1, (long) Math.ceil(sum.count * percent / PERCENT));
        long seen = 0;
        for (int cell = 0; cell < sum.cells.length && sum.count > 0; cell++) {
            seen += sum.cells[cell];
            if (seen >= rank) {
                return atMostMaximum(LatencyHistogram.endOf(cell) * LatencyHistogram.NS_PER_MICROSECOND - 1);
            }
        }
        return 0;
    }

    /** A maximum that was just cleared says nothing, except where all is shorter than a microsecond. */
    private long atMostMaximum(long ns) {
        boolean isCleared = sum.maximumNs == 0 && ns >= LatencyHistogram.NS_PER_MICROSECOND;
        return isCleared ? ns : Math.min(ns, sum.maximumNs);
    }

    /**
     * How many were shorter than a limit.
     *
     * @param microseconds a power of two, for which the answer is exact
     */
    public long countBelow(long microseconds) {
        long below = 0;
        for (int cell = 0; cell < sum.cells.length && LatencyHistogram.endOf(cell) <= microseconds; cell++) {
            below += sum.cells[cell];
        }
        return below;
    }

    /** Sees the cells that are not empty, from short to long. */
    public void forEach(CellVisitor visitor) {
        for (int cell = 0; cell < sum.cells.length; cell++) {
            if (sum.cells[cell] > 0) {
                visitor.visit(LatencyHistogram.endOf(cell), sum.cells[cell]);
            }
        }
    }

    /** Sees one cell. */
    public interface CellVisitor {
        /** @param endMicroseconds the first duration that is longer than those of the cell */
        void visit(long endMicroseconds, long count);
    }
}
