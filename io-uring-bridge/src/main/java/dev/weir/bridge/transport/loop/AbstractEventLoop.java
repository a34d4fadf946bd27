package dev.weir.bridge.transport.loop;

import dev.weir.bridge.transport.EventLoop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;

/**
 * The turn of a loop: fire timers, run what is ready, then let the transport submit, wait and hand out completions. The loop is
 * an {@link Executor} of the continuations of its virtual threads: work from its own thread goes to a plain queue, work from
 * others through a lock-free one with a wake-up only when the loop may be asleep.
 *
 * <p>How no wake-up is lost: the loop announces its sleep ({@link #mayBeAsleep}, volatile) <em>before</em> it looks at the
 * hand-over queue for the last time; a producer enqueues <em>before</em> it reads that flag.
 */
public abstract class AbstractEventLoop implements EventLoop, Executor {
    /** How long a loop that ends sleeps at most between two looks at what is left. */
    private static final long STOP_POLL_NS = 2_000_000;
    /** How long its end may take, nanoseconds: longer than the slowest machine needs to reset all connections. */
    private static final long END_PATIENCE_NS = 60_000_000_000L;

    protected final Thread thread;
    private final int index;
    private final Consumer<String> log;
    private final RunQueue ready = new RunQueue();
    /** Unbounded in form; in fact bounded by the virtual threads (one continuation each) and by callers that wait for their task. */
    private final MpscUnboundedVarHandleArrayQueue<Runnable> handOver = new MpscUnboundedVarHandleArrayQueue<>(256);

    private final LoopTimers timers;
    private final VirtualThreads virtualThreads;
    private final Workers workers;
    private final CountDownLatch ended = new CountDownLatch(1);
    private long nowNs = System.nanoTime();
    private long turns;
    private volatile boolean mayBeAsleep;
    private volatile boolean stopRequested;

    protected AbstractEventLoop(int index, String name, Consumer<String> log) {
        this(index, name, log, true);
    }

    /** @param schedulerHook false runs virtual threads as on a JDK that refuses to let a loop be their carrier */
    @SuppressWarnings("this-escape") // nothing runs before start()
    protected AbstractEventLoop(int index, String name, Consumer<String> log, boolean schedulerHook) {
        this.index = index;
        this.log = log;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
        this.virtualThreads = VirtualThreads.on(thread, this, schedulerHook);
        this.timers = new LoopTimers(nowNs, virtualThreads, this::fault);
        this.workers = new Workers(this, virtualThreads);
    }

    /** Null if virtual threads run on the loop itself, else why the JDK refuses. */
    public final String schedulerRefusal() {
        return virtualThreads.refusal();
    }

    // ---- what a transport provides ----

    /** First act on the loop's thread. */
    protected abstract void onStart();

    /**
     * Submits what was asked for, waits for events at most until the deadline (0: does not wait), and handles them.
     * Must call {@link #awake} as soon as a wait is over.
     */
    protected abstract void poll(long deadlineNs);

    /** From any thread: ends a wait in {@link #poll}. */
    protected abstract void wakeUp();

    /** On the loop's thread, when the end was asked for, each turn until it returns true: fail all that waits. True when nothing is left. */
    protected abstract boolean onStop();

    /** Last act on the loop's thread. */
    protected abstract void onEnd();

    // ---- the turn ----

    private void run() {
        try {
            onStart();
            while (!stopRequested || !stopped()) {
                turn();
            }
        } finally {
            try {
                onEnd();
            } finally {
                ended.countDown();
            }
        }
    }

    private boolean stopped() {
        drainHandOver();
        workers.releaseIdle();
        return onStop() && ready.isEmpty() && workers.areGone();
    }

    private void turn() {
        turns++;
        nowNs = System.nanoTime();
        timers.advance(nowNs);
        runReady();
        long deadlineNs = 0;
        if (ready.isEmpty()) {
            mayBeAsleep = true;
            if (handOver.isEmpty()) {
                deadlineNs = stopRequested ? nowNs + STOP_POLL_NS : timers.nextDeadlineNs();
            } else {
                mayBeAsleep = false;
            }
        }
        poll(deadlineNs);
    }

    /** Runs what is ready now; what becomes ready meanwhile waits for the next turn, so that events are never starved. */
    private void runReady() {
        drainHandOver();
        for (int left = ready.size(); left > 0; left--) {
            runGuarded(ready.poll());
        }
    }

    private void drainHandOver() {
        Runnable task;
        while ((task = handOver.poll()) != null) {
            ready.add(task);
        }
    }

    /** Catches everything: a fault in one task or session must not end the loop that serves all others. It is said, with its stack. */
    protected final void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            fault(e);
        }
    }

    /** For transports that guard a call of their own, as {@link #runGuarded} does, without making an object for it. */
    protected final void fault(Throwable e) {
        StringBuilder text = new StringBuilder("ALERT internal error on loop " + index + ": " + e);
        for (StackTraceElement element : e.getStackTrace()) {
            text.append("\n  | at ").append(element);
        }
        say(text.toString(), e);
    }

    /** A log that fails, too, must not end the loop; then whoever hears of uncaught exceptions is told, by default standard error. */
    private void say(String text, Throwable e) {
        try {
            log.accept(text);
        } catch (RuntimeException | Error unheard) {
            e.addSuppressed(unheard);
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** For transports: the wait is over, producers need not wake us any more. */
    protected final void awake() {
        mayBeAsleep = false;
        nowNs = System.nanoTime();
    }

    /** For transports: whether something became ready in {@link #poll} itself, so that it may not wait. */
    protected final boolean hasReady() {
        return !ready.isEmpty();
    }

    /** Whether somebody handed work over: ends a spin. */
    protected final boolean hasHandOver() {
        return !handOver.isEmpty();
    }

    /** From any thread: whether the loop's thread has ended, so that nothing handed over will run. */
    protected final boolean hasEnded() {
        return ended.getCount() == 0;
    }

    protected final boolean isStopping() {
        return stopRequested;
    }

    protected final long turns() {
        return turns;
    }

    protected final int timersPending() {
        return timers.pending();
    }

    /** Virtual threads that have work (parked ones that keep nothing are not counted). */
    protected final int busyVirtualThreads() {
        return workers.busy();
    }

    /** What waits for its turn. */
    protected final int tasksReady() {
        return ready.size() + handOver.size();
    }

    // ---- life ----

    public final void start() {
        thread.start();
    }

    /**
     * From any other thread: asks the loop to end, and waits until it has.
     *
     * @throws IllegalStateException if it has not within a minute: something of ours holds it, and a process that is to end must not
     *     wait for that for ever
     */
    public final void stop() {
        stop(END_PATIENCE_NS);
    }

    /** From any other thread: {@link #stop} for each, whatever another does. */
    public static void stopAll(AbstractEventLoop... loops) {
        IllegalStateException first = null;
        for (AbstractEventLoop loop : loops) {
            try {
                loop.stop();
            } catch (IllegalStateException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    final void stop(long patienceNs) {
        stopRequested = true;
        wakeUp();
        if (!awaitEnd(patienceNs)) {
            throw new IllegalStateException("internal error: loop " + index + " does not end, left are " + figures());
        }
    }

    private boolean awaitEnd(long patienceNs) {
        long endNs = System.nanoTime() + patienceNs;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return ended.await(endNs - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // ---- EventLoop ----

    @Override
    public final int index() {
        return index;
    }

    @Override
    public final boolean isCurrent() {
        return virtualThreads.isCurrent();
    }

    @Override
    public final long nanoTime() {
        return nowNs;
    }

    @Override
    public final void execute(Runnable task) {
        if (virtualThreads.isCurrent()) {
            ready.add(task);
            return;
        }
        handOver.offer(task);
        if (mayBeAsleep) {
            wakeUp();
        }
    }

    @Override
    public final void start(Runnable task) {
        if (isCurrent()) {
            workers.start(task);
        } else {
            execute(() -> workers.start(task));
        }
    }

    @Override
    public final void park() {
        virtualThreads.park();
    }

    @Override
    public final void parkUntil(long deadlineNs) {
        if (deadlineNs == Long.MAX_VALUE) {
            virtualThreads.park();
        } else {
            timers.parkUntil(deadlineNs);
        }
    }

    @Override
    public final void unpark(Thread virtualThread) {
        virtualThreads.unpark(virtualThread);
    }

    @Override
    public final Timer schedule(long deadlineNs, Runnable task) {
        return timers.schedule(deadlineNs, task);
    }

    @Override
    public final ExactTimer exactTimer(Runnable task) {
        return timers.exact(task);
    }

    /** A timer that its owner embeds and moves; for transports. Whoever relies on it overrides {@link #onFault}. Thread: the loop's. */
    protected abstract static class LoopTimer extends TimerWheel.Node {}

    protected final void arm(LoopTimer timer, long deadlineNs) {
        timers.add(timer, deadlineNs);
    }

    protected final void disarm(LoopTimer timer) {
        timers.cancel(timer);
    }
}
