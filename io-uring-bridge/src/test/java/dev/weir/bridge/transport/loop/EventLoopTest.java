package dev.weir.bridge.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every loop has, with the JDK's scheduler hook: its tasks and virtual threads. */
@Timeout(60)
class EventLoopTest extends EventLoopEndContract {
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
}
