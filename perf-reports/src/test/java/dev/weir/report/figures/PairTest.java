package dev.weir.report.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.report.Runs;
import dev.weir.report.data.Figure;
import dev.weir.report.data.Results;
import dev.weir.report.text.ComparisonText;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairTest {
    private static Pair cpuOf(String product, Results first, Results second) {
        return Pair.of(first, second).stream()
                .filter(pair -> pair.product().equals(product) && pair.figure() == Figure.PROXY_CPU_PER_REQUEST)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldAgreeWhereTheRangesOverlap() {
        Results first = Runs.results("aaa", Runs.series(64, List.of(10.0, 11.0, 12.0), List.of(8.0, 8.1, 8.2)));
        Results second = Runs.results("bbb", Runs.series(64, List.of(11.9, 13.0, 14.0), List.of(6.0, 6.1, 6.2)));

        assertThat(cpuOf("haproxy", first, second).agrees()).isTrue();
        assertThat(cpuOf("weir", first, second).agrees()).isFalse();
        assertThat(cpuOf("weir", first, second).verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void shouldCompareOnlyWhatBothMeasured() {
        Results first = Runs.results("aaa", Runs.series(64, List.of(10.0), List.of(8.0)));
        Results second = Runs.results("aaa", Runs.series(512, List.of(10.0), List.of(8.0)));

        assertThat(Pair.of(first, second)).isEmpty();
        assertThat(ComparisonText.of(first, second)).contains("no measurement in common");
    }

    @Test
    void shouldSayWhatDiffersBetweenTheMachines() {
        Results first = Runs.results("aaa", Runs.series(64, List.of(10.0), List.of(8.0)));
        Results second = Runs.results("bbb", Runs.series(64, List.of(10.0), List.of(8.0)));

        assertThat(ComparisonText.of(first, second))
                .contains("commit: A: aaa, B: bbb")
                .doesNotContain("memory:")
                .contains("ranges overlap");
    }
}
