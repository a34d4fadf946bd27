package dev.weir.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private static final long PATIENCE_S = 60;
    private static final Executor RUNNING = Runnable::run;

    /** What the watchdog does, in order. */
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    private Watchdog watchdog;

    @AfterEach
    void close() {
        watchdog.close();
    }

    @Test
    void shouldGiveSignAfterSignWhileAllLoopsRun() throws InterruptedException {
        start(RUNNING, RUNNING);

        for (int i = 0; i < 3; i++) {
            assertThat(nextEvent()).isEqualTo("alive");
        }
    }

    @Test
    void shouldGiveNoSignWhileOneLoopIsStuckAndSayWhichItIs() throws InterruptedException {
        var stuck = new LinkedBlockingQueue<Runnable>();

        start(RUNNING, stuck::add);

        assertThat(nextEvent()).startsWith("event loop 1 has run nothing for ");
        assertThat(events).isEmpty();

        stuck.take().run();

        assertThat(nextEvent()).isEqualTo("all event loops run again.");
        assertThat(nextEvent()).isEqualTo("alive");
    }

    @Test
    void shouldEndWhileALoopIsStuck() throws InterruptedException {
        start(RUNNING, task -> {});
        assertThat(nextEvent()).startsWith("event loop 1");

        watchdog.close();

        assertThat(events).isEmpty();
    }

    private void start(Executor... loops) {
        watchdog = Watchdog.start(List.of(loops), Duration.ofMillis(1), () -> events.add("alive"), events::add);
    }

    private String nextEvent() throws InterruptedException {
        String event = events.poll(PATIENCE_S, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event;
    }
}
