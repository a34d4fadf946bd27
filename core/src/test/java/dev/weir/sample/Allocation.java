package dev.weir.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what a step allocates on this platform thread. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int BATCHES_MAX = 100;

    private Allocation() {}

    /**
     * One object a round would be 16 bytes a round. How many rounds it takes until the compiled code runs, in which short-lived
     * objects live in registers, depends on how busy the machine is: so the first batch that allocates nothing will do, and a
     * step that does allocate fails in all of them.
     */
    public static void assertAllocatesNothing(int rounds, Runnable step) {
        long bytes = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES_MAX && bytes >= rounds; batch++) {
            bytes = allocated(rounds, step);
        }
        assertThat(bytes).as("bytes in the last %d rounds", rounds).isLessThan(rounds);
    }

    private static long allocated(int rounds, Runnable step) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        repeat(rounds, step);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static void repeat(int rounds, Runnable step) {
        for (int i = 0; i < rounds; i++) {
            step.run();
        }
    }
}
