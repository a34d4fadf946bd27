package dev.weir.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "30,30000000000",
        "1.5s,1500000000",
        "100ms,100000000",
        "5us,5000",
        "2m,120000000000",
        "1h,3600000000000"
    })
    void shouldReadTimes(String text, long ns) {
        assertThat(Amounts.timeNs(text)).isEqualTo(ns);
    }

    @ParameterizedTest
    @CsvSource({"512,512", "64k,65536", "1.5m,1572864", "2GiB,2147483648"})
    void shouldReadSizes(String text, long bytes) {
        assertThat(Amounts.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"500,500", "2.5,2.5", "10k,10000", "1M,1000000"})
    void shouldReadCounts(String text, double count) {
        assertThat(Amounts.count(text)).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "1d", "-1s", "1.2.3", "9999999999h"})
    void shouldRefuseWhatIsNoTime(String text) {
        assertThatThrownBy(() -> Amounts.timeNs(text)).isInstanceOf(PlanException.class);
    }

    @Test
    void shouldSayWhatItWanted() {
        assertThatThrownBy(() -> Amounts.bytes("10 apples")).hasMessageContaining("size such as");
        assertThatThrownBy(() -> Amounts.count("ten")).hasMessageContaining("number such as");
    }
}
