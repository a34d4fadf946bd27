package dev.weir.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "500,0.50us",
        "635910,635.91us",
        "12920000,12.92ms",
        "1200000000,1.20s",
        "90000000000,1.50m",
        "7200000000000,2.00h"
    })
    void shouldWriteTimesAsWrkDoes(double ns, String text) {
        assertThat(Figures.time(ns)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"30000000000,30s", "120000000000,2m", "1500000000,1500ms", "3600000000000,1h"})
    void shouldWriteTimesThatWereAskedForShortly(long ns, String text) {
        assertThat(Figures.wholeTime(ns)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0.00,0.00B", "999,999.00,999.00B", "56200,56.20k,54.88KB", "5e9,5.00G,4.66GB"})
    void shouldScaleAsWrkDoes(double value, String metric, String bytes) {
        assertThat(Figures.metric(value)).isEqualTo(metric);
        assertThat(Figures.bytes(value)).isEqualTo(bytes);
    }
}
