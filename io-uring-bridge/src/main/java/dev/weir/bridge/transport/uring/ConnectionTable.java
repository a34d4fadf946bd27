package dev.weir.bridge.transport.uring;

import dev.weir.bridge.transport.ConnectionHandler;
import java.util.ArrayDeque;

/**
 * The connections of a loop by slot, which is how completions name them, and the listeners that wait for a slot to be free.
 * Thread: the loop's.
 */
final class ConnectionTable {
    private final UringEventLoop loop;
    private final ConnectionIds ids;
    private final int slotsMax;
    private final SlotTable<UringConnection> slots;
    private final ArrayDeque<UringListener> waiting = new ArrayDeque<>();
    private int open;

    ConnectionTable(UringEventLoop loop, ConnectionIds ids, int slotsMax) {
        this.loop = loop;
        this.ids = ids;
        this.slotsMax = Math.min(slotsMax, UserData.SLOTS_MAX);
        this.slots = new SlotTable<>(this.slotsMax);
    }

    boolean hasRoom() {
        return slots.taken() < slotsMax;
    }

    /** There must be {@link #hasRoom}. */
    UringConnection register(int fd, int family, ConnectionHandler handler) {
        int slot = slots.take(null);
        UringConnection connection =
                new UringConnection(loop, fd, family, ids.next(), slot, slots.generation(slot), handler);
        slots.hold(slot, connection);
        open++;
        return connection;
    }

    /** The connection that a completion is for, or null if it is gone. */
    UringConnection find(int slot, int generation) {
        return slots.holder(slot, generation);
    }

    /** Its owner is done with it; it may still wait for completions. */
    void onClosed() {
        open--;
    }

    /** The last completion of a closed connection is in. */
    void release(int slot) {
        slots.release(slot);
        UringListener listener = waiting.poll();
        if (listener != null) {
            listener.onSlotFree();
        }
    }

    /** The listener is called once, when a slot is free. */
    void await(UringListener listener) {
        waiting.add(listener);
    }

    void awaitNoMore(UringListener listener) {
        waiting.remove(listener);
    }

    /** Those that their owners have not closed. */
    int open() {
        return open;
    }

    int slotsTaken() {
        return slots.taken();
    }

    /** The loop ends; true when nothing is left. */
    boolean abandonAll() {
        slots.forEach(this::abandon);
        return slots.taken() == 0;
    }

    /** Catches everything: one connection's fault must not keep the others open. */
    private void abandon(UringConnection connection) {
        try {
            connection.abandon();
        } catch (RuntimeException | Error e) {
            loop.onFault(connection, e);
        }
    }
}
