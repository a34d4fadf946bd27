package dev.weir.stats;

/**
 * {@code rate-limit sessions}, {@code maxconnrate} and their kind: at most so many events a second over a sliding window. The
 * loops share an {@link EventRate}; each asks before it takes the next connection.
 */
public final class RateLimit {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long SHORTEST_WAIT_NS = 1_000_000;
    private final EventRate rate;
    private final int limitPerSecond;

    /** @param limitPerSecond 0 for no limit */
    public RateLimit(EventRate rate, int limitPerSecond) {
        this.rate = rate;
        this.limitPerSecond = limitPerSecond;
    }

    /** 0 for no limit. */
    public int perSecondMax() {
        return limitPerSecond;
    }

    /** How long to wait, in nanoseconds, before the next event may happen; 0 if it may now. It is not counted here. */
    public long waitNs(long nowNs) {
        if (limitPerSecond == 0 || rate.perSecond(nowNs) < limitPerSecond) {
            return 0;
        }
        return Math.max(SECOND_NS / limitPerSecond, SHORTEST_WAIT_NS);
    }
}
