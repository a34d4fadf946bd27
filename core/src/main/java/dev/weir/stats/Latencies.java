package dev.weir.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The durations of all phases of one thing: a frontend, a backend or a server. Each loop has histograms of its own, which it makes
 * when it first records; they are objects of its own allocation buffer, so loops do not share what they write.
 */
public final class Latencies {
    private static final VarHandle HISTOGRAM = MethodHandles.arrayElementVarHandle(LatencyHistogram[].class);
    private static final int PHASE_COUNT = LatencyPhase.values().length;

    private final LatencyHistogram[] histograms;

    public Latencies(int loopCount) {
        histograms = new LatencyHistogram[loopCount * PHASE_COUNT];
    }

    /**
     * On the loop of that index.
     *
     * @param ns negative for a phase that was not reached: nothing is recorded
     */
    public void record(int loopIndex, LatencyPhase phase, long ns) {
        if (ns < 0) {
            return;
        }
        int index = loopIndex * PHASE_COUNT + phase.ordinal();
        LatencyHistogram histogram = histograms[index];
        if (histogram == null) {
            histogram = histogramSlowPath(index);
        }
        histogram.record(ns);
    }

    private LatencyHistogram histogramSlowPath(int index) {
        LatencyHistogram histogram = new LatencyHistogram();
        HISTOGRAM.setRelease(histograms, index, histogram);
        return histogram;
    }

    /** From any thread; may lag. */
    public LatencySnapshot snapshot(LatencyPhase phase) {
        LatencySnapshot.Sum sum = new LatencySnapshot.Sum();
        for (int index = phase.ordinal(); index < histograms.length; index += PHASE_COUNT) {
            LatencyHistogram histogram = (LatencyHistogram) HISTOGRAM.getAcquire(histograms, index);
            if (histogram != null) {
                histogram.addTo(sum);
            }
        }
        return new LatencySnapshot(sum);
    }

    /** {@code clear counters}: forgets the longest durations; with {@code all}, everything. Any thread. */
    public void clear(boolean isAll) {
        for (int index = 0; index < histograms.length; index++) {
            LatencyHistogram histogram = (LatencyHistogram) HISTOGRAM.getAcquire(histograms, index);
            if (histogram != null) {
                histogram.clear(isAll);
            }
        }
    }
}
