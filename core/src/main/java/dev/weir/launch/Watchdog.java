package dev.weir.launch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;

/**
 * Signs of life for a supervisor that restarts a process without them: one each period, but only after every event loop has run
 * a task that it was given for the purpose. A loop that is stuck, in code or in the kernel, ends them for all; so does a JVM that
 * runs no threads. Thread: its own, which ends with {@link #close}.
 */
final class Watchdog implements AutoCloseable {
    private final List<? extends Executor> loops;
    private final Duration period;
    private final Runnable alive;
    private final Consumer<String> report;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param period between two signs: at most half of what the supervisor waits
     * @param alive gives a sign
     * @param report takes a line when a loop has not answered for a period, and one when it does again
     */
    private Watchdog(List<? extends Executor> loops, Duration period, Runnable alive, Consumer<String> report) {
        this.loops = loops;
        this.period = period;
        this.alive = alive;
        this.report = report;
        this.thread = Thread.ofPlatform().name("watchdog").daemon().unstarted(this::run);
    }

    static Watchdog start(List<? extends Executor> loops, Duration period, Runnable alive, Consumer<String> report) {
        Watchdog watchdog = new Watchdog(loops, period, alive, report);
        watchdog.thread.start();
        return watchdog;
    }

    private void run() {
        try {
            do {
                awaitLoops();
                alive.run();
            } while (!closed.await(period.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed while it waited for a loop
        }
    }

    /** Returns when each loop has run a task of this turn. */
    private void awaitLoops() throws InterruptedException {
        var hasAnswered = new AtomicIntegerArray(loops.size());
        var answers = new CountDownLatch(loops.size());
        for (int i = 0; i < loops.size(); i++) {
            int index = i;
            loops.get(i).execute(() -> {
                hasAnswered.set(index, 1);
                answers.countDown();
            });
        }
        if (!answers.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
            report.accept("event loop " + firstWithout(hasAnswered) + " has run nothing for " + period.toMillis()
                    + " ms: systemd gets no sign of life until it does.");
            answers.await();
            report.accept("all event loops run again.");
        }
    }

    private static int firstWithout(AtomicIntegerArray hasAnswered) {
        int index = 0;
        while (index < hasAnswered.length() - 1 && hasAnswered.get(index) != 0) {
            index++;
        }
        return index;
    }

    /** No sign comes after this has returned. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        boolean wasInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
