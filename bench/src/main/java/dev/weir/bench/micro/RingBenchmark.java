package dev.weir.bench.micro;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.ring.Ring;
import dev.weir.bridge.ring.RingForm;
import dev.weir.bridge.transport.TransportException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Question: what does one kernel entry cost, and how little does each further request in it add? A request is a poll of what is ready already. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RingBenchmark {
    private static final int POLL_IN = 1;

    /** Requests that one entry submits and gets back. */
    @Param({"1", "4", "16", "64"})
    int requests;

    private final Kernel kernel = new Kernel();
    private Ring ring;
    private int readable;
    private long completed;
    private final Ring.CompletionHandler handler = this::count;

    @Setup
    public void open() throws TransportException {
        readable = kernel.eventfd(1, 0);
        ring = new Ring(kernel, 128, 512, RingForm.BEST_FIRST);
        ring.enable();
    }

    @TearDown
    public void close() {
        ring.close();
        kernel.close(readable);
    }

    @Benchmark
    public long submitAndComplete() {
        for (int i = 0; i < requests; i++) {
            ring.next().poll(readable, POLL_IN, i);
        }
        ring.submitAndWait(requests);
        ring.drain(handler);
        return completed;
    }

    private void count(long userData, int result, int flags) {
        completed += userData;
    }
}
