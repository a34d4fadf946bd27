package dev.weir.bench.micro;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.Transports;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Question: what does it cost to park a virtual thread and run another one, on our loop and on the JDK's own scheduler? Two threads hand the turn to each other. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SwitchBenchmark {
    private static final int ROUNDS = 1000;
    private static final int SWITCHES = 2 * ROUNDS;

    private Transport transport;
    private EventLoop loop;
    private volatile boolean isFirstsTurn;

    /** How a thread waits for its turn, and lets another one go on. */
    private interface Scheduler {
        void start(Runnable task);

        void park();

        void unpark(Thread thread);
    }

    /** One of the two. Its thread is known once it runs. */
    private final class Player implements Runnable {
        private final Scheduler scheduler;
        private final boolean isFirst;
        private final CountDownLatch done;
        private Player other;
        private volatile Thread thread;

        Player(Scheduler scheduler, boolean isFirst, CountDownLatch done) {
            this.scheduler = scheduler;
            this.isFirst = isFirst;
            this.done = done;
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            for (int i = 0; i < ROUNDS; i++) {
                while (isFirstsTurn != isFirst) {
                    scheduler.park();
                }
                isFirstsTurn = !isFirst;
                if (other.thread != null) {
                    scheduler.unpark(other.thread);
                }
            }
            done.countDown();
        }
    }

    @Setup
    public void start() throws TransportException {
        transport = Transports.open(Transports.Choice.BEST, new TransportOptions());
        loop = transport.loop(0);
    }

    @TearDown
    public void stop() {
        transport.close();
    }

    @Benchmark
    @OperationsPerInvocation(SWITCHES)
    public void onOurLoop() throws InterruptedException {
        play(new Scheduler() {
            @Override
            public void start(Runnable task) {
                loop.start(task);
            }

            @Override
            public void park() {
                loop.park();
            }

            @Override
            public void unpark(Thread thread) {
                loop.unpark(thread);
            }
        });
    }

    @Benchmark
    @OperationsPerInvocation(SWITCHES)
    public void onTheJdksScheduler() throws InterruptedException {
        play(new Scheduler() {
            @Override
            public void start(Runnable task) {
                Thread.startVirtualThread(task);
            }

            @Override
            public void park() {
                LockSupport.park();
            }

            @Override
            public void unpark(Thread thread) {
                LockSupport.unpark(thread);
            }
        });
    }

    private void play(Scheduler scheduler) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(2);
        Player first = new Player(scheduler, true, done);
        Player second = new Player(scheduler, false, done);
        first.other = second;
        second.other = first;
        isFirstsTurn = true;
        scheduler.start(first);
        scheduler.start(second);
        done.await();
    }
}
