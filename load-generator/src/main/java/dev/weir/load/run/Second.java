package dev.weir.load.run;

import org.HdrHistogram.Histogram;

/**
 * What was seen in about a second: a line of progress, a row of the CSV file, a point of a chart.
 *
 * @param isWarmup before measuring began
 * @param startNs from the start of measuring; negative in the warm-up
 * @param lengthNs how long it was
 * @param wanted requests that the rate profile has in it; NaN in a closed loop
 * @param errors of all kinds
 * @param connections opened
 * @param latency percentiles in nanoseconds, in the order of {@link #PERCENTILES}, then the maximum
 */
public record Second(
        boolean isWarmup,
        long startNs,
        long lengthNs,
        double wanted,
        long requests,
        long errors,
        long connections,
        long bytesReceived,
        long bytesSent,
        double meanNs,
        long[] latency) {
    /** Which percentiles {@link #latency} holds. */
    public static final double[] PERCENTILES = {50, 90, 99, 99.9};

    /** Position of the maximum in {@link #latency}. */
    public static final int MAX = PERCENTILES.length;

    static Second of(Tally tally, boolean isWarmup, long startNs, long lengthNs, double wanted) {
        return new Second(
                isWarmup,
                startNs,
                lengthNs,
                wanted,
                tally.requests,
                tally.errorsOfAllKinds(),
                tally.connections,
                tally.bytesReceived,
                tally.bytesSent,
                tally.latency.getTotalCount() == 0 ? 0 : tally.latency.getMean(),
                latencyOf(tally.latency));
    }

    private static long[] latencyOf(Histogram histogram) {
        long[] values = new long[PERCENTILES.length + 1];
        for (int i = 0; i < PERCENTILES.length; i++) {
            values[i] = histogram.getValueAtPercentile(PERCENTILES[i]);
        }
        values[MAX] = histogram.getMaxValue();
        return values;
    }

    /** Requests per second. */
    public double rate() {
        return lengthNs == 0 ? 0 : requests * 1e9 / lengthNs;
    }
}
