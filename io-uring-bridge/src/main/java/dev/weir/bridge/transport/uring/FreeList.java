package dev.weir.bridge.transport.uring;

import dev.weir.bridge.buffer.RecentPeak;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Objects that wait for their next use, so that none is made for it; not more than a burst needs again. Thread: the loop's. */
final class FreeList<T> {
    private final LongSupplier clock;
    private final Supplier<T> factory;
    private final ArrayDeque<T> kept = new ArrayDeque<>();
    private final RecentPeak used = new RecentPeak();

    /** @param clock the loop's, nanoseconds */
    FreeList(LongSupplier clock, Supplier<T> factory) {
        this.clock = clock;
        this.factory = factory;
    }

    T take() {
        used.onTaken(clock.getAsLong());
        T object = kept.pollLast();
        return object == null ? factory.get() : object;
    }

    /** The caller does not use it any more. */
    void giveBack(T object) {
        if (used.onGivenBack(kept.size())) {
            kept.addLast(object);
        }
    }
}
