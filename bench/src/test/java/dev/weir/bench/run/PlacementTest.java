package dev.weir.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bench.machine.CpuSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            3   ; one-cpu 3 3
            0-1 ; one-cpu 0 0, own-cpus 1 0
            0-2 ; one-cpu 0 0, own-cpus 2 0-1
            0-7 ; one-cpu 0 0, own-cpus 7 0-6, own-cpus-2 6-7 0-5, own-cpus-4 4-7 0-3
            """)
    void shouldFitTheMachine(String cpus, String expected) {
        String all = String.join(
                ", ",
                Placement.fitting(CpuSet.parse(cpus)).stream()
                        .map(one -> one.name() + " " + one.proxy() + " " + one.load())
                        .toList());

        assertThat(all).isEqualTo(expected);
    }
}
