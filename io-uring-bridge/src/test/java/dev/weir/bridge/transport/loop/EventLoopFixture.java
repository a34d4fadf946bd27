package dev.weir.bridge.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A loop that runs, and what tests do to it. */
abstract class EventLoopFixture {
    final List<String> log = new CopyOnWriteArrayList<>();
    TestLoop loop;

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

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    /** Runs on a virtual thread of the loop and waits for its end. */
    final Thread runOnLoop(Runnable task) throws Exception {
        CompletableFuture<Thread> done = new CompletableFuture<>();
        loop.start(() -> {
            task.run();
            done.complete(Thread.currentThread());
        });
        return get(done);
    }

    final void turnOnce() throws Exception {
        CompletableFuture<Void> turned = new CompletableFuture<>();
        loop.execute(() -> turned.complete(null));
        get(turned);
    }
}
