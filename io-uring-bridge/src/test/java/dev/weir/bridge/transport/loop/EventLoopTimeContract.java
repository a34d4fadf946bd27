package dev.weir.bridge.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.bridge.transport.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Deadlines and timers. */
abstract class EventLoopTimeContract extends EventLoopFixture {
    @Test
    void shouldParkUntilADeadline() throws Exception {
        long startNs = System.nanoTime();

        runOnLoop(() -> {
            long deadlineNs = loop.nanoTime() + 20_000_000;
            while (loop.nanoTime() < deadlineNs) {
                loop.parkUntil(deadlineNs);
            }
        });

        assertThat(System.nanoTime() - startNs).isGreaterThanOrEqualTo(19_000_000);
        turnOnce();
        assertThat(loop.timers()).isZero();
    }

    @Test
    void shouldTakeTheTimerBackWhenUnparkedEarly() throws Exception {
        CompletableFuture<Thread> parked = new CompletableFuture<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        AtomicBoolean goOn = new AtomicBoolean();
        loop.start(() -> {
            parked.complete(Thread.currentThread());
            while (!goOn.get()) {
                loop.parkUntil(loop.nanoTime() + 3_600_000_000_000L);
            }
            done.complete(null);
        });
        Thread thread = get(parked);

        goOn.set(true);
        loop.unpark(thread);

        get(done);
        turnOnce();
        assertThat(loop.timers()).isZero();
    }

    @Test
    void shouldParkForEverWithoutATimer() throws Exception {
        CompletableFuture<Thread> parked = new CompletableFuture<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.start(() -> {
            parked.complete(Thread.currentThread());
            loop.parkUntil(Long.MAX_VALUE);
            done.complete(null);
        });
        Thread thread = get(parked);
        turnOnce();
        assertThat(loop.timers()).isZero();

        loop.unpark(thread);

        get(done);
    }

    @Test
    void shouldRunScheduledTasksUnlessCancelled() throws Exception {
        List<String> ran = new CopyOnWriteArrayList<>();

        loop.execute(() -> {
            loop.schedule(loop.nanoTime() + 10_000_000, () -> ran.add("later"));
            loop.schedule(loop.nanoTime(), () -> ran.add("at once"));
            loop.schedule(loop.nanoTime() + 5_000_000, () -> ran.add("never")).cancel();
        });

        await().untilAsserted(() -> assertThat(ran).containsExactly("at once", "later"));
    }

    @Test
    void shouldFireAnExactTimerNeverEarlyAndOnceForEachTime() throws Exception {
        int rounds = 50;
        long stepNs = 50_000;
        List<Long> leadsNs = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();

        loop.execute(() -> new Metronome(rounds, stepNs, leadsNs, done).start());
        get(done);

        assertThat(leadsNs).hasSize(rounds).allMatch(leadNs -> leadNs <= 0);
    }

    /** Sets its timer again as soon as it has fired, and notes how early that was. */
    private final class Metronome {
        private final EventLoop.ExactTimer timer = loop.exactTimer(this::onTime);
        private final int rounds;
        private final long stepNs;
        private final List<Long> leadsNs;
        private final CompletableFuture<Void> done;
        private long deadlineNs;

        Metronome(int rounds, long stepNs, List<Long> leadsNs, CompletableFuture<Void> done) {
            this.rounds = rounds;
            this.stepNs = stepNs;
            this.leadsNs = leadsNs;
            this.done = done;
        }

        void start() {
            deadlineNs = loop.nanoTime() + stepNs;
            timer.set(deadlineNs);
        }

        private void onTime() {
            leadsNs.add(deadlineNs - loop.nanoTime());
            if (leadsNs.size() < rounds) {
                start();
            } else {
                done.complete(null);
            }
        }
    }

    @Test
    void shouldNotFireAnExactTimerThatWasTakenBack() throws Exception {
        AtomicInteger fired = new AtomicInteger();
        CompletableFuture<Void> later = new CompletableFuture<>();

        loop.execute(() -> {
            EventLoop.ExactTimer taken = loop.exactTimer(fired::incrementAndGet);
            taken.set(loop.nanoTime() + 1_000_000);
            taken.set(Long.MAX_VALUE);
            loop.exactTimer(() -> later.complete(null)).set(loop.nanoTime() + 2_000_000);
        });
        get(later);

        assertThat(fired).hasValue(0);
    }
}
