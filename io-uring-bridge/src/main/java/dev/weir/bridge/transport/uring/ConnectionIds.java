package dev.weir.bridge.transport.uring;

/** Numbers for connections, different on every loop: the loop's index and a count. Thread: the loop's. */
final class ConnectionIds {
    private final int loops;
    private long next;

    ConnectionIds(int loop, int loops) {
        this.loops = loops;
        this.next = loop + 1L;
    }

    long next() {
        long id = next;
        next += loops;
        return id;
    }
}
