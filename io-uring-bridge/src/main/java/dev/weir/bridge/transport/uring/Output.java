package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.buffer.BlockPool.NONE;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import org.agrona.DirectBuffer;

/**
 * What a session has written and the kernel has not taken. All that is written in one turn of the loop leaves with one send, just
 * before the kernel is entered; a send that takes everything costs no completion (see {@link QuietSends}). What did not fit is
 * sent waiting, and a session that writes on is held up at {@link Connection#OUTPUT_BYTES_MAX}.
 *
 * <p>Thread: the loop's, or the one virtual thread of it that uses the connection. One send is in flight at most.
 */
final class Output {
    private final UringConnection connection;
    private final UringEventLoop loop;
    private final BlockSupply blocks;
    private final BlockChain chain;
    /** In the loop's list of connections that have something to send. */
    private boolean queued;
    /** The send in flight is ours. */
    private boolean sending;
    /** The last send did not fit: the socket's buffer is full. */
    private boolean blocked;
    /** Somebody waits for what is sent quietly, so that the loop may not sleep. */
    private boolean awaited;
    /** The connection is gone: what comes back from the kernel is forgotten. */
    private boolean discarded;
    /** Made when first no block was left. */
    private InPlaceSend inPlace;
    /** Until when what was written is to be with the kernel, should the connection be closed meanwhile. */
    private long deadlineNs;

    Output(UringConnection connection) {
        this.connection = connection;
        this.loop = connection.loop;
        this.blocks = loop.blocks();
        this.chain = new BlockChain(blocks);
    }

    boolean isEmpty() {
        return chain.isEmpty();
    }

    int bytes() {
        return chain.bytes();
    }

    /** Whether the send in flight is of what was written here. */
    boolean isSending() {
        return sending;
    }

    /** Whether somebody waits until there is room, or nothing left. */
    boolean isAwaited() {
        return awaited;
    }

    long deadlineNs() {
        return deadlineNs;
    }

    // ---- the session's side ----

    void write(DirectBuffer source, int offset, int length, long deadlineNs) throws ConnectionFailure {
        this.deadlineNs = deadlineNs;
        for (int written = 0; written < length; ) {
            while (chain.bytes() >= Connection.OUTPUT_BYTES_MAX) {
                awaitProgress(deadlineNs);
            }
            connection.throwIfOutputFailed();
            if (!hasRoom()) {
                sendWithoutBlock(source, offset + written, length - written, deadlineNs);
                return;
            }
            int part = Math.min(length - written, chain.room());
            chain.appendCopy(source, offset + written, part);
            written += part;
            sendSoon();
        }
    }

    private boolean hasRoom() {
        if (chain.room() == 0) {
            int block = blocks.pool().take();
            if (block == NONE) {
                return false;
            }
            chain.append(block, 0);
        }
        return true;
    }

    void flush(long deadlineNs) throws ConnectionFailure {
        connection.throwIfOver();
        this.deadlineNs = deadlineNs;
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

    /** All blocks are out: who holds some and writes may not wait for others that do the same. */
    private void sendWithoutBlock(DirectBuffer source, int offset, int length, long deadlineNs)
            throws ConnectionFailure {
        flush(deadlineNs);
        if (inPlace == null) {
            inPlace = new InPlaceSend(connection);
        }
        inPlace.send(source, offset, length, deadlineNs);
    }

    void onBlock(int block) {
        inPlace.onBlock(block);
    }

    // ---- the loop's side ----

    private void sendSoon() {
        if (!queued && !connection.requests.isSending()) {
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
        if (isAwaited && connection.requests.isSendingQuietly()) {
            loop.lookAgain();
        }
    }

    /** Before the kernel is entered. */
    void send() {
        queued = false;
        if (chain.isEmpty() || connection.requests.isSending()) {
            return;
        }
        sending = true;
        if (blocked) {
            connection.requests.sendSome(chain.headAddress(), chain.headLength());
        } else {
            connection.requests.sendNow(connection, chain.headAddress(), chain.headLength());
            lookAgainIf(awaited || chain.blocks() > 1);
        }
    }

    /** Whether the send in flight is of the session's own memory. */
    boolean isInPlace() {
        return inPlace != null && inPlace.isSending();
    }

    void onSentInPlace(int result) {
        inPlace.onSent(result);
    }

    void onSent(int result) {
        sending = false;
        if (result >= 0) {
            blocked = result < connection.requests.sendLength();
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
        send();
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
