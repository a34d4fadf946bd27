package dev.weir.report.figures;

import dev.weir.report.data.Figure;
import dev.weir.report.data.Results;
import dev.weir.report.data.Series;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One figure of one product in two runs.
 *
 * @param series of the first run
 * @param product whose
 * @param figure which
 * @param first its spread in the first run
 * @param second its spread in the second
 */
public record Pair(Series series, String product, Figure figure, Spread first, Spread second) {
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
            Figure.USER_BYTES_PER_CONNECTION);

    /** All that both runs measured, in the first one's order. */
    public static List<Pair> of(Results first, Results second) {
        List<Pair> pairs = new ArrayList<>();
        for (Section section : Section.of(first)) {
            for (Series one : section.points()) {
                second.series().stream()
                        .filter(one::isSamePointAs)
                        .findFirst()
                        .ifPresent(other -> addAll(pairs, one, new Summary(one), new Summary(other)));
            }
        }
        return pairs;
    }

    private static void addAll(List<Pair> pairs, Series series, Summary first, Summary second) {
        for (Figure figure : first.figures()) {
            for (String product : first.products()) {
                Optional<Spread> one = first.spread(product, figure);
                Optional<Spread> other = second.spread(product, figure);
                if (COMPARED.contains(figure) && one.isPresent() && other.isPresent()) {
                    pairs.add(new Pair(series, product, figure, one.get(), other.get()));
                }
            }
        }
    }

    /** The second median as a multiple of the first. */
    public double change() {
        return first.median() == 0 ? 1 : second.median() / first.median();
    }

    /** Whether the two runs agree within the spreads that they report. */
    public boolean agrees() {
        return first.overlaps(second);
    }

    /** What the second one is, compared with the first. */
    public Verdict verdict() {
        return agrees() ? Verdict.NOT_SHOWN : Verdict.of(figure, new Spread(change(), change(), change()));
    }
}
