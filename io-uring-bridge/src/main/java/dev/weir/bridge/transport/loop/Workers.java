package dev.weir.bridge.transport.loop;

import dev.weir.bridge.buffer.RecentPeak;

/**
 * The virtual threads of a loop. One serves one task after the other; between two it is parked and keeps nothing, so that accepting
 * makes none. As many are kept as were lately busy at once: with fewer, each peak would make threads and let them go again, and
 * with them garbage that outlives the young generation.
 *
 * <p>Thread: the loop's, or one of these.
 */
final class Workers {
    private static final Runnable NOTHING = () -> {};

    private final AbstractEventLoop loop;
    private final VirtualThreads threads;
    private final RecentPeak busy = new RecentPeak();
    private Worker idle;
    private int idleCount;
    private int count;

    Workers(AbstractEventLoop loop, VirtualThreads threads) {
        this.loop = loop;
        this.threads = threads;
    }

    void start(Runnable task) {
        if (idle == null) {
            busy.onTaken(loop.nanoTime());
            threads.start(new Worker(task)); // runs when we have returned
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

    /** A task is done: whether its thread waits for the next one. */
    private boolean isKept() {
        return busy.onGivenBack(idleCount) && !loop.isStopping();
    }

    private final class Worker implements Runnable {
        private Runnable task;
        private Thread thread;
        private Worker nextIdle;

        Worker(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            loop.runGuarded(task);
            while (isKept()) {
                awaitTask();
                loop.runGuarded(task);
            }
            count--;
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
