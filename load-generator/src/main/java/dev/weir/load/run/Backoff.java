package dev.weir.load.run;

/** How long to wait after a connect that failed: doubling up to half a second. */
final class Backoff {
    private static final long FIRST_NS = 5_000_000;
    private static final long LONGEST_NS = 500_000_000;

    private long nextNs = FIRST_NS;

    long nextNs() {
        long ns = nextNs;
        nextNs = Math.min(LONGEST_NS, ns * 2);
        return ns;
    }

    void reset() {
        nextNs = FIRST_NS;
    }
}
