package dev.weir.bridge.buffer;

/**
 * How many of a pool's things were lately in use at once, so that the pool keeps as many for the next peak and no more: with fewer
 * kept, each peak would make new ones and leave them to the garbage collector, by the time old enough to outlive its young
 * generation. Thread: the pool's.
 */
public final class RecentPeak {
    /** A peak counts this long at least, twice as long at most. */
    private static final long WINDOW_NS = 10_000_000_000L;

    private final int keptMin;
    private int inUse;
    private int peak;
    private int peakBefore;
    private long windowNs;

    /** @param keptMin so many are kept in any case */
    public RecentPeak(int keptMin) {
        this.keptMin = keptMin;
    }

    public int inUse() {
        return inUse;
    }

    /** One more is in use. */
    public void onTaken(long nowNs) {
        inUse++;
        if (nowNs - windowNs > WINDOW_NS) {
            windowNs = nowNs;
            peakBefore = peak;
            peak = 0;
        }
        peak = Math.max(peak, inUse);
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
