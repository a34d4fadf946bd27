package dev.weir.cli.metric;

import dev.weir.cli.stat.StatRow;
import dev.weir.stats.LatencyPhase;
import dev.weir.stats.LatencySnapshot;
import java.math.BigDecimal;

/**
 * Writes durations as histograms of Prometheus, whose limits are powers of two of a microsecond from 64 µs to 67 s: there the
 * counts are exact. A phase that nothing reached has no series. No state.
 */
final class LatencyMetrics {
    private static final int FIRST_BITS = 6;
    private static final int LAST_BITS = 26;
    private static final int MICROSECOND_DIGITS = 6;
    private static final int NANOSECOND_DIGITS = 9;
    private static final String[] LIMITS = limits();

    private LatencyMetrics() {}

    private static String[] limits() {
        String[] limits = new String[LAST_BITS - FIRST_BITS + 1];
        for (int i = 0; i < limits.length; i++) {
            limits[i] = decimal(1L << FIRST_BITS + i, MICROSECOND_DIGITS);
        }
        return limits;
    }

    private static String decimal(long number, int digits) {
        return BigDecimal.valueOf(number, digits).stripTrailingZeros().toPlainString();
    }

    /** @param labels of the row, without braces */
    static void write(String name, StatRow row, String labels, StringBuilder out) {
        for (LatencyPhase phase : LatencyPhase.values()) {
            LatencySnapshot snapshot = row.latencies().snapshot(phase);
            if (!snapshot.isEmpty()) {
                write(name, snapshot, labels + ",phase=\"" + phase.word() + '"', out);
            }
        }
    }

    private static void write(String name, LatencySnapshot snapshot, String labels, StringBuilder out) {
        for (int i = 0; i < LIMITS.length; i++) {
            bucket(name, labels, LIMITS[i], snapshot.countBelow(1L << FIRST_BITS + i), out);
        }
        bucket(name, labels, "+Inf", snapshot.count(), out);
        out.append(name).append("_sum{").append(labels).append("} ");
        out.append(decimal(snapshot.sumNs(), NANOSECOND_DIGITS)).append('\n');
        out.append(name).append("_count{").append(labels).append("} ");
        out.append(snapshot.count()).append('\n');
    }

    private static void bucket(String name, String labels, String limit, long count, StringBuilder out) {
        out.append(name).append("_bucket{").append(labels).append(",le=\"").append(limit);
        out.append("\"} ").append(count).append('\n');
    }
}
