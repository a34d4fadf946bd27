package dev.weir.bridge.transport.loop;

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
import org.openjdk.jmh.annotations.Warmup;

/** Question: what do timers cost that are set and moved for every session, with none and with 100,000 others pending? Stands in the wheel's own package, which shows it to nobody else. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimerWheelBenchmark {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long TURN_NS = 50_000;

    private static final class Timer extends TimerWheel.Node {
        private long fired;

        @Override
        protected void fire() {
            fired++;
        }
    }

    /** Timers of other sessions. */
    @Param({"0", "100000"})
    int others;

    private TimerWheel wheel;
    private final Timer timer = new Timer();
    private long nowNs;

    @Setup
    public void fill() {
        wheel = new TimerWheel(0, fault -> {
            throw new AssertionError(fault);
        });
        for (int i = 0; i < others; i++) {
            wheel.add(new Timer(), 3600 * SECOND_NS * 24 + i * 1_000_000L);
        }
    }

    /** As a time-out that traffic refreshes. */
    @Benchmark
    public int move() {
        nowNs += TURN_NS;
        wheel.add(timer, nowNs + 30 * SECOND_NS);
        return wheel.pending();
    }

    @Benchmark
    public int addAndCancel() {
        wheel.add(timer, nowNs + 30 * SECOND_NS);
        wheel.cancel(timer);
        return wheel.pending();
    }

    /** A turn of the loop with a timer that is due after twenty of them. */
    @Benchmark
    public long advance() {
        nowNs += TURN_NS;
        if (!timer.isPending()) {
            wheel.add(timer, nowNs + 20 * TURN_NS);
        }
        wheel.advance(nowNs);
        return timer.fired + wheel.nextDeadlineNs();
    }
}
