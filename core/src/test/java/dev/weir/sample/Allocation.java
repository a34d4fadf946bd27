package dev.weir.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what a step allocates on this platform thread. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** One object a round would be 16 bytes a round. */
    public static void assertAllocatesNothing(int rounds, Runnable step) {
        repeat(rounds, step);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        repeat(rounds, step);
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(bytes).as("bytes in %d rounds", rounds).isLessThan(rounds);
    }

    private static void repeat(int rounds, Runnable step) {
        for (int i = 0; i < rounds; i++) {
            step.run();
        }
    }
}
