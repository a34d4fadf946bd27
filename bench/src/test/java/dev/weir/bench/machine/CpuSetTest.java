package dev.weir.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuSetTest {
    @Test
    void shouldReadAndWriteTheKernelsLists() {
        CpuSet cpus = CpuSet.parse(" 6,0-3,8-8\n");

        assertThat(cpus.cpus()).containsExactly(0, 1, 2, 3, 6, 8);
        assertThat(cpus).hasToString("0-3,6,8");
        assertThat(cpus.first(2)).hasToString("0-1");
        assertThat(cpus.last(2)).hasToString("6,8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1-", "-1", "1,,2"})
    void shouldRefuseWhatIsNoList(String text) {
        assertThatThrownBy(() -> CpuSet.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKnowWhatThisProcessMayUse() throws IOException {
        assertThat(CpuSet.allowed().size()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(CpuSet.allowed().overlaps(new CpuSet(List.of(9999)))).isFalse();
    }
}
