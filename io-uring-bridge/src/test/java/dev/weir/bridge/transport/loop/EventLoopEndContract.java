package dev.weir.bridge.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Faults of what runs on a loop, and its end. */
abstract class EventLoopEndContract extends EventLoopTimeContract {
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
}
