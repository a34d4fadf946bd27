package dev.weir.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {
    @ParameterizedTest
    @CsvSource({
        "p99<5ms,4999999,true",
        "p99<5ms,5000000,false",
        "p99.9 <= 5ms,5000000,true",
        "mean<1ms,2000000,false",
        "rate>=1k,1000,true",
        "rate>1k,1000,false",
        "errors==0,0,true",
        "errors<0.1%,0.0009,true",
        "errors<0.1%,0.001,false",
        "timeouts<=3,4,false",
        "unsent==0,0,true",
    })
    void shouldCompare(String text, double measured, boolean holds) {
        assertThat(Threshold.parse(text).holds(measured)).isEqualTo(holds);
    }

    @Test
    void shouldReadThePercentile() {
        Threshold threshold = Threshold.parse("p99.99<1s");

        assertThat(threshold.metric()).isEqualTo(Threshold.Metric.PERCENTILE);
        assertThat(threshold.percentile()).isEqualTo(99.99);
        assertThat(threshold.text()).isEqualTo("p99.99<1s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "p99",
                "p99=5ms",
                "p<5ms",
                "p101<5ms",
                "p0<5ms",
                "max50<1s",
                "speed>3",
                "p99<fast",
                "p9.9.9<1s"
            })
    void shouldRefuseWhatIsNoBound(String text) {
        assertThatThrownBy(() -> Threshold.parse(text)).isInstanceOf(PlanException.class);
    }
}
