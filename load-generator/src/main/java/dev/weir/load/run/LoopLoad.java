package dev.weir.load.run;

import dev.weir.bridge.transport.Transport;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CompletableFuture;

/**
 * How busy the loops are: a generator at its own limit measures itself. Thread: main.
 */
final class LoopLoad {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long[] threadIds = {};
    private long[] startCpuNs = {};

    void watch(Transport transport) {
        threadIds = new long[transport.loopCount()];
        for (int i = 0; i < threadIds.length; i++) {
            CompletableFuture<Long> id = new CompletableFuture<>();
            transport.loop(i).execute(() -> id.complete(Thread.currentThread().threadId()));
            threadIds[i] = id.join();
        }
    }

    void start() {
        startCpuNs = cpuNs();
    }

    /** Processor time of the busiest loop since the start, as a part of the time that has passed. */
    double greatest(long spentNs) {
        long[] endCpuNs = cpuNs();
        double greatest = 0;
        for (int i = 0; i < startCpuNs.length; i++) {
            greatest = Math.max(greatest, (double) (endCpuNs[i] - startCpuNs[i]) / spentNs);
        }
        return greatest;
    }

    private long[] cpuNs() {
        long[] ns = new long[threadIds.length];
        for (int i = 0; i < ns.length; i++) {
            ns[i] = threads.getThreadCpuTime(threadIds[i]);
        }
        return ns;
    }
}
