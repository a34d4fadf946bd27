package dev.weir.bridge.transport.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.weir.bridge.kernel.Kernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Pipes for splicing, made when first needed, kept when empty, at most so many. Thread: the loop's. */
final class PipePool {
    /** What a pipe may hold: enough that a fast sender is emptied with one call, bytes. */
    static final int PIPE_BYTES = 256 * 1024;

    private static final int PIPES_KEPT = 32;
    private static final int O_NONBLOCK_CLOEXEC = 0x800 | 0x80000;
    private static final int F_SETPIPE_SZ = 1031;

    private final Kernel kernel;
    private final int pipesMax;
    private final MemorySegment pair = Arena.ofAuto().allocate(8, 4);
    private Pipe free;
    private int freeCount;
    private int lent;
    private long bytesPassed;

    PipePool(Kernel kernel, int pipesMax) {
        this.kernel = kernel;
        this.pipesMax = pipesMax;
    }

    int lent() {
        return lent;
    }

    int free() {
        return freeCount;
    }

    /** Bytes that have left pipes for their targets. */
    long bytesPassed() {
        return bytesPassed;
    }

    void countPassed(long bytes) {
        bytesPassed += bytes;
    }

    /** A pipe, or null when there is none to be had: the direction goes on without. */
    Pipe take() {
        Pipe pipe = free;
        if (pipe != null) {
            free = pipe.next;
            freeCount--;
        } else if (lent < pipesMax && kernel.pipe2(pair.address(), O_NONBLOCK_CLOEXEC) == 0) {
            pipe = new Pipe(pair.get(JAVA_INT, 0), pair.get(JAVA_INT, 4));
            // A refusal (the user's pipe budget) leaves the default of 64 KiB, which works as well.
            kernel.fcntl(pipe.readEnd, F_SETPIPE_SZ, PIPE_BYTES);
        }
        if (pipe != null) {
            lent++;
        }
        return pipe;
    }

    /** A pipe that still holds bytes is closed: they belong to a session that is over. */
    void giveBack(Pipe pipe) {
        lent--;
        if (pipe.bytes > 0 || freeCount >= PIPES_KEPT) {
            close(pipe);
        } else {
            pipe.next = free;
            free = pipe;
            freeCount++;
        }
    }

    private void close(Pipe pipe) {
        kernel.close(pipe.readEnd);
        kernel.close(pipe.writeEnd);
    }

    void close() {
        for (Pipe pipe = free; pipe != null; pipe = pipe.next) {
            close(pipe);
        }
        free = null;
    }
}
