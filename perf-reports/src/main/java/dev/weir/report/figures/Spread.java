package dev.weir.report.figures;

import java.util.List;

/**
 * Some measurements of the same thing: the middle one, and how far they go.
 *
 * @param median the middle one
 * @param low the lowest
 * @param high the highest
 * @param count how many there are
 */
public record Spread(double median, double low, double high, int count) {
    /** @param values at least one */
    public static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast(), sorted.size());
    }

    /** Whether the two have a value in common: then no difference between them was shown. */
    public boolean overlaps(Spread other) {
        return low <= other.high && other.low <= high;
    }

    /** From end to end, as a share of the middle. */
    public double width() {
        return median == 0 ? 0 : (high - low) / median;
    }
}
