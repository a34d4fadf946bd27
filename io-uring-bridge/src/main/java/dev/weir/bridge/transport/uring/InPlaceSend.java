package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.buffer.BlockPool.NONE;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import org.agrona.DirectBuffer;

/**
 * How a session sends when all blocks are out: it waits until the kernel has everything. Native memory is sent where it lies, an
 * array by way of a block that is waited for. Thread: the virtual thread that uses the connection; completions come from the loop.
 */
final class InPlaceSend {
    private final UringEventLoop loop;
    private final BlockSupply blocks;
    private RingOutput connection;
    private boolean sending;
    private int result;
    /** A block that was waited for. */
    private int handedBlock = NONE;

    InPlaceSend(UringEventLoop loop) {
        this.loop = loop;
        this.blocks = loop.blocks();
    }

    void onSent(int result) {
        sending = false;
        this.result = result;
    }

    void onBlock(int block) {
        handedBlock = block;
    }

    void send(RingOutput connection, DirectBuffer source, int offset, int length, long deadlineNs)
            throws ConnectionFailure {
        this.connection = connection;
        if (source.byteArray() == null) {
            sendFrom(source.addressOffset() + offset, length, deadlineNs);
        } else {
            sendArray(source, offset, length, deadlineNs);
        }
    }

    private void sendArray(DirectBuffer source, int offset, int length, long deadlineNs) throws ConnectionFailure {
        for (int sent = 0; sent < length; ) {
            int part = Math.min(length - sent, blocks.pool().blockBytes());
            sendCopy(source, offset + sent, part, deadlineNs);
            sent += part;
        }
    }

    private void sendCopy(DirectBuffer source, int offset, int length, long deadlineNs) throws ConnectionFailure {
        int block = takeBlock(deadlineNs);
        try {
            long address = blocks.pool().address(block);
            blocks.copy(source, offset, address, length);
            sendFrom(address, length, deadlineNs);
        } finally {
            blocks.giveBack(block);
        }
    }

    private int takeBlock(long deadlineNs) throws ConnectionFailure {
        int block = blocks.takeOrQueue(connection);
        while (block == NONE) {
            connection.await(deadlineNs);
            block = handedBlock;
            handedBlock = NONE;
            if (block == NONE && (connection.isOver() || loop.nanoTime() >= deadlineNs)) {
                blocks.leaveQueue(connection);
                connection.throwIfOver();
                throw new ConnectionFailure(Kind.NO_RESOURCE, Errno.ENOBUFS, "no block left to send from");
            }
        }
        return block;
    }

    private void sendFrom(long address, int length, long deadlineNs) throws ConnectionFailure {
        int sent = 0;
        while (sent < length) {
            connection.throwIfOutputFailed();
            sending = true;
            connection.submitSendAll(address + sent, length - sent);
            boolean inTime = await(deadlineNs);
            if (result > 0) {
                sent += result;
            } else {
                noteFailure();
            }
            if (!inTime && sent < length) {
                connection.throwIfOver();
                throw new ConnectionFailure(Kind.TIMED_OUT, Errno.ETIMEDOUT, "not sent in time");
            }
        }
    }

    /** Waits for the completion, and has the kernel give up at the deadline; false if it was given up. */
    private boolean await(long deadlineNs) {
        boolean cancelling = false;
        while (sending) {
            if (!cancelling && (connection.isKilled() || loop.nanoTime() >= deadlineNs)) {
                cancelling = true;
                connection.cancelSend();
            }
            connection.await(cancelling ? Long.MAX_VALUE : deadlineNs);
        }
        return !cancelling;
    }

    private void noteFailure() {
        if (result != -Errno.ECANCELED && result != -Errno.EINTR && result != -Errno.EAGAIN) {
            connection.failOutput(-result);
        }
    }
}
