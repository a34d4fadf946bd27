package dev.weir.bridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
    /** The JVM reads the same clock. */
    @Test
    void shouldTellTheThreadsOwnTime() {
        assumeTrue(Kernel.refusal() == null, "not Linux");
        ProcessorTime time = new ProcessorTime(new Kernel());
        var threads = ManagementFactory.getThreadMXBean();

        for (int i = 0; i < 1000; i++) {
            long before = threads.getCurrentThreadCpuTime();
            long told = time.ns();
            assertThat(told).isBetween(before, threads.getCurrentThreadCpuTime());
        }
    }
}
