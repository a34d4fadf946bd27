package dev.weir.bridge.transport.loop;

import java.util.concurrent.TimeUnit;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Question: what do the queues cost that work goes through: the loop's own, the one into a loop from outside, the one to the log's writer? One thread at both ends: no contention. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class QueueBenchmark {
    /** Entries that go in before they come out again. */
    @Param({"1", "64"})
    int burst;

    private final RunQueue run = new RunQueue();
    private final MpscUnboundedVarHandleArrayQueue<Runnable> handOver = new MpscUnboundedVarHandleArrayQueue<>(256);
    private final MpmcVarHandleArrayQueue<Runnable> log = new MpmcVarHandleArrayQueue<>(1024);
    private final Runnable task = () -> {};

    @Benchmark
    public int runQueue() {
        for (int i = 0; i < burst; i++) {
            run.add(task);
        }
        int taken = 0;
        while (run.poll() != null) {
            taken++;
        }
        return taken;
    }

    @Benchmark
    public int intoTheLoop() {
        for (int i = 0; i < burst; i++) {
            handOver.offer(task);
        }
        int taken = 0;
        while (handOver.poll() != null) {
            taken++;
        }
        return taken;
    }

    @Benchmark
    public int toTheLogWriter() {
        for (int i = 0; i < burst; i++) {
            log.offer(task);
        }
        int taken = 0;
        while (log.poll() != null) {
            taken++;
        }
        return taken;
    }
}
