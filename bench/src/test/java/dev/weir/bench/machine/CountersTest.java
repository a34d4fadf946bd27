package dev.weir.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountersTest {
    private static MachineCounters machine(String... lines) {
        return MachineCounters.of(List.of(lines), CpuSet.parse("0"));
    }

    @Test
    void shouldCountEverythingButIdlingAndTheHost() {
        MachineCounters before =
                machine("cpu  0 0 0 0 0 0 0 0 0 0", "cpu0 0 0 0 0 0 0 0 0", "cpu1 0 0 0 0 0 0 0 0", "intr 5");
        MachineCounters after = machine(
                "cpu  100 10 50 900 7 3 37 50 0 0",
                "cpu0 60 0 20 500 0 0 20 50",
                "cpu1 40 10 30 400 7 3 17 0",
                "intr 9");

        assertThat(after.busySecondsSince(before)).isCloseTo(2.0, within(1e-9));
        assertThat(after.loadBusySecondsSince(before)).isCloseTo(1.0, within(1e-9));
        assertThat(after.stolenPercentSince(before)).isCloseTo(20.0, within(1e-9));
        assertThat(after.cpus()).isEqualTo(2);
    }

    @Test
    void shouldCountTheTimeOfThreadsThatHaveEnded() throws IOException, InterruptedException {
        ProcessCounters before = ProcessCounters.of(ProcessHandle.current());
        long[] usedNs = new long[1];
        Thread busy = new Thread(() -> usedNs[0] = burn());
        busy.start();
        busy.join();
        ProcessCounters after = ProcessCounters.of(ProcessHandle.current());

        // Half: stat counts in ticks, and two of them are left out as its error.
        assertThat(after.cpuSecondsSince(before)).isGreaterThan(usedNs[0] / 1e9 / 2);
    }

    /** Until the thread has had 100 ms of a CPU by its own clock. */
    private static long burn() {
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        long beganNs = threads.getCurrentThreadCpuTime();
        long usedNs = 0;
        while (usedNs < 100_000_000) {
            usedNs = threads.getCurrentThreadCpuTime() - beganNs;
        }
        return usedNs;
    }

    @Test
    void shouldMeasureMemoryOfThisProcess() throws IOException {
        Memory memory = Memory.of(ProcessHandle.current());

        assertThat(memory.proportional()).isGreaterThan(10_000_000);
        assertThat(memory.slab()).isPositive();
        assertThat(Memory.residentPeak(ProcessHandle.current()))
                .isGreaterThanOrEqualTo(Memory.resident(ProcessHandle.current()) / 2);
    }
}
