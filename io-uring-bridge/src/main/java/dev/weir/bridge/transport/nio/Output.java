package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import org.agrona.DirectBuffer;

/**
 * What a session has written and the kernel has not taken: a chain of blocks. It leaves at the end of the turn, and what the
 * kernel does not take then, when the socket is writable again; a session that writes on is held up at
 * {@link Connection#OUTPUT_BYTES_MAX}. Thread: the loop's, or the one virtual thread of it that uses the connection.
 */
final class Output {
    /** What one write brings to less than {@link Connection#OUTPUT_BYTES_MAX} that are unsent. */
    private static final int BYTES_MAX = 2 * Connection.OUTPUT_BYTES_MAX;

    private final NioConnection connection;
    private final NioEventLoop loop;
    private final BlockPool pool;
    private Block head;
    private Block tail;
    private int bytes;
    /** In the loop's list of connections that have something to write. */
    private boolean isQueued;
    /** The session waits until there is room, or nothing left. */
    private boolean isAwaited;
    /** The session waits for something else of the connection, and wants to know what leaves until nothing is left. */
    private boolean isWatched;
    /** Until when what was written is to be with the kernel, should the connection be closed meanwhile. */
    private long deadlineNs;
    /** What ended sending; null while it works. */
    private ConnectionFailure failure;

    Output(NioConnection connection, NioEventLoop loop) {
        this.connection = connection;
        this.loop = loop;
        this.pool = loop.blocks();
    }

    boolean isEmpty() {
        return head == null;
    }

    int bytes() {
        return bytes;
    }

    long deadlineNs() {
        return deadlineNs;
    }

    boolean isAwaited() {
        return isAwaited;
    }

    void watch() {
        isWatched = head != null;
    }

    /** Whether somebody watched what has just left; nobody does any more when nothing is left. */
    boolean isWatched() {
        boolean wasWatched = isWatched;
        isWatched &= head != null;
        return wasWatched;
    }

    boolean hasFailed() {
        return failure != null;
    }

    // ---- the session's side ----

    void write(DirectBuffer source, int offset, int length, long deadlineNs) throws ConnectionFailure {
        this.deadlineNs = deadlineNs;
        int room = Connection.OUTPUT_BYTES_MAX;
        for (int written = 0; written < length; ) {
            awaitLess(room, deadlineNs);
            room = BYTES_MAX;
            check();
            if (!hasRoom()) {
                writeWithoutBlock(source, offset + written, length - written, deadlineNs);
                return;
            }
            int part = Math.min(length - written, tail.room());
            tail.append(source, offset + written, part);
            bytes += part;
            written += part;
            writeSoon();
        }
    }

    void awaitRoom(long deadlineNs) throws ConnectionFailure {
        this.deadlineNs = deadlineNs;
        awaitLess(Connection.OUTPUT_BYTES_MAX, deadlineNs);
    }

    /** Waits while so many are unsent. */
    private void awaitLess(int bytesMax, long deadlineNs) throws ConnectionFailure {
        while (bytes >= bytesMax) {
            awaitProgress(deadlineNs);
        }
    }

    private boolean hasRoom() {
        if (tail != null && tail.room() > 0) {
            return true;
        }
        Block block = pool.borrowIfFree();
        if (block == null) {
            return false;
        }
        append(block);
        return true;
    }

    /** All blocks are out: who holds some and writes may not wait for others that do the same. */
    private void writeWithoutBlock(DirectBuffer source, int offset, int length, long deadlineNs)
            throws ConnectionFailure {
        flush(deadlineNs);
        for (int written = 0; written < length; ) {
            int count = loop.writeThroughScratch(connection.channel(), source, offset + written, length - written);
            written += count;
            if (count == 0) {
                connection.await(SelectionKey.OP_WRITE, deadlineNs);
            }
        }
        connection.unwant(SelectionKey.OP_WRITE);
    }

    void flush(long deadlineNs) throws ConnectionFailure {
        check();
        this.deadlineNs = deadlineNs;
        writeOut();
        while (head != null) {
            awaitProgress(deadlineNs);
        }
        throwIfFailed();
    }

    private void awaitProgress(long deadlineNs) throws ConnectionFailure {
        isAwaited = true;
        try {
            connection.await(0, deadlineNs);
        } finally {
            isAwaited = false;
        }
    }

    private void check() throws ConnectionFailure {
        connection.checkUsable();
        throwIfFailed();
    }

    private void throwIfFailed() throws ConnectionFailure {
        if (failure != null) {
            throw failure;
        }
    }

    /** For what was taken over, should the connection be closed before it has left. */
    void leaveBefore(long deadlineNs) {
        this.deadlineNs = deadlineNs;
    }

    /** Takes a block over, and writes it as far as it goes. */
    void take(Block block) {
        append(block);
        bytes += block.readable();
        writeOut();
    }

    private void append(Block block) {
        if (tail == null) {
            head = block;
        } else {
            tail.next = block;
        }
        tail = block;
    }

    // ---- the loop's side ----

    private void writeSoon() {
        if (!isQueued && !connection.wants(SelectionKey.OP_WRITE)) {
            isQueued = true;
            loop.writeSoon(connection);
        }
    }

    /** At the end of the turn. */
    void writeQueued() {
        isQueued = false;
        writeOut();
    }

    /** Writes what the kernel takes, and asks to hear when it takes more. */
    void writeOut() {
        try {
            while (head != null && writeHead()) {
                // The next one.
            }
        } catch (IOException e) {
            failure = Failures.ofSend(e);
            discard();
        }
        if (head == null) {
            connection.unwant(SelectionKey.OP_WRITE);
        } else {
            connection.want(SelectionKey.OP_WRITE);
        }
    }

    private boolean writeHead() throws IOException {
        loop.countSubmission();
        bytes -= head.writeTo(connection.channel());
        if (head.readable() > 0) {
            return false;
        }
        dropHead();
        return true;
    }

    private void dropHead() {
        Block block = head;
        head = block.next;
        block.next = null;
        tail = head == null ? null : tail;
        pool.giveBack(block);
    }

    void discard() {
        while (head != null) {
            dropHead();
        }
        bytes = 0;
    }
}
