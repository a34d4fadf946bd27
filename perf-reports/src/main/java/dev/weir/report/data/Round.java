package dev.weir.report.data;

import java.util.List;
import java.util.Map;

/**
 * All products once, one after the other.
 *
 * @param number from 1
 * @param isKept whether its figures count
 * @param stolenPercent the largest share of our CPUs that the host took away from any of its measurements
 * @param foreignPercent the largest share of the machine that processes outside the measurement used during any of them
 * @param order who came first
 * @param samples by product
 */
public record Round(
        int number,
        boolean isKept,
        double stolenPercent,
        double foreignPercent,
        List<String> order,
        Map<String, Sample> samples) {
    /** How far from a quiet machine it was. */
    public double disturbance() {
        return Math.max(stolenPercent, foreignPercent);
    }
}
