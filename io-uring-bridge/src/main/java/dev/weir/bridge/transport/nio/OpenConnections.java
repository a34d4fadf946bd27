package dev.weir.bridge.transport.nio;

import java.util.function.Consumer;

/** The open connections of a loop: a list that runs through them, so that it costs no object for each. Thread: the loop's. */
final class OpenConnections {
    private NioConnection first;
    private int count;

    int count() {
        return count;
    }

    void add(NioConnection connection) {
        connection.next = first;
        if (first != null) {
            first.previous = connection;
        }
        first = connection;
        count++;
    }

    void remove(NioConnection connection) {
        if (connection.previous == null) {
            first = connection.next;
        } else {
            connection.previous.next = connection.next;
        }
        if (connection.next != null) {
            connection.next.previous = connection.previous;
        }
        connection.next = null;
        connection.previous = null;
        count--;
    }

    /** The loop ends. A connection's fault goes to {@code faults} and keeps no other open. */
    void abandonAll(Consumer<Throwable> faults) {
        while (first != null) {
            abandon(first, faults);
        }
    }

    private static void abandon(NioConnection connection, Consumer<Throwable> faults) {
        try {
            connection.abandon();
        } catch (RuntimeException | Error e) {
            faults.accept(e);
        }
    }
}
