package dev.weir.server.check;

import dev.weir.bridge.transport.EventLoop;

/** Runs something again and again on a virtual thread of a loop. Any thread may hurry or end it. */
final class CheckTask {
    /** What is run. On the task's virtual thread. */
    interface Work {
        /** @return false to end */
        boolean run(EventLoop loop);

        /** How long to wait behind a run. */
        int intervalMs();
    }

    private static final long MS_NS = 1_000_000L;

    private final EventLoop loop;
    private final Work work;
    private final int spreadPercent;
    private long random;
    private boolean isStarted;
    private volatile long dueNs;
    private volatile boolean isStopped;
    private volatile Thread thread;

    /**
     * @param spreadPercent {@code spread-checks}
     * @param seed not 0
     */
    CheckTask(EventLoop loop, Work work, int spreadPercent, long seed) {
        this.loop = loop;
        this.work = work;
        this.spreadPercent = spreadPercent;
        this.random = seed;
    }

    /** Does nothing if it runs already. Thread: one at a time. */
    void start(long delayMs) {
        if (isStarted) {
            return;
        }
        isStarted = true;
        dueNs = loop.nanoTime() + delayMs * MS_NS;
        loop.start(this::run);
    }

    void stop() {
        isStopped = true;
        wake();
    }

    /** The next run comes after this time at the latest. Counted on the loop: to other threads its time is that of its last turn. */
    void hurry(int delayMs) {
        loop.execute(() -> bringForward(delayMs));
    }

    private void bringForward(int delayMs) {
        long atNs = loop.nanoTime() + delayMs * MS_NS;
        if (dueNs > atNs) {
            dueNs = atNs;
            wake();
        }
    }

    private void run() {
        thread = Thread.currentThread();
        while (!isStopped) {
            if (loop.nanoTime() < dueNs) {
                loop.parkUntil(dueNs);
            } else if (work.run(loop)) {
                int intervalMs = work.intervalMs();
                dueNs = loop.nanoTime() + (intervalMs + spreadMs(intervalMs)) * MS_NS;
            } else {
                return;
            }
        }
    }

    private void wake() {
        Thread sleeper = thread;
        if (sleeper != null) {
            loop.unpark(sleeper);
        }
    }

    /** Up to so many percent of the interval earlier or later. */
    private long spreadMs(int intervalMs) {
        long range = (long) intervalMs * spreadPercent / 100;
        if (range == 0) {
            return 0;
        }
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return Long.remainderUnsigned(random, 2 * range + 1) - range;
    }
}
