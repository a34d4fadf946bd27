package dev.weir.report.figures;

import dev.weir.report.data.Figure;
import dev.weir.report.data.Results;
import dev.weir.report.data.Series;
import dev.weir.report.figures.Column.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One figure of one product, or its ratio to the baseline, in two runs.
 *
 * @param series of the first run
 * @param other the same point in the second run
 * @param product whose
 * @param column which figure, and whether itself or its ratio
 * @param first its spread in the first run
 * @param second its spread in the second
 */
public record Pair(Series series, Series other, String product, Column column, Spread first, Spread second) {
    private static final Set<Figure> COMPARED = EnumSet.of(
            Figure.REQUEST_RATE,
            Figure.BYTE_RATE,
            Figure.PROXY_CPU_PER_REQUEST,
            Figure.MACHINE_CPU_PER_REQUEST,
            Figure.PROXY_CPU_PER_GIGABYTE,
            Figure.MACHINE_CPU_PER_GIGABYTE,
            Figure.P50,
            Figure.P99,
            Figure.FIRST_BYTE,
            Figure.TIME_TO_PEAK,
            Figure.RESIDENT_PEAK,
            Figure.USER_BYTES_PER_CONNECTION,
            Figure.KERNEL_BYTES_PER_CONNECTION);

    /** All that both runs measured, in the first one's order. */
    public static List<Pair> of(Results first, Results second) {
        List<Pair> pairs = new ArrayList<>();
        for (Section section : Section.of(first)) {
            for (Series one : section.points()) {
                second.series().stream()
                        .filter(one::isSamePointAs)
                        .findFirst()
                        .ifPresent(other -> addAll(pairs, one, other));
            }
        }
        return pairs;
    }

    private static void addAll(List<Pair> pairs, Series series, Series other) {
        Summary first = new Summary(series);
        Summary second = new Summary(other);
        boolean hasSameBaseline = first.baseline().equals(second.baseline());
        List<Column> columns = Column.of(series).stream()
                .filter(column -> COMPARED.contains(column.figure()) && !isPrescribed(column.figure(), first))
                .filter(column -> column.kind() == Kind.VALUE || column.kind() == Kind.RATIO && hasSameBaseline)
                .toList();
        for (Column column : columns) {
            for (String product : first.products()) {
                Optional<Spread> one = spread(first, product, column);
                Optional<Spread> two = spread(second, product, column);
                if (one.isPresent() && two.isPresent()) {
                    pairs.add(new Pair(series, other, product, column, one.get(), two.get()));
                }
            }
        }
    }

    /** In an open loop the rate is what was asked for, no measurement. */
    private static boolean isPrescribed(Figure figure, Summary summary) {
        return figure == Figure.REQUEST_RATE && summary.offeredRate().isPresent();
    }

    private static Optional<Spread> spread(Summary summary, String product, Column column) {
        if (column.kind() == Kind.VALUE) {
            return summary.spread(product, column.figure());
        }
        String baseline = summary.baseline().orElseThrow();
        return product.equals(baseline) || product.equals(Summary.DIRECT)
                ? Optional.empty()
                : summary.ratio(product, baseline, column.figure());
    }

    public boolean isRatio() {
        return column.kind() == Kind.RATIO;
    }

    /** The second median as a multiple of the first. */
    public double change() {
        return first.median() == 0 ? 1 : second.median() / first.median();
    }

    /** Whether both have a spread at all: one round has none. */
    public boolean isJudged() {
        return first.count() > 1 && second.count() > 1;
    }

    /** Whether the two runs agree within the spreads that they report: the ranges have a value in common. */
    public boolean agrees() {
        return first.overlaps(second);
    }

    /** What lies between the two ranges, as a share of the first median; 0 if they agree. */
    public double gap() {
        double between = Math.max(first.low() - second.high(), second.low() - first.high());
        return between <= 0 || first.median() == 0 ? 0 : between / first.median();
    }

    /**
     * How probable it is that the ranges are apart although nothing differs: of all ways to deal the rounds of both runs out, the two
     * in which all of one run's lie below all of the other's, {@code 2 m! n! / (m + n)!}. 0.03 for four rounds each.
     */
    public double chanceApart() {
        double ways = 1; // (m + n)! / (m! n!)
        for (int i = 1; i <= second.count(); i++) {
            ways = ways * (first.count() + i) / i;
        }
        return Math.min(1, 2 / ways);
    }

    /** What the second one is, compared with the first. */
    public Verdict verdict() {
        return agrees()
                ? Verdict.NOT_SHOWN
                : Verdict.of(column.figure(), new Spread(change(), change(), change(), second.count()));
    }

    /** Whether one run shows the product to be better than the baseline, and the other one to be worse. */
    public boolean isReversed() {
        if (!isRatio()) {
            return false;
        }
        Verdict one = new Summary(series).verdict(column.figure(), first);
        Verdict two = new Summary(other).verdict(column.figure(), second);
        return one != two && one != Verdict.NOT_SHOWN && two != Verdict.NOT_SHOWN;
    }
}
