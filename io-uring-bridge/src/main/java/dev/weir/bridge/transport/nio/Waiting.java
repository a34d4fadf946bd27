package dev.weir.bridge.transport.nio;

import java.util.function.BooleanSupplier;

/**
 * The one virtual thread that waits on a connection. It is woken once, by whoever comes first: readiness, a block, its deadline, a
 * kill, a close. Thread: the loop's.
 */
final class Waiting {
    /** How a wait ended. */
    enum Outcome {
        WOKEN,
        /** By its deadline. */
        LATE,
        /** Because the caller lost interest. */
        ABORTED
    }

    private final NioEventLoop loop;
    /** Null as soon as it is woken. */
    private Thread thread;

    private int ops;
    private boolean isLate;
    private NioEventLoop.Alarm alarm;

    Waiting(NioEventLoop loop) {
        this.loop = loop;
    }

    /** Whether somebody waits for one of these operations. */
    boolean isFor(int readyOps) {
        return thread != null && (readyOps & ops) != 0;
    }

    /** Parks the calling virtual thread until it is woken. {@code abort} is asked first, and at every unpark. */
    Outcome await(int wantedOps, long deadlineNs, BooleanSupplier abort) {
        boolean isTimed = deadlineNs != Long.MAX_VALUE;
        ops = wantedOps;
        isLate = false;
        thread = Thread.currentThread();
        if (isTimed) {
            arm(deadlineNs);
        }
        boolean isAborted;
        try {
            isAborted = abort.getAsBoolean();
            while (thread != null && !isAborted) {
                loop.park();
                isAborted = abort.getAsBoolean();
            }
        } finally {
            thread = null;
            if (isTimed) {
                alarm.disarm();
            }
        }
        if (isAborted) {
            return Outcome.ABORTED;
        }
        return isLate ? Outcome.LATE : Outcome.WOKEN;
    }

    private void arm(long deadlineNs) {
        if (alarm == null) {
            alarm = loop.new Alarm(this::onDeadline);
        }
        alarm.arm(deadlineNs);
    }

    private void onDeadline() {
        isLate = thread != null;
        wake();
    }

    void wake() {
        Thread woken = thread;
        if (woken != null) {
            thread = null;
            loop.unpark(woken);
        }
    }
}
