package dev.weir.bridge.transport.uring;

/** A kernel pipe that carries the bytes of a spliced direction between its two sockets. Thread: the loop's. */
final class Pipe {
    final int readEnd;
    final int writeEnd;
    /** Bytes inside. */
    long bytes;

    Pipe next;

    Pipe(int readEnd, int writeEnd) {
        this.readEnd = readEnd;
        this.writeEnd = writeEnd;
    }
}
