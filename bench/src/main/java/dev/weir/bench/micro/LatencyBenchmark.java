package dev.weir.bench.micro;

import dev.weir.stats.Latencies;
import dev.weir.stats.LatencyPhase;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Questions: what does one duration cost, and what do all of an HTTP exchange, four phases for the frontend, the backend and the server?
 * Durations lie between 20 µs and 20 ms, in no order that a branch predictor could learn.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LatencyBenchmark {
    private static final int DURATION_COUNT = 1 << 12;
    private static final double LEAST_NS = 20_000;
    private static final double SPREAD = 1_000;

    private final long[] durations = new long[DURATION_COUNT];
    private final Latencies frontend = new Latencies(2);
    private final Latencies backend = new Latencies(2);
    private final Latencies server = new Latencies(2);

    @Setup
    public void setUp() {
        var random = new java.util.Random(7);
        for (int i = 0; i < DURATION_COUNT; i++) {
            durations[i] = (long) (LEAST_NS * Math.pow(SPREAD, random.nextDouble()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(DURATION_COUNT)
    public Latencies record() {
        for (long duration : durations) {
            server.record(1, LatencyPhase.TOTAL, duration);
        }
        return server;
    }

    @Benchmark
    @OperationsPerInvocation(DURATION_COUNT)
    public Latencies exchange() {
        for (long duration : durations) {
            exchange(frontend, duration);
            exchange(backend, duration);
            exchange(server, duration);
        }
        return server;
    }

    private static void exchange(Latencies of, long duration) {
        of.record(1, LatencyPhase.QUEUE, duration >> 10);
        of.record(1, LatencyPhase.CONNECT, duration >> 6);
        of.record(1, LatencyPhase.RESPONSE, duration >> 1);
        of.record(1, LatencyPhase.TOTAL, duration);
    }
}
