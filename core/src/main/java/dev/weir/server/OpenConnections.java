package dev.weir.server;

import java.util.concurrent.atomic.AtomicInteger;

/** How many connections lead to a server in {@code mode http}, those that wait for a request included. Any thread. */
final class OpenConnections {
    private final AtomicInteger count = new AtomicInteger();

    /** Counts one that is about to be opened. @return false if there are so many already */
    boolean add(int countMax) {
        int before = count.get();
        while (before < countMax && !count.compareAndSet(before, before + 1)) {
            before = count.get();
        }
        return before < countMax;
    }

    /** One is closed, or was not opened after all. */
    void remove() {
        count.decrementAndGet();
    }
}
