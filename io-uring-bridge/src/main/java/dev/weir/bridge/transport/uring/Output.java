package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.buffer.BlockPool.NONE;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import org.agrona.DirectBuffer;

/**
 * What is to go out of a connection and the kernel has not taken: written by its session, or passed on from another connection.
 * All of one turn of the loop leaves with one send, when the kernel is entered or just before; a send that takes everything costs no
 * completion (see {@link QuietSends}). What did not fit is sent waiting, and a session that writes on is held up at
 * {@link Connection#OUTPUT_BYTES_MAX}.
 *
 * <p>Thread: the loop's, or the one virtual thread of it that uses the connection. One send is in flight at most. The loop lends
 * these to connections that have something unsent.
 */
final class Output {
    /** Not more blocks than this are passed on to a connection before some have left. */
    private static final int BLOCKS_MAX = 4;

    /** What one write brings to less than {@link Connection#OUTPUT_BYTES_MAX} that are unsent. */
    private static final int BYTES_MAX = 2 * Connection.OUTPUT_BYTES_MAX;

    /** So few bytes are copied behind what waits already, rather than to hold a block of their own. */
    private static final int COPIED_BYTES_MAX = 2048;

    private final UringEventLoop loop;
    private final BlockSupply blocks;
    private final BlockChain chain;
    private RingOutput connection;
    /** In the loop's list of connections that have something to send. */
    private boolean queued;
    /** The send in flight is ours. */
    private boolean sending;
    /** The last send did not fit: the socket's buffer is full. */
    private boolean blocked;
    /** A session is at it, and may sleep meanwhile. */
    private boolean inUse;
    /** Somebody waits for what is sent quietly, so that the loop may not sleep. */
    private boolean awaited;
    /** The connection is gone: what comes back from the kernel is forgotten. */
    private boolean discarded;
    /** Until when what was written is to be with the kernel, should the connection be closed meanwhile. */
    private long deadlineNs;
    /** Sends without a block of the loop, when none is left. */
    private final InPlaceSend inPlace;

    Output(UringEventLoop loop) {
        this.loop = loop;
        this.blocks = loop.blocks();
        this.chain = new BlockChain(blocks);
        this.inPlace = new InPlaceSend(loop);
    }

    Output lendTo(RingOutput connection) {
        this.connection = connection;
        queued = false;
        blocked = false;
        awaited = false;
        discarded = false;
        deadlineNs = 0;
        return this;
    }

    /** Whether the connection can do without. */
    boolean isIdle() {
        return chain.isEmpty() && !sending && !inUse;
    }

    boolean isEmpty() {
        return chain.isEmpty();
    }

    int bytes() {
        return chain.bytes();
    }

    int blocks() {
        return chain.blocks();
    }

    boolean hasRoom() {
        return chain.bytes() < Connection.OUTPUT_BYTES_MAX && chain.blocks() < BLOCKS_MAX;
    }

    boolean isBlocked() {
        return blocked;
    }

    /** Whether the send in flight is of what is queued here. */
    boolean isSending() {
        return sending;
    }

    /** Whether a send is to be made, or under way, that does not wait for the peer. */
    boolean isMoving() {
        return !chain.isEmpty() && !blocked;
    }

    /** Whether somebody waits until there is room, or nothing left. */
    boolean isAwaited() {
        return awaited;
    }

    long deadlineNs() {
        return deadlineNs;
    }

    /** For what was taken over, should the connection be closed before it has left. */
    void leaveBefore(long deadlineNs) {
        this.deadlineNs = deadlineNs;
    }

    InPlaceSend inPlace() {
        return inPlace;
    }

    // ---- what comes in ----

    void write(DirectBuffer source, int offset, int length, long deadlineNs) throws ConnectionFailure {
        this.deadlineNs = deadlineNs;
        inUse = true;
        try {
            int room = Connection.OUTPUT_BYTES_MAX;
            for (int written = 0; written < length; ) {
                int part = Math.min(length - written, blocks.pool().blockBytes());
                awaitLess(room, deadlineNs);
                room = BYTES_MAX;
                connection.throwIfOutputFailed();
                writePart(source, offset + written, part);
                written += part;
            }
        } finally {
            inUse = false;
        }
    }

    /** Does not wait, unless no block is left. */
    private void writePart(DirectBuffer source, int offset, int length) throws ConnectionFailure {
        for (int written = 0; written < length; ) {
            if (chain.room() == 0 && !addBlock()) {
                awaitEmpty(deadlineNs);
                inPlace.send(connection, source, offset + written, length - written, deadlineNs);
                return;
            }
            int part = Math.min(length - written, chain.room());
            chain.appendCopy(source, offset + written, part);
            written += part;
            sendSoon();
        }
    }

    private boolean addBlock() {
        int block = blocks.pool().take();
        if (block == NONE) {
            return false;
        }
        chain.append(block, 0);
        return true;
    }

    void flush(long deadlineNs) throws ConnectionFailure {
        this.deadlineNs = deadlineNs;
        inUse = true;
        try {
            awaitEmpty(deadlineNs);
        } finally {
            inUse = false;
        }
    }

    void awaitRoom(long deadlineNs) throws ConnectionFailure {
        this.deadlineNs = deadlineNs;
        inUse = true;
        try {
            awaitLess(Connection.OUTPUT_BYTES_MAX, deadlineNs);
        } finally {
            inUse = false;
        }
    }

    /** Waits while so many are unsent. */
    private void awaitLess(int bytes, long deadlineNs) throws ConnectionFailure {
        while (chain.bytes() >= bytes) {
            awaitProgress(deadlineNs);
        }
    }

    private void awaitEmpty(long deadlineNs) throws ConnectionFailure {
        while (!chain.isEmpty()) {
            awaitProgress(deadlineNs);
        }
        connection.throwIfSendingFailed();
    }

    private void awaitProgress(long deadlineNs) throws ConnectionFailure {
        connection.throwIfOutputFailed();
        if (loop.nanoTime() >= deadlineNs) {
            throw new ConnectionFailure(Kind.TIMED_OUT, Errno.ETIMEDOUT, "not sent in time");
        }
        await();
        connection.await(deadlineNs);
    }

    /** Takes the first block of what another connection has received; returns how many bytes that were. */
    int take(BlockChain input) {
        int length = input.headLength();
        if (length <= COPIED_BYTES_MAX && length <= chain.room()) {
            chain.appendCopyOf(input, length);
        } else {
            chain.appendHeadOf(input);
        }
        sendSoon();
        return length;
    }

    /** Takes a part of the first block of what another connection has received; a block must be free. */
    void takePart(BlockChain input, int length) {
        if (chain.room() < length) {
            addBlock();
        }
        chain.appendCopyOf(input, length);
        sendSoon();
    }

    /** Takes what a pipe holds, at most a block; what read(2) returns, or 0 if no block is left. */
    int readFrom(int pipe) {
        int block = blocks.pool().take();
        if (block == NONE) {
            return 0;
        }
        int read = (int) loop.kernel()
                .read(pipe, blocks.pool().address(block), blocks.pool().blockBytes());
        if (read > 0) {
            chain.append(block, read);
            sendSoon();
        } else {
            blocks.giveBack(block);
        }
        return read;
    }

    // ---- what goes out ----

    private void sendSoon() {
        if (!queued && !connection.isSending()) {
            queued = true;
            loop.sendSoon(connection);
        }
    }

    /** Something waits for the end of what is queued: it must become known without an event. */
    void await() {
        awaited = true;
        lookAgainIf(sending);
    }

    private void lookAgainIf(boolean isAwaited) {
        if (isAwaited && connection.isSendingQuietly()) {
            loop.lookAgain();
        }
    }

    /** Before the kernel is entered. */
    void send() {
        queued = false;
        boolean maySend = !blocked && loop.sendsAtOnce() && chain.blocks() == 1 && !connection.isSending();
        if (!maySend || !isSentAtOnce()) {
            submit();
        }
    }

    /** If nothing goes, the send that is submitted then tells why. */
    private boolean isSentAtOnce() {
        int length = chain.headLength();
        int sent = loop.sendAtOnce(connection.fd, chain.headAddress(), length);
        if (sent < 0) {
            return false;
        }
        sending = true;
        connection.onSentAtOnce(length, sent);
        return true;
    }

    private void submit() {
        if (chain.isEmpty() || connection.isSending()) {
            return;
        }
        sending = true;
        if (blocked) {
            connection.submitSendSome(chain.headAddress(), chain.headLength());
        } else {
            int length = connection.submitSendNow(chain);
            lookAgainIf(awaited || chain.bytes() > length);
        }
    }

    void onSent(int result) {
        sending = false;
        if (result >= 0) {
            blocked = result < connection.sendLength();
            chain.consume(result);
        } else if (result == -Errno.EAGAIN) {
            blocked = true;
        } else if (result != -Errno.EINTR && result != -Errno.ECANCELED) {
            connection.failOutput(-result);
            discard();
        }
        if (discarded) {
            chain.clear();
        }
        submit();
        awaited &= !chain.isEmpty();
    }

    /** Forgets what is not in flight; what is, when it comes back. */
    void discard() {
        discarded = true;
        if (!sending) {
            chain.clear();
        }
    }
}
