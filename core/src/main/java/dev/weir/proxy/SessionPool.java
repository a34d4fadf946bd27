package dev.weir.proxy;

import java.util.function.Supplier;

/** Session objects of one kind that wait for their next connection. Thread: their loop's. */
final class SessionPool {
    private static final int SESSIONS_KEPT = 256;

    private final Supplier<ClientSession> factory;
    private ClientSession free;
    private int freeCount;

    SessionPool(Supplier<ClientSession> factory) {
        this.factory = factory;
    }

    ClientSession take() {
        ClientSession session = free;
        if (session == null) {
            session = factory.get();
            session.pool = this;
        } else {
            free = session.next;
            freeCount--;
        }
        return session;
    }

    void giveBack(ClientSession session) {
        if (freeCount < SESSIONS_KEPT) {
            session.next = free;
            free = session;
            freeCount++;
        }
    }
}
