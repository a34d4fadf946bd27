package dev.weir.bench.scenario;

import dev.weir.bench.judge.Workload;
import java.util.function.DoubleFunction;

/** How a scenario's figures are taken. Closed set: the runner's switch handles each. */
public sealed interface Probe {
    /**
     * Load on products that run and are warm: throughput, CPU, latencies.
     *
     * @param workload for a point on the axis
     * @param countsBytes whether CPU is told per byte, not per request
     */
    record Traffic(DoubleFunction<Workload> workload, boolean countsBytes) implements Probe {}

    /**
     * The open loop: the point is a percentage of what the slowest product can do with this workload.
     *
     * @param saturating a closed loop
     */
    record Latency(Workload saturating) implements Probe {}

    /** A product that was just started, with as many connections as the point says, which do nothing. */
    record Idle() implements Probe {}

    /**
     * From {@code exec} to the first proxied byte, and on to its full speed.
     *
     * @param workload a closed loop
     */
    record Start(Workload workload) implements Probe {}

    /** Whether products run before the probe begins; else it starts its own. */
    default boolean needsRunningProducts() {
        return this instanceof Traffic || this instanceof Latency;
    }
}
