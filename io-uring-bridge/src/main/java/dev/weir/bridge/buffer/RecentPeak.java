package dev.weir.bridge.buffer;

/**
 * How many of a pool's things were lately in use at once, so that the pool keeps as many for the next peak and no more: with fewer
 * kept, each peak would make new ones and leave them to the garbage collector, by the time old enough to outlive its young
 * generation. Thread: the pool's.
 */
public final class RecentPeak {
    /** Windows are of 2^33 ns, 8.6 s: a peak counts this long at least, twice as long at most. */
    private static final int WINDOW_SHIFT = 33;

    /**
     * So many are usually kept in any case: a loop that never had more in use at once goes one way only, and compiled code that
     * has not seen the other is not thrown away in the midst of traffic.
     */
    private static final int KEPT_MIN = 1024;

    private final int keptMin;
    private int inUse;
    private int peak;
    private int peakBefore;
    private long window;

    public RecentPeak() {
        this(KEPT_MIN);
    }

    /** @param keptMin so many are kept in any case */
    RecentPeak(int keptMin) {
        this.keptMin = keptMin;
    }

    public int inUse() {
        return inUse;
    }

    /**
     * One more is in use. Without a branch for a new window: methods that this is inlined into would be compiled without it, and
     * again, beside the traffic, when the first window is over.
     */
    public void onTaken(long nowNs) {
        long now = nowNs >> WINDOW_SHIFT;
        long moved = now - window;
        int isNew = (int) ((moved | -moved) >>> 63);
        window = now;
        peakBefore += isNew * (peak - peakBefore);
        peak = Math.max(peak * (1 - isNew), ++inUse);
    }

    /**
     * One is not in use any more.
     *
     * @param kept how many the pool keeps now
     * @return whether to keep this one, too
     */
    public boolean onGivenBack(int kept) {
        inUse--;
        return inUse + kept < Math.max(keptMin, Math.max(peak, peakBefore));
    }
}
