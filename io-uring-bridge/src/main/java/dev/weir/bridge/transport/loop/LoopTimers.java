package dev.weir.bridge.transport.loop;

import dev.weir.bridge.transport.EventLoop.ExactTimer;
import dev.weir.bridge.transport.EventLoop.Timer;
import java.util.function.Consumer;

/**
 * All that a loop does at a time: tasks, embedded timers and sleeping virtual threads on a {@link TimerWheel}, and the few exact
 * timers, at which every turn looks. Thread: the loop's, or one of its virtual threads.
 */
final class LoopTimers {
    private final VirtualThreads threads;
    private final TimerWheel wheel;
    private final Consumer<Throwable> faults;
    private Exact exactTimers;
    private Alarm freeAlarms;

    /** @param faults told what a task throws, so that the others still run */
    LoopTimers(long nowNs, VirtualThreads threads, Consumer<Throwable> faults) {
        this.threads = threads;
        this.wheel = new TimerWheel(nowNs, faults);
        this.faults = faults;
    }

    /** Pending ones on the wheel. */
    int pending() {
        return wheel.pending();
    }

    /** Fires all that is due. */
    void advance(long nowNs) {
        wheel.advance(nowNs);
        for (Exact timer = exactTimers; timer != null; timer = timer.next) {
            if (timer.deadlineNs <= nowNs) {
                timer.deadlineNs = Long.MAX_VALUE;
                run(timer.task);
            }
        }
    }

    /** Catches everything: one task's fault must not keep the others from running. */
    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            faults.accept(e);
        }
    }

    /** When to look again; {@link Long#MAX_VALUE} if there is nothing. */
    long nextDeadlineNs() {
        long earliest = wheel.nextDeadlineNs();
        for (Exact timer = exactTimers; timer != null; timer = timer.next) {
            earliest = Math.min(earliest, timer.deadlineNs);
        }
        return earliest;
    }

    void add(TimerWheel.Node timer, long deadlineNs) {
        wheel.add(timer, deadlineNs);
    }

    void cancel(TimerWheel.Node timer) {
        wheel.cancel(timer);
    }

    Timer schedule(long deadlineNs, Runnable task) {
        Task timer = new Task(task);
        wheel.add(timer, deadlineNs);
        return timer;
    }

    ExactTimer exact(Runnable task) {
        exactTimers = new Exact(task, exactTimers);
        return exactTimers;
    }

    /** Parks the calling virtual thread, at most until the deadline. */
    void parkUntil(long deadlineNs) {
        Alarm alarm = takeAlarm();
        alarm.sleeper = Thread.currentThread();
        wheel.add(alarm, deadlineNs);
        threads.park();
        wheel.cancel(alarm);
        alarm.sleeper = null;
        alarm.nextFree = freeAlarms;
        freeAlarms = alarm;
    }

    private Alarm takeAlarm() {
        Alarm alarm = freeAlarms;
        if (alarm == null) {
            return new Alarm();
        }
        freeAlarms = alarm.nextFree;
        alarm.nextFree = null;
        return alarm;
    }

    /** A timer that every turn looks at. */
    private static final class Exact implements ExactTimer {
        private final Runnable task;
        private final Exact next;
        private long deadlineNs = Long.MAX_VALUE;

        Exact(Runnable task, Exact next) {
            this.task = task;
            this.next = next;
        }

        @Override
        public void set(long deadlineNs) {
            this.deadlineNs = deadlineNs;
        }
    }

    private final class Task extends TimerWheel.Node implements Timer {
        private final Runnable task;

        Task(Runnable task) {
            this.task = task;
        }

        @Override
        protected void fire() {
            task.run();
        }

        @Override
        public void cancel() {
            wheel.cancel(this);
        }
    }

    /** Wakes a virtual thread; there are as many as ever slept with a deadline at the same time. */
    private final class Alarm extends TimerWheel.Node {
        private Thread sleeper;
        private Alarm nextFree;

        @Override
        protected void fire() {
            threads.unpark(sleeper);
        }
    }
}
