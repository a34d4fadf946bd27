package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;

/**
 * The input side of a connection: receives, keeps what came, and parks the virtual thread that waits for more, or for anything
 * else of the connection. Thread: the loop's, or the one virtual thread of it that uses the connection.
 */
abstract class InputLayer extends SocketLayer {
    private static final BooleanSupplier NEVER = () -> false;

    final HeldInput input;
    final Waiting waiting;
    private boolean isOpen = true;
    private volatile boolean isKilled;

    InputLayer(NioEventLoop loop, SocketChannel channel, boolean isUnix) throws IOException {
        super(loop, channel, isUnix);
        this.waiting = new Waiting(loop);
        this.input = new HeldInput(loop.blocks(), this::onBlock);
    }

    /** A block has come that there was none of before. */
    abstract void onBlock();

    /** Somebody receives: nobody else wants to hear of it. */
    abstract void forgetWatch();

    // ---- life ----

    @Override
    public final boolean isOpen() {
        return isOpen;
    }

    final void markClosed() {
        isOpen = false;
    }

    /** From any thread. */
    final void markKilled() {
        isKilled = true;
    }

    // ---- waiting ----

    /** Parks the calling virtual thread until one of the operations is possible; 0 waits for a block. */
    final void await(int ops, long deadlineNs) throws ConnectionFailure {
        await(ops, deadlineNs, NEVER);
    }

    /** @param abort asked at every unpark; true ends the wait as a kill does */
    final void await(int ops, long deadlineNs, BooleanSupplier abort) throws ConnectionFailure {
        if (deadlineNs != Long.MAX_VALUE && deadlineNs - loop.nanoTime() <= 0) {
            throw timedOut();
        }
        want(ops);
        Waiting.Outcome outcome = waiting.await(ops, deadlineNs, abort);
        if (outcome == Waiting.Outcome.ABORTED) {
            throw new ConnectionFailure(Kind.KILLED, 0, "aborted");
        }
        checkUsable();
        if (outcome == Waiting.Outcome.LATE) {
            throw timedOut();
        }
    }

    private static ConnectionFailure timedOut() {
        return new ConnectionFailure(Kind.TIMED_OUT, 0, "deadline passed");
    }

    @Override
    public final boolean isKilled() {
        return isKilled;
    }

    final void checkUsable() throws ConnectionFailure {
        if (!isOpen) {
            throw new ConnectionFailure(Kind.CLOSED, 0, "closed");
        }
        if (isKilled) {
            throw new ConnectionFailure(Kind.KILLED, 0, "killed");
        }
    }

    // ---- receiving ----

    @Override
    public final int receive(long deadlineNs) throws ConnectionFailure {
        return receive(deadlineNs, NEVER);
    }

    @Override
    public final int receive(long deadlineNs, BooleanSupplier abort) throws ConnectionFailure {
        forgetWatch();
        checkUsable();
        if (available() >= inputBytesMax()) {
            return 0;
        }
        while (!input.isOver()) {
            if (!input.hasRoom()) {
                awaitBlock(deadlineNs, abort);
            }
            int count = read();
            if (count > 0) {
                return count;
            }
            if (!input.isOver()) {
                await(SelectionKey.OP_READ, deadlineNs, abort);
            }
        }
        if (input.failure() != null) {
            throw input.failure();
        }
        return END_OF_STREAM;
    }

    private void awaitBlock(long deadlineNs, BooleanSupplier abort) throws ConnectionFailure {
        try {
            await(0, deadlineNs, abort);
        } catch (ConnectionFailure | RuntimeException | Error e) {
            input.stopAwaiting();
            throw e;
        }
    }

    final int read() {
        loop.countSubmission();
        return input.readFrom(socket.channel());
    }

    @Override
    public final DirectBuffer input() {
        return input.view();
    }

    @Override
    public final int available() {
        return input.bytes();
    }

    @Override
    public final boolean inputEnded() {
        return input.hasEnded();
    }

    @Override
    public final boolean inputFailed() {
        return input.failure() != null;
    }

    @Override
    public final void consume(int bytes) {
        input.consume(bytes);
    }
}
