package dev.weir.server;

import dev.weir.bridge.transport.EventLoop;

/** Runs short tasks later, for what belongs to no session. From any thread. */
@FunctionalInterface
public interface Timers {
    void after(long delayNs, Runnable task);

    /** On a loop. */
    static Timers on(EventLoop loop) {
        return (delayNs, task) -> loop.execute(() -> loop.schedule(loop.nanoTime() + delayNs, task));
    }
}
