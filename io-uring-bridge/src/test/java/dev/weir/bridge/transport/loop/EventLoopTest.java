package dev.weir.bridge.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.bridge.transport.EventLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every loop has, with the JDK's scheduler hook. */
@Timeout(60)
class EventLoopTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private TestLoop loop;

    protected boolean schedulerHook() {
        return true;
    }

    @BeforeEach
    void startLoop() {
        loop = new TestLoop(log::add, schedulerHook());
        loop.start();
    }

    @AfterEach
    void shouldEndCleanly() {
        loop.stop();

        assertThat(loop.hasRunFromStartToEnd()).isTrue();
        assertThat(loop.thread().isAlive() && loop.busy() > 0).isFalse();
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    /** Runs on a virtual thread of the loop and waits for its end. */
    private Thread runOnLoop(Runnable task) throws Exception {
        CompletableFuture<Thread> done = new CompletableFuture<>();
        loop.start(() -> {
            task.run();
            done.complete(Thread.currentThread());
        });
        return get(done);
    }

    private void turnOnce() throws Exception {
        CompletableFuture<Void> turned = new CompletableFuture<>();
        loop.execute(() -> turned.complete(null));
        get(turned);
    }

    @Test
    void shouldSayWhetherTheHookWorks() {
        if (schedulerHook()) {
            assertThat(loop.schedulerRefusal()).isNull();
        } else {
            assertThat(loop.schedulerRefusal()).contains("hook");
        }
        assertThat(loop.index()).isEqualTo(3);
    }

    @Test
    void shouldKnowWhoRunsOnIt() throws Exception {
        AtomicBoolean onItsThread = new AtomicBoolean();
        AtomicBoolean onVirtualThread = new AtomicBoolean();

        loop.execute(() -> onItsThread.set(loop.isCurrent() && Thread.currentThread() == loop.thread()));
        runOnLoop(() ->
                onVirtualThread.set(loop.isCurrent() && Thread.currentThread().isVirtual()));
        turnOnce();

        assertThat(onItsThread).isTrue();
        assertThat(onVirtualThread).isTrue();
        assertThat(loop.isCurrent()).isFalse();
    }

    @Test
    void shouldRunTasksOfOneThreadInOrder() throws Exception {
        List<Integer> ran = new ArrayList<>();

        for (int i = 0; i < 10_000; i++) {
            int number = i;
            loop.execute(() -> ran.add(number));
        }
        turnOnce();

        assertThat(ran).hasSize(10_000).isSorted();
    }

    @Test
    void shouldLoseNoTaskOfManyThreads() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        List<Thread> producers = new ArrayList<>();

        for (int i = 0; i < 4; i++) {
            producers.add(Thread.ofPlatform().start(() -> {
                for (int k = 0; k < 5000; k++) {
                    loop.execute(ran::incrementAndGet);
                }
            }));
        }
        for (Thread producer : producers) {
            producer.join();
        }

        await().untilAtomic(ran, org.hamcrest.Matchers.is(20_000));
    }

    @Test
    void shouldReuseTheVirtualThreadOfAnEndedTask() throws Exception {
        Thread first = runOnLoop(() -> {});
        turnOnce();
        Thread second = runOnLoop(() -> {});

        assertThat(second).isSameAs(first);
    }

    @Test
    void shouldKeepAsManyVirtualThreadsAsWereBusyAtOnce() throws Exception {
        Set<Thread> first = runAtOnce(600);

        assertThat(runAtOnce(600)).isEqualTo(first);
    }

    /** Tasks none of which ends before all have begun; the threads they ran on. */
    private Set<Thread> runAtOnce(int tasks) throws Exception {
        Set<Thread> threads = new HashSet<>();
        CompletableFuture<Void> allBegun = new CompletableFuture<>();
        CompletableFuture<Void> allEnded = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(tasks);
        for (int i = 0; i < tasks; i++) {
            loop.start(() -> {
                threads.add(Thread.currentThread());
                if (threads.size() == tasks) {
                    allBegun.complete(null);
                }
                while (!allBegun.isDone()) {
                    loop.parkUntil(loop.nanoTime() + 1_000_000);
                }
                if (left.decrementAndGet() == 0) {
                    loop.execute(() -> allEnded.complete(null)); // when the last thread is idle, too
                }
            });
        }
        get(allEnded);
        return threads;
    }

    @Test
    void shouldRunVirtualThreadsOneAtATime() throws Exception {
        int threads = 50;
        int rounds = 100;
        int[] unguarded = new int[1];
        List<CompletableFuture<Void>> ends = new ArrayList<>();

        for (int i = 0; i < threads; i++) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            loop.start(() -> {
                Thread self = Thread.currentThread();
                for (int round = 0; round < rounds; round++) {
                    int seen = unguarded[0];
                    Thread.onSpinWait();
                    unguarded[0] = seen + 1;
                    loop.unpark(self);
                    loop.park();
                }
                end.complete(null);
            });
        }
        for (CompletableFuture<Void> end : ends) {
            get(end);
        }

        assertThat(unguarded[0]).isEqualTo(threads * rounds);
    }

    @Test
    void shouldNotLoseAnUnparkThatComesBeforeThePark() throws Exception {
        runOnLoop(() -> {
            loop.unpark(Thread.currentThread());
            loop.park();
        });
    }

    @Test
    void shouldWakeFromOtherThreads() throws Exception {
        AtomicInteger ball = new AtomicInteger();
        CompletableFuture<Thread> player = new CompletableFuture<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.start(() -> {
            player.complete(Thread.currentThread());
            for (int round = 1; round <= 1000; round++) {
                while (ball.get() < 2 * round - 1) {
                    loop.park();
                }
                ball.incrementAndGet();
            }
            done.complete(null);
        });
        Thread thread = get(player);

        for (int round = 1; round <= 1000; round++) {
            ball.incrementAndGet();
            loop.unpark(thread);
            while (ball.get() != 2 * round) {
                Thread.onSpinWait();
            }
        }

        get(done);
    }

    /** A thread that has given its last sign may still be alive: an unpark then must not make the loop wait for it. */
    @Test
    void shouldSurviveUnparksOfThreadsThatEnd() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            CompletableFuture<Thread> started = new CompletableFuture<>();
            loop.start(() -> started.complete(Thread.currentThread()));
            Thread thread = get(started);
            for (int k = random.nextInt(4); k >= 0; k--) {
                loop.unpark(thread);
            }
        }

        turnOnce();
    }

    // ---- time ----

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

    // ---- faults ----

    @Test
    void shouldSayFaultsAndGoOn() throws Exception {
        loop.execute(() -> {
            throw new IllegalStateException("in a task");
        });
        loop.start(() -> {
            throw new IllegalStateException("in a session");
        });
        loop.execute(() -> loop.schedule(loop.nanoTime(), () -> {
            throw new IllegalStateException("in a timer");
        }));

        await().untilAsserted(() -> assertThat(log).hasSize(3));
        turnOnce();
        assertThat(log)
                .anyMatch(line -> line.contains("in a task"))
                .anyMatch(line -> line.contains("in a session"))
                .anyMatch(line -> line.contains("in a timer"))
                .allMatch(line -> line.startsWith("ALERT internal error on loop 3"));
    }

    @Test
    void shouldGoOnWhenNobodyTakesWhatItSays() throws Exception {
        List<Throwable> unheard = new CopyOnWriteArrayList<>();
        TestLoop mute = new TestLoop(
                line -> {
                    throw new IllegalStateException("in the log");
                },
                schedulerHook());
        mute.thread().setUncaughtExceptionHandler((thread, fault) -> unheard.add(fault));
        mute.start();
        CompletableFuture<Void> after = new CompletableFuture<>();

        mute.execute(() -> {
            throw new IllegalStateException("in a task");
        });
        mute.execute(() -> after.complete(null));

        get(after);
        assertThat(unheard)
                .singleElement()
                .satisfies(fault -> assertThat(fault)
                        .hasMessage("in a task")
                        .hasSuppressedException(new IllegalStateException("in the log")));
        mute.stop();
    }

    // ---- the end ----

    @Test
    void shouldLetIdleVirtualThreadsEnd() throws Exception {
        Thread worker = runOnLoop(() -> {});
        turnOnce();
        assertThat(worker.isAlive()).isTrue();

        loop.stop();

        assertThat(worker.join(java.time.Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void shouldEndOnlyWhenItsVirtualThreadsHave() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(1);
        loop.start(() -> {
            running.countDown();
            long endNs = loop.nanoTime() + 50_000_000;
            while (loop.nanoTime() < endNs) {
                loop.parkUntil(endNs);
            }
            ended.set(true);
        });
        running.await();

        loop.stop();

        assertThat(ended).isTrue();
    }

    @Test
    void shouldNotWaitForEverForALoopThatDoesNotEnd() {
        CountDownLatch held = new CountDownLatch(1);
        loop.start(() -> {
            while (held.getCount() > 0) {
                loop.parkUntil(loop.nanoTime() + 1_000_000);
            }
        });

        assertThatThrownBy(() -> loop.stop(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("loop 3 does not end, left are");

        held.countDown();
        loop.stop();
    }

    @Test
    void shouldStopForSeveralThreadsAtOnce() throws Exception {
        List<Thread> stoppers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            stoppers.add(Thread.ofPlatform().start(loop::stop));
        }

        for (Thread stopper : stoppers) {
            assertThat(stopper.join(java.time.Duration.ofSeconds(30))).isTrue();
        }
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
