package dev.weir.bridge.transport.uring;

import java.util.Arrays;

/** Connections that have got something to send in this turn: it leaves with the next kernel entry. Thread: the loop's. */
final class Writers {
    /** So large that it hardly ever grows: compiled code that has never seen it grow is thrown away, in the midst of traffic, when it does. */
    private static final int CAPACITY = 1024;

    private RingOutput[] connections = new RingOutput[CAPACITY];
    private int count;

    void add(RingOutput connection) {
        if (count == connections.length) {
            connections = Arrays.copyOf(connections, count * 2);
        }
        connections[count++] = connection;
    }

    int count() {
        return count;
    }

    /** Asks for all their sends. */
    void send() {
        for (int i = 0; i < count; i++) {
            RingOutput connection = connections[i];
            connections[i] = null;
            connection.sendOutput();
        }
        count = 0;
    }
}
