package dev.weir.report.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.report.Runs;
import dev.weir.report.data.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final Figure CPU = Figure.PROXY_CPU_PER_REQUEST;

    @Test
    void shouldTakeRatiosWithinTheSameRound() {
        // The machine slows down by half from round to round; each round by itself says 0.8.
        Summary summary = new Summary(Runs.series(64, List.of(10.0, 15.0, 22.5), List.of(8.0, 12.0, 18.0)));

        Spread ratio = summary.ratio("weir", "haproxy", CPU).orElseThrow();

        assertThat(ratio.median()).isCloseTo(0.8, within(1e-9));
        assertThat(ratio.high() - ratio.low()).isLessThan(1e-9);
        assertThat(summary.spread("weir", CPU).orElseThrow()).isEqualTo(new Spread(12, 8, 18, 3));
    }

    @Test
    void shouldShowTheBaselineAndTheDirectLineFirst() {
        Summary summary = new Summary(Runs.series(64, List.of(10.0), List.of(8.0)));

        assertThat(summary.products()).containsExactly("direct", "haproxy", "weir");
        assertThat(summary.baseline()).contains("haproxy");
    }

    @Test
    void shouldHaveNoFigureOfAProxyForTheDirectLine() {
        Summary summary = new Summary(Runs.series(64, List.of(10.0), List.of(8.0)));

        assertThat(summary.spread("direct", CPU)).isEmpty();
        assertThat(summary.ratio("direct", "haproxy", CPU)).isEmpty();
        assertThat(summary.figures()).contains(CPU);
    }

    @Test
    void shouldTakeTheMiddleOfAnEvenNumberOfRounds() {
        assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Spread(2.5, 1, 4, 4));
    }

    @Test
    void shouldCallADifferenceShownOnlyIfNoRoundContradicts() {
        assertThat(Verdict.of(CPU, new Spread(0.8, 0.7, 0.99, 3))).isEqualTo(Verdict.BETTER);
        assertThat(Verdict.of(CPU, new Spread(0.8, 0.7, 1.01, 3))).isEqualTo(Verdict.NOT_SHOWN);
        assertThat(Verdict.of(CPU, new Spread(1.2, 1.1, 1.3, 3))).isEqualTo(Verdict.WORSE);
        assertThat(Verdict.of(Figure.REQUEST_RATE, new Spread(1.2, 1.1, 1.3, 3)))
                .isEqualTo(Verdict.BETTER);
        assertThat(Verdict.of(Figure.PROXY_CPU_SHARE, new Spread(2, 2, 2, 3))).isEqualTo(Verdict.NOT_SHOWN);
    }
}
