package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.SocketConstants;
import dev.weir.bridge.transport.ConnectionFailure;
import org.agrona.DirectBuffer;

/**
 * The output side of a connection: borrows an {@link Output} while something is unsent, ends the stream after that, and knows how
 * sending failed.
 */
abstract class RingOutput extends RingInput {
    /** What is unsent; null while nothing is. */
    private Output output;
    /** Error number that ended sending, 0 while it works; what was received before can still be read. */
    private int outputFailure;

    private boolean outputShut;
    /** The half-close waits for what was written before. */
    private boolean shutsLater;

    RingOutput(UringEventLoop loop, int fd, int slot, int generation) {
        super(loop, fd, slot, generation);
    }

    // ---- for sessions ----

    public final void write(DirectBuffer source, int offset, int length, long deadlineNs) throws ConnectionFailure {
        throwIfOver();
        try {
            output().write(source, offset, length, deadlineNs);
        } finally {
            releaseOutputIfIdle();
        }
    }

    public final void awaitRoom(long deadlineNs) throws ConnectionFailure {
        if (output != null) {
            output.awaitRoom(deadlineNs);
        }
    }

    public final void flush(long deadlineNs) throws ConnectionFailure {
        throwIfOver();
        try {
            if (output != null) {
                output.flush(deadlineNs);
            }
        } finally {
            releaseOutputIfIdle();
        }
        throwIfSendingFailed();
    }

    public final int unsent() {
        return output == null ? 0 : output.bytes();
    }

    public final void watchOutput() {
        awaitOutput();
    }

    public final void shutdownOutput() {
        if (!isOpen() || outputShut) {
            return;
        }
        outputShut = true;
        if (hasUnsent()) {
            shutsLater = true;
            output.await();
        } else {
            shutNow();
        }
    }

    /** A refusal (the peer has reset) shows when the connection is next used. */
    private void shutNow() {
        loop.kernel().shutdown(fd, SocketConstants.SHUT_WR);
    }

    // ---- the output ----

    final Output output() {
        if (output == null) {
            output = loop.outputs().take().lendTo(this);
        }
        return output;
    }

    private void releaseOutputIfIdle() {
        if (output != null && output.isIdle()) {
            loop.outputs().giveBack(output);
            output = null;
        }
    }

    final boolean hasUnsent() {
        return output != null && !output.isEmpty();
    }

    final boolean hasOutputRoom() {
        return isOpen() && outputFailure == 0 && (output == null || output.hasRoom());
    }

    final int outputBlocks() {
        return output == null ? 0 : output.blocks();
    }

    /** Whether the peer must take something before more can be sent. */
    final boolean isOutputBlocked() {
        return output != null && output.isBlocked();
    }

    /** Whether something leaves with the next kernel entry, or just does. */
    final boolean sendsOutputNow() {
        return output != null && output.isMoving();
    }

    /** Whether bytes may go out past the queue: what is unsent goes first. */
    final boolean maySend() {
        return !isSending() && !hasUnsent();
    }

    /** Somebody waits until what is unsent has left. */
    final void awaitOutput() {
        if (hasUnsent()) {
            output.await();
        }
    }

    /** Until when what was written has to have left, should the connection be closed meanwhile. */
    final long outputDeadlineNs() {
        return output.deadlineNs();
    }

    /** For what a forward has passed on. */
    final void leaveBefore(long deadlineNs) {
        if (output != null) {
            output.leaveBefore(deadlineNs);
        }
    }

    /** Forgets what is unsent, and takes back the send that is under way. */
    final void discardOutput() {
        if (output != null) {
            cancelSend();
            forgetOutput();
        }
    }

    /** Forgets what is unsent; what is under way goes on. */
    final void forgetOutput() {
        if (output != null) {
            output.discard();
            releaseOutputIfIdle();
        }
    }

    // ---- failures ----

    final void failOutput(int errno) {
        outputFailure = errno;
    }

    /** Error number that ended sending, 0 while it works. */
    final int outputFailure() {
        return outputFailure;
    }

    final boolean hasFailed() {
        return inputFailed() || outputFailure != 0;
    }

    final void throwIfOutputFailed() throws ConnectionFailure {
        throwIfOver();
        throwIfSendingFailed();
    }

    final void throwIfSendingFailed() throws ConnectionFailure {
        if (outputFailure != 0) {
            throw trafficFailure(outputFailure);
        }
    }

    // ---- sends ----

    /** Before the kernel is entered: there is something to send. Catches everything, as for a completion. */
    final void sendOutput() {
        try {
            if (output != null) {
                output.send();
            }
        } catch (RuntimeException | Error e) {
            loop.onFault(this, e);
        }
    }

    /** A send that was over when it was made. */
    final void onSentAtOnce(int length, int sent) {
        beginSend(length, false);
        onSent(sent);
    }

    @Override
    final void onSentQuietly(int batch) {
        if (isSendingQuietly(batch)) {
            onSent(sendLength());
        }
    }

    final void onSent(int result) {
        onSendCompleted();
        if (output.isSending()) {
            boolean isWaitedFor = output.isAwaited();
            output.onSent(result);
            releaseOutputIfIdle();
            onOutputSent(Math.max(0, result), isWaitedFor);
        } else {
            output.inPlace().onSent(result);
            onSentInPlace();
        }
    }

    /** Some of what is unsent has left, or its sending failed. */
    abstract void onOutputSent(int bytes, boolean isWaitedFor);

    /** What a session sent from where it lay has left, or its sending failed. */
    abstract void onSentInPlace();

    /** The half-close that waited. */
    final void shutIfAsked() {
        if (shutsLater && output == null) {
            shutsLater = false;
            shutNow();
        }
    }

    final void blockHanded(int block) {
        output.inPlace().onBlock(block);
        wake();
    }
}
