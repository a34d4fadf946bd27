package dev.weir.bridge.transport.loop;

import dev.weir.bridge.buffer.RecentPeak;

/**
 * The virtual threads of a loop. One serves one task after the other; between two it is parked and keeps nothing, so that accepting
 * makes none. As many are kept as were lately busy at once: with fewer, each peak would make threads and let them go again, and
 * with them garbage that outlives the young generation.
 *
 * <p>The first ones are replaced after a thousand tasks: a thread that began when its outermost methods were still interpreted keeps those
 * frames, and to park and resume it costs several times as much as a thread of compiled frames alone.
 *
 * <p>Thread: the loop's, or one of these.
 */
final class Workers {
    /** So many are kept in any case. */
    private static final int KEPT_MIN = 256;
    /** After so many were started, their outermost methods are compiled. */
    private static final int INTERPRETED_MAX = 400;
    /** Not more tasks than this are served by one of those: so many that one in a thousand waits for a new thread, not one in a hundred. */
    private static final int TASKS_OF_INTERPRETED = 1000;

    private static final Runnable NOTHING = () -> {};

    private final AbstractEventLoop loop;
    private final VirtualThreads threads;
    private final RecentPeak busy = new RecentPeak(KEPT_MIN);
    private Worker idle;
    private int idleCount;
    private int count;
    /** Up to {@link #INTERPRETED_MAX}. */
    private int started;

    Workers(AbstractEventLoop loop, VirtualThreads threads) {
        this.loop = loop;
        this.threads = threads;
    }

    void start(Runnable task) {
        if (idle == null) {
            busy.onTaken(loop.nanoTime());
            threads.start(new Worker(task, started == INTERPRETED_MAX)); // runs when we have returned
            started = Math.min(started + 1, INTERPRETED_MAX);
            count++;
        } else {
            resume(task);
        }
    }

    private void resume(Runnable task) {
        busy.onTaken(loop.nanoTime());
        Worker worker = idle;
        idle = worker.nextIdle;
        idleCount--;
        worker.task = task;
        threads.unpark(worker.thread);
    }

    /** Lets the parked ones end: parked for ever they would stay reachable, since the JDK tracks its virtual threads. */
    void releaseIdle() {
        while (idle != null) {
            resume(NOTHING);
        }
    }

    /** Whether none is left, busy or idle. */
    boolean areGone() {
        return count == 0;
    }

    /** Those that have a task. */
    int busy() {
        return busy.inUse();
    }

    /** Its task is done. */
    private boolean isKept(Worker worker) {
        boolean isUseful = busy.onGivenBack(idleCount) && (worker.isCompiled || worker.tasks < TASKS_OF_INTERPRETED);
        return isUseful && !loop.isStopping();
    }

    private final class Worker implements Runnable {
        private final boolean isCompiled;
        private Runnable task;
        private int tasks;
        private Thread thread;
        private Worker nextIdle;

        Worker(Runnable task, boolean isCompiled) {
            this.task = task;
            this.isCompiled = isCompiled;
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            serve();
            while (isKept(this)) {
                awaitTask();
                serve();
            }
            count--;
        }

        private void serve() {
            tasks++;
            loop.runGuarded(task);
        }

        private void awaitTask() {
            task = null;
            nextIdle = idle;
            idle = this;
            idleCount++;
            while (task == null) {
                threads.park();
            }
            nextIdle = null;
        }
    }
}
