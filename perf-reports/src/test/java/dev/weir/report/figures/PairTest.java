package dev.weir.report.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.report.Runs;
import dev.weir.report.data.Figure;
import dev.weir.report.data.Results;
import dev.weir.report.data.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairTest {
    private static Pair cpuOf(String product, boolean isRatio, Results first, Results second) {
        return Pair.of(first, second).stream()
                .filter(pair -> pair.product().equals(product)
                        && pair.column().figure() == Figure.PROXY_CPU_PER_REQUEST
                        && pair.isRatio() == isRatio)
                .findFirst()
                .orElseThrow();
    }

    private static Results run(List<Double> haproxy, List<Double> weir) {
        return Runs.results("aaa", Runs.series(64, haproxy, weir));
    }

    @Test
    void shouldAgreeWhereTheRangesOverlap() {
        Results first = run(List.of(10.0, 11.0, 12.0), List.of(8.0, 8.1, 8.2));
        Results second = run(List.of(11.9, 13.0, 14.0), List.of(6.0, 6.1, 6.2));

        assertThat(cpuOf("haproxy", false, first, second).agrees()).isTrue();
        assertThat(cpuOf("haproxy", false, first, second).gap()).isZero();
        Pair apart = cpuOf("weir", false, first, second);
        assertThat(apart.agrees()).isFalse();
        assertThat(apart.verdict()).isEqualTo(Verdict.BETTER);
        assertThat(apart.gap()).isCloseTo((8.0 - 6.2) / 8.1, within(1e-9));
    }

    @Test
    void shouldMeasureTheGapFromEitherSide() {
        Results low = run(List.of(10.0, 10.0, 10.0), List.of(6.0, 6.1, 6.2));
        Results high = run(List.of(10.0, 10.0, 10.0), List.of(8.0, 8.1, 8.2));

        assertThat(cpuOf("weir", false, low, high).gap()).isCloseTo((8.0 - 6.2) / 6.1, within(1e-9));
        assertThat(cpuOf("weir", false, low, high).verdict()).isEqualTo(Verdict.WORSE);
    }

    @Test
    void shouldCompareRatiosOfTheSameRounds() {
        Results first = run(List.of(10.0, 20.0), List.of(8.0, 16.0));
        Results second = run(List.of(30.0, 40.0), List.of(24.0, 32.0));

        assertThat(cpuOf("weir", false, first, second).agrees()).isFalse();
        assertThat(cpuOf("weir", true, first, second).agrees()).isTrue();
        assertThat(Pair.of(first, second))
                .noneMatch(
                        pair -> pair.isRatio() && List.of("direct", "haproxy").contains(pair.product()));
    }

    @Test
    void shouldSeeAVerdictReversed() {
        Results winning = run(List.of(10.0, 10.0), List.of(8.0, 8.1));
        Results losing = run(List.of(10.0, 10.0), List.of(12.0, 12.1));
        Results neither = run(List.of(10.0, 10.0), List.of(9.9, 10.1));

        assertThat(cpuOf("weir", true, winning, losing).isReversed()).isTrue();
        assertThat(cpuOf("weir", true, winning, neither).isReversed()).isFalse();
        assertThat(cpuOf("weir", false, winning, losing).isReversed()).isFalse();
    }

    /** By counting: three of six rounds can be dealt out in 20 ways, two of which set the runs apart. */
    @Test
    void shouldKnowHowOftenChanceSetsRangesApart() {
        assertThat(chance(3, 3)).isCloseTo(2 / 20.0, within(1e-12));
        assertThat(chance(4, 4)).isCloseTo(2 / 70.0, within(1e-12));
        assertThat(chance(3, 5)).isCloseTo(2 / 56.0, within(1e-12));
        assertThat(chance(1, 1)).isEqualTo(1);
    }

    private static double chance(int first, int second) {
        return new Pair(
                        null,
                        null,
                        "weir",
                        new Column(Figure.P50, Column.Kind.VALUE),
                        new Spread(1, 1, 1, first),
                        new Spread(1, 1, 1, second))
                .chanceApart();
    }

    @Test
    void shouldNotCompareARateThatWasAskedFor() {
        Results first = run(List.of(10.0, 11.0), List.of(8.0, 8.1));
        Results second = run(List.of(10.0, 11.0), List.of(8.0, 8.1));
        first.series().forEach(PairTest::makeOpenLoop);

        assertThat(Pair.of(first, second))
                .isNotEmpty()
                .noneMatch(pair -> pair.column().figure() == Figure.REQUEST_RATE);
        assertThat(Pair.of(second, second)).anyMatch(pair -> pair.column().figure() == Figure.REQUEST_RATE);
    }

    private static void makeOpenLoop(Series series) {
        series.rounds()
                .forEach(round -> round.samples()
                        .values()
                        .forEach(sample -> sample.figures().put(Figure.OFFERED_RATE, 1000.0)));
    }

    @Test
    void shouldCompareOnlyWhatBothMeasured() {
        Results first = Runs.results("aaa", Runs.series(64, List.of(10.0), List.of(8.0)));
        Results second = Runs.results("aaa", Runs.series(512, List.of(10.0), List.of(8.0)));

        assertThat(Pair.of(first, second)).isEmpty();
    }
}
