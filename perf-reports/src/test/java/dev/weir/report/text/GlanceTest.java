package dev.weir.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.report.Runs;
import dev.weir.report.data.Figure;
import dev.weir.report.data.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlanceTest {
    private static Series series() {
        return Runs.series(64, List.of(12.0, 13.0, 14.0), List.of(6.0, 6.5, 7.0));
    }

    @Test
    void shouldShowOnlyColumnsThatSaySomething() {
        Glance glance = new Glance(Runs.results("abc", series()));

        assertThat(glance.heads())
                .containsExactly(
                        "scenario", "placement", "point", "throughput", "proxy CPU", "machine CPU", "p50", "p99");
        assertThat(glance.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.cells())
                        .extracting(Glance.Cell::text)
                        .startsWith("l4-64b", "one-cpu", "64 connections", "2.00 (2.00–2.00)", "0.50 (0.50–0.50)"));
    }

    @Test
    void shouldNotCompareARateThatWasPrescribed() {
        Series prescribed = series();
        prescribed
                .rounds()
                .forEach(round -> round.samples()
                        .values()
                        .forEach(sample -> sample.figures().put(Figure.OFFERED_RATE, 5000.0)));

        assertThat(new Glance(Runs.results("abc", prescribed)).heads()).doesNotContain("throughput");
    }
}
