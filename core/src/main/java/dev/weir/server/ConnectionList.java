package dev.weir.server;

/** A list of connections through their own links, the newest first. Thread: the loop's. */
final class ConnectionList {
    private ServerConnection first;
    private ServerConnection last;

    boolean isEmpty() {
        return first == null;
    }

    void push(ServerConnection connection) {
        connection.previous = null;
        connection.next = first;
        if (first == null) {
            last = connection;
        } else {
            first.previous = connection;
        }
        first = connection;
    }

    void remove(ServerConnection connection) {
        if (connection.previous == null) {
            first = connection.next;
        } else {
            connection.previous.next = connection.next;
        }
        if (connection.next == null) {
            last = connection.previous;
        } else {
            connection.next.previous = connection.previous;
        }
        connection.next = null;
        connection.previous = null;
    }

    /** The newest that may carry the request, or null; it stays in the list. */
    ServerConnection find(SessionRequest request) {
        ServerConnection candidate = first;
        while (candidate != null && !candidate.fits(request)) {
            candidate = candidate.next;
        }
        return candidate;
    }

    /** There must be one. */
    ServerConnection oldest() {
        return last;
    }
}
