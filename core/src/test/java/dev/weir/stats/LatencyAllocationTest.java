package dev.weir.stats;

import dev.weir.sample.Allocation;
import org.junit.jupiter.api.Test;

class LatencyAllocationTest {
    private static final LatencyPhase[] PHASES = LatencyPhase.values();

    private long ns = 1;

    /** What traffic touches is made once; then nothing is. */
    @Test
    void shouldRecordWithoutAllocating() {
        Latencies latencies = new Latencies(2);

        Allocation.assertAllocatesNothing(20_000, () -> {
            ns = ns * 6364136223846793005L + 1442695040888963407L;
            for (LatencyPhase phase : PHASES) {
                latencies.record(1, phase, ns >>> 20);
            }
        });
    }
}
