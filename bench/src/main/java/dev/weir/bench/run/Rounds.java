package dev.weir.bench.run;

import dev.weir.bench.BenchFailure;
import dev.weir.report.data.Figure;
import dev.weir.report.data.Round;
import dev.weir.report.data.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Interleaved rounds: everybody once, then everybody again, another one first each time, so that the machine's drift hits all
 * alike. A round in which the host or others took too much is measured again, a limited number of times; then the quietest count.
 */
final class Rounds {
    /** Measures one product in one round. */
    interface Step {
        Measured measure(String product, int round) throws IOException, BenchFailure;
    }

    /** Told of each round that begins. */
    interface Progress {
        void round(int number, int quiet);
    }

    private static final int SIGNIFICANT_DIGITS = 6;

    private final int wanted;
    private final int most;
    private final double disturbedPercent;
    private final Histograms histograms;

    /**
     * @param wanted how many are to count
     * @param most how many may be measured until so many were quiet
     */
    Rounds(int wanted, int most, double disturbedPercent, Histograms histograms) {
        this.wanted = wanted;
        this.most = most;
        this.disturbedPercent = disturbedPercent;
        this.histograms = histograms;
    }

    List<Round> measure(List<String> products, Progress progress, Step step) throws IOException, BenchFailure {
        List<Round> rounds = new ArrayList<>();
        int quiet = 0;
        for (int number = 1; number <= most && quiet < wanted; number++) {
            progress.round(number, quiet);
            Round round = once(number, rotated(products, number - 1), step);
            rounds.add(round);
            quiet += round.disturbance() <= disturbedPercent ? 1 : 0;
        }
        return keepQuietest(rounds, wanted);
    }

    private Round once(int number, List<String> order, Step step) throws IOException, BenchFailure {
        Map<String, Sample> samples = new LinkedHashMap<>();
        double stolen = 0;
        double foreign = 0;
        for (String product : order) {
            Measured measured = step.measure(product, number);
            stolen = Math.max(stolen, measured.stolenPercent());
            foreign = Math.max(foreign, measured.foreignPercent());
            String tag = histograms.add(product, number, measured.histogram());
            samples.put(product, new Sample(rounded(measured.figures()), tag));
        }
        return new Round(number, true, round(stolen), round(foreign), order, samples);
    }

    static List<String> rotated(List<String> products, int by) {
        List<String> order = new ArrayList<>(products);
        Collections.rotate(order, -by);
        return order;
    }

    static List<Round> keepQuietest(List<Round> rounds, int count) {
        Set<Integer> kept = new HashSet<>();
        rounds.stream()
                .sorted(Comparator.comparingDouble(Round::disturbance))
                .limit(count)
                .forEach(round -> kept.add(round.number()));
        return rounds.stream()
                .map(round -> new Round(
                        round.number(),
                        kept.contains(round.number()),
                        round.stolenPercent(),
                        round.foreignPercent(),
                        round.order(),
                        round.samples()))
                .toList();
    }

    private static EnumMap<Figure, Double> rounded(EnumMap<Figure, Double> figures) {
        figures.replaceAll((figure, value) -> round(value));
        return figures;
    }

    /** What is behind these digits is noise, and no number at all is no JSON. */
    private static double round(double value) {
        return Double.isFinite(value)
                ? new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(SIGNIFICANT_DIGITS))
                        .doubleValue()
                : 0;
    }
}
