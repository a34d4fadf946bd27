package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.ring.UringConstants;
import dev.weir.bridge.transport.Connection;

/**
 * The input side of a connection: asks the kernel for data, keeps what came, and knows how it ended. Thread: the loop's, or the
 * one virtual thread of it that uses the connection.
 */
final class Receiver {
    /** So much may come by itself before a slow target is seen to be slow. */
    private static final int RECEIVED_BYTES_MAX = 1 << 16;

    private final UringConnection connection;
    private final BlockSupply blocks;
    final BlockChain input;
    private boolean ended;
    /** Error number that ended it, 0 while it works. */
    private int failure;
    /** No block was left when the kernel wanted one; the supply tells when there are some. */
    private boolean starved;

    Receiver(UringConnection connection, BlockSupply blocks) {
        this.connection = connection;
        this.blocks = blocks;
        this.input = new BlockChain(blocks);
    }

    boolean hasEnded() {
        return ended;
    }

    int failure() {
        return failure;
    }

    /** Nothing will be received any more, for whatever reason. */
    boolean isOver() {
        return ended || failure != 0;
    }

    boolean isStarved() {
        return starved;
    }

    /** Asks for no more than is missing to the limit, so that what is held always fits in one block. */
    void armOnce() {
        if (mayArm()) {
            connection.requests.receive(Connection.INPUT_BYTES_MAX - input.bytes());
        }
    }

    /**
     * The same, for input that may come while nobody waits for it: if the kernel counts, message after message up to the limit
     * without being asked for each.
     */
    void armAhead() {
        if (!connection.loop.boundsReceives()) {
            armOnce();
        } else if (mayArm()) {
            connection.requests.receiveAll(Connection.INPUT_BYTES_MAX - input.bytes());
        }
    }

    /** One block, or what is missing to so many bytes. */
    void armPortion(long bytesMax) {
        if (mayArm()) {
            connection.requests.receive((int) Math.min(bytesMax, blocks.pool().blockBytes()));
        }
    }

    /** Lets data come by itself; the relay sees it. */
    void armAll() {
        if (mayArm()) {
            connection.requests.receiveAll(RECEIVED_BYTES_MAX);
        }
    }

    private boolean mayArm() {
        return !connection.requests.isReceiving() && !starved && !isOver() && connection.isOpen();
    }

    /**
     * Keeps what a completion brought.
     *
     * @param compactly in one block, for a session that looks at it; else as it came
     */
    void onReceive(int result, int flags, boolean compactly) {
        if ((flags & UringConstants.CQE_BUFFER) != 0) {
            take(flags >>> UringConstants.CQE_BUFFER_SHIFT, result, compactly);
        }
        if (result == 0) {
            ended = true;
        } else if (result == -Errno.ENOBUFS) {
            starve();
        } else if (result < 0 && !isHarmless(-result) && !connection.requests.isRefused(result)) {
            failure = -result;
        }
    }

    private void take(int block, int length, boolean compactly) {
        blocks.arrived();
        if (length <= 0 || !connection.isOpen()) {
            blocks.giveBack(block);
        } else if (compactly) {
            input.appendCompactly(block, length);
        } else {
            input.append(block, length);
        }
    }

    private static boolean isHarmless(int errno) {
        return errno == Errno.ECANCELED || errno == Errno.EINTR || errno == Errno.EAGAIN;
    }

    private void starve() {
        if (connection.isOpen() && !starved) {
            starved = true;
            blocks.starve(connection);
        }
    }

    /** Blocks are back. */
    void unstarve() {
        starved = false;
    }

    /** Nothing more will come, says the splice that reads. */
    void end() {
        ended = true;
    }

    void fail(int errno) {
        failure = errno;
    }

    /** Gives back what is held, and asks for nothing more. */
    void close() {
        input.clear();
        if (starved) {
            starved = false;
            blocks.forget(connection);
        }
    }
}
