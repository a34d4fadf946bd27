package dev.weir.bridge.transport.loop;

/**
 * The virtual threads of a loop. One serves one task after the other; between two it is parked and keeps nothing, so that accepting
 * makes none. Thread: the loop's, or one of these.
 */
final class Workers {
    /** Kept parked for the next task. */
    private static final int IDLE_MAX = 256;

    private static final Runnable NOTHING = () -> {};

    private final AbstractEventLoop loop;
    private final VirtualThreads threads;
    private Worker idle;
    private int idleCount;
    private int count;

    Workers(AbstractEventLoop loop, VirtualThreads threads) {
        this.loop = loop;
        this.threads = threads;
    }

    void start(Runnable task) {
        if (idle == null) {
            threads.start(new Worker(task)); // runs when we have returned
            count++;
        } else {
            resume(task);
        }
    }

    private void resume(Runnable task) {
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
        return count - idleCount;
    }

    private boolean isWanted() {
        return idleCount < IDLE_MAX && !loop.isStopping();
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
            while (isWanted()) {
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
