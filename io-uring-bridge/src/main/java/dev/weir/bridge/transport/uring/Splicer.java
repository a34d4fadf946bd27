package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;

/**
 * Moves a bulk direction through a pipe with splice(2): pages pass from socket to socket, no byte is copied to user space. Called
 * when the source is readable or the target writable again; io_uring's own splice is not used, since the kernel always hands it
 * to a worker thread. What was taken in is put out at once, so that EAGAIN of the source means that it is empty.
 *
 * <p>Thread: the loop's. The pipe is lent by the loop's pool while the direction splices.
 */
final class Splicer {
    /** Moved at most before the loop looks at others, bytes. */
    private static final int TURN_BYTES = 1024 * 1024;

    /** Fewer bytes at a time than this, so often in a row, and the stream is not bulk any more. */
    private static final int SMALL_BYTES = 16 * 1024;

    private static final int SMALL_TIMES_MAX = 4;
    private static final int SPLICE_FLAGS = 1 | 2; // SPLICE_F_MOVE, SPLICE_F_NONBLOCK

    private final Direction direction;
    private final UringEventLoop loop;
    private Pipe pipe;
    private int smallTimes;

    Splicer(Direction direction, UringEventLoop loop) {
        this.direction = direction;
        this.loop = loop;
    }

    boolean acquire() {
        if (pipe == null) {
            pipe = loop.pipes().take();
        }
        smallTimes = 0;
        return pipe != null;
    }

    void release() {
        if (pipe != null) {
            loop.pipes().giveBack(pipe);
            pipe = null;
        }
    }

    /** Moves what there is, then waits for the side that holds it up. */
    void go() {
        if (pipe.bytes > 0 && !putOut()) {
            return;
        }
        long moved = 0;
        while (direction.left() != 0 && moved < TURN_BYTES) {
            long taken = takeIn();
            if (taken <= 0) {
                onNoMore(taken, moved);
                return;
            }
            moved += taken;
            if (!putOut()) {
                return;
            }
        }
        if (direction.left() == 0) {
            direction.stopSplicing();
        } else {
            direction.source.pollIn();
        }
    }

    private long takeIn() {
        Kernel kernel = loop.kernel();
        long most = Math.min(PipePool.PIPE_BYTES, direction.left());
        long taken = kernel.splice(direction.source.fd, pipe.writeEnd, most, SPLICE_FLAGS);
        if (taken > 0) {
            pipe.bytes += taken;
            direction.countMoved(taken);
        }
        return taken;
    }

    /** Puts out what the pipe holds; false if the target takes no more for now, or never again. */
    private boolean putOut() {
        Kernel kernel = loop.kernel();
        while (pipe.bytes > 0) {
            long put = kernel.splice(pipe.readEnd, direction.target.fd, pipe.bytes, SPLICE_FLAGS);
            if (put > 0) {
                pipe.bytes -= put;
                loop.pipes().countPassed(put);
                direction.onTaken();
            } else if (put == -Errno.EAGAIN) {
                direction.setBlocked(true);
                direction.target.pollOut();
                return false;
            } else if (put != -Errno.EINTR) {
                direction.onTargetFailed(put == 0 ? Errno.EPIPE : (int) -put);
                return false;
            }
        }
        direction.setBlocked(false);
        return true;
    }

    /** Bytes that are in the pipe. */
    long bytes() {
        return pipe == null ? 0 : pipe.bytes;
    }

    /** Makes what the pipe holds the output of its target, which goes on by itself. */
    void emptyInto(UringConnection target) {
        while (pipe.bytes > 0) {
            int read = target.output().readFrom(pipe.readEnd);
            if (read <= 0) {
                // No block is left: the stream has a hole, so it is over.
                target.failOutput(Errno.ENOBUFS);
                target.discardOutput();
                break;
            }
            pipe.bytes -= read;
        }
        release();
    }

    private void onNoMore(long taken, long moved) {
        if (taken == 0) {
            direction.source.endInput();
            direction.onSpliceEnd();
        } else if (taken == -Errno.EAGAIN || taken == -Errno.EINTR) {
            awaitSource(moved);
        } else {
            direction.source.failInput((int) -taken);
            direction.onSpliceEnd();
        }
    }

    private void awaitSource(long moved) {
        smallTimes = moved < SMALL_BYTES ? smallTimes + 1 : 0;
        if (smallTimes >= SMALL_TIMES_MAX && !direction.isAlwaysSplicing()) {
            direction.stopSplicing();
        } else {
            direction.source.pollIn();
        }
    }
}
