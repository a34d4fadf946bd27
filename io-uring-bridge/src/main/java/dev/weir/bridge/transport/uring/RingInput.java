package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.ring.UringConstants;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The input side of a connection: asks the kernel for data, keeps what came and nobody has taken, and knows how it ended. While it
 * keeps nothing, it holds no {@link BlockChain} of its own.
 */
abstract class RingInput extends RingSocket {
    /** So much may come by itself before a slow target is seen to be slow. */
    private static final int RECEIVED_BYTES_MAX = 1 << 16;

    private static final DirectBuffer NOTHING = new UnsafeBuffer(0, 0);

    private BlockChain held;
    /** Made when a session first looks at its input; a relay never does. */
    private UnsafeBuffer view;
    /** Error number that ended it, 0 while it works. */
    private int inputFailure;

    private boolean inputEnded;
    /** No block was left when the kernel wanted one; the supply tells when there are some. */
    private boolean starved;

    RingInput(UringEventLoop loop, int fd, int slot, int generation) {
        super(loop, fd, slot, generation);
        held = blocks().emptyChain();
    }

    private BlockSupply blocks() {
        return loop.blocks();
    }

    // ---- what is held ----

    /** To look at only. */
    final BlockChain held() {
        return held;
    }

    public final int inputBytesMax() {
        return loop.inputBytesMax();
    }

    /** What {@link #input} shows: a receive that goes on by itself may bring more than the last block has room for. */
    public final int available() {
        return Math.min(held.bytes(), inputBytesMax());
    }

    public final DirectBuffer input() {
        if (held.isEmpty()) {
            return NOTHING;
        }
        if (view == null) {
            view = new UnsafeBuffer(0, 0);
        }
        held.show(view);
        return view;
    }

    public final void consume(int bytes) {
        held.consume(bytes);
        releaseIfEmpty();
    }

    /** Gives the first block to an output; returns how many bytes that were. */
    final int passHead(Output output) {
        int bytes = output.take(held);
        releaseIfEmpty();
        return bytes;
    }

    /** Gives a part of the first block to an output, which has a block for it; returns how many bytes that were. */
    final int passPart(Output output, int length) {
        output.takePart(held, length);
        releaseIfEmpty();
        return length;
    }

    private void releaseIfEmpty() {
        if (held.isEmpty()) {
            held = blocks().giveBack(held);
        }
    }

    // ---- how it stands ----

    public final boolean inputEnded() {
        return inputEnded;
    }

    public final boolean inputFailed() {
        return inputFailure != 0;
    }

    /** Nothing will be received any more, for whatever reason. */
    final boolean isInputOver() {
        return inputEnded || inputFailure != 0;
    }

    final boolean isStarved() {
        return starved;
    }

    /** Nothing more will come, says the splice that reads. */
    final void endInput() {
        inputEnded = true;
    }

    final void failInput(int errno) {
        inputFailure = errno;
    }

    // ---- receiving ----

    /** As {@link Connection#receive}. */
    final int receiveMore(long deadlineNs, BooleanSupplier abort) throws ConnectionFailure {
        int before = held.bytes();
        throwIfOver();
        if (before >= inputBytesMax()) {
            return 0;
        }
        boolean isAborted = false;
        while (isMoreAwaited(before)) {
            isAborted = abort.getAsBoolean();
            if (isAborted || loop.nanoTime() >= deadlineNs) {
                takeReceiveBack();
                break;
            }
            armOnce();
            await(deadlineNs);
        }
        if (isAborted && isMoreAwaited(before)) {
            throw new ConnectionFailure(Kind.KILLED, 0, "aborted");
        }
        return received(before);
    }

    /** Nothing has come that would end a wait for more than that. */
    private boolean isMoreAwaited(int before) {
        return held.bytes() <= before && !isInputOver() && !isOver();
    }

    /** The deadline has passed: nothing is in flight afterwards, but what came meanwhile is kept. */
    private void takeReceiveBack() {
        cancelReceive();
        while (isReceiving() && !isOver()) {
            await(Long.MAX_VALUE);
        }
    }

    private int received(int before) throws ConnectionFailure {
        throwIfOver();
        if (held.bytes() > before) {
            return held.bytes() - before;
        }
        if (inputFailure != 0) {
            throw trafficFailure(inputFailure);
        }
        if (inputEnded) {
            return Connection.END_OF_STREAM;
        }
        throw new ConnectionFailure(Kind.TIMED_OUT, Errno.ETIMEDOUT, "nothing received in time");
    }

    /** Asks for no more than is missing to the limit. */
    final void armOnce() {
        if (mayArm()) {
            submitReceive(inputBytesMax() - held.bytes());
        }
    }

    /**
     * The same, for input that may come while nobody waits for it: if the kernel counts, message after message until the limit is
     * reached, without being asked for each. The last one may fill a block of its own.
     */
    final void armAhead() {
        if (!loop.boundsReceives()) {
            armOnce();
        } else if (mayArm()) {
            submitReceiveAll(inputBytesMax() - held.bytes());
        }
    }

    /** One block, or what is missing to so many bytes. */
    final void armPortion(long bytesMax) {
        if (mayArm()) {
            submitReceive((int) Math.min(bytesMax, blocks().pool().blockBytes()));
        }
    }

    /** Lets data come by itself; the relay sees it. */
    final void armAll() {
        if (mayArm()) {
            submitReceiveAll(RECEIVED_BYTES_MAX);
        }
    }

    private boolean mayArm() {
        return !isReceiving() && !starved && !isInputOver() && isOpen();
    }

    /**
     * Keeps what a completion brought.
     *
     * @param compactly in one block, for a session that looks at it; else as it came
     */
    final void keep(int result, int flags, boolean compactly) {
        if ((flags & UringConstants.CQE_BUFFER) != 0) {
            take(flags >>> UringConstants.CQE_BUFFER_SHIFT, result, compactly);
        }
        if (result == 0) {
            inputEnded = true;
        } else if (result == -Errno.ENOBUFS) {
            starve();
        } else if (result < 0 && !isHarmless(-result) && !isReceiveRefused(result)) {
            inputFailure = -result;
        }
    }

    private void take(int block, int length, boolean compactly) {
        blocks().arrived();
        if (length <= 0 || !isOpen()) {
            blocks().giveBack(block);
            return;
        }
        if (held.isEmpty()) {
            held = blocks().takeChain();
        }
        if (compactly) {
            held.appendCompactly(block, length);
        } else {
            held.append(block, length);
        }
    }

    private static boolean isHarmless(int errno) {
        return errno == Errno.ECANCELED || errno == Errno.EINTR || errno == Errno.EAGAIN;
    }

    private void starve() {
        if (isOpen() && !starved) {
            starved = true;
            blocks().starve(this);
        }
    }

    /** Blocks are back. */
    final void unstarve() {
        starved = false;
        try {
            onUnstarved();
        } catch (RuntimeException | Error e) {
            loop.onFault(this, e);
        }
    }

    /** Whoever wants input asks for it again. */
    abstract void onUnstarved();

    /** Gives back what is held, and asks for nothing more. */
    final void closeInput() {
        held.clear();
        releaseIfEmpty();
        stopAsking();
    }

    /** Asks for nothing more; what is held stays. */
    final void stopAsking() {
        if (starved) {
            starved = false;
            blocks().forget(this);
        }
    }
}
