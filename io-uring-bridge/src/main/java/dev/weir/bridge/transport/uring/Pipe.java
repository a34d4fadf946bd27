package dev.weir.bridge.transport.uring;

/** A kernel pipe that carries a spliced direction. */
final class Pipe {
    final int readEnd;
    final int writeEnd;
    long bytes;

    Pipe(int readEnd, int writeEnd) {
        this.readEnd = readEnd;
        this.writeEnd = writeEnd;
    }
}
