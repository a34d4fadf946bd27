package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.ConnectionFailure;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.agrona.DirectBuffer;

/**
 * A connection of one loop: hands readiness to whoever has it at the time, and sees to its end. A virtual thread that waits is
 * woken by the selector, its deadline, a kill or the loop's end; while a {@link NioRelay} owns the connection, readiness goes
 * there.
 */
final class NioConnection extends InputLayer {
    /** The loop's chain of open connections. */
    NioConnection next;

    NioConnection previous;

    private final InputWatch watch;
    private final Output output;
    /** Closed for its session, but what it wrote has not left yet. */
    private boolean isLingering;
    /** Ends the lingering. */
    private NioEventLoop.Alarm lingerAlarm;

    private boolean isReset;
    /** The half-close waits for what was written before. */
    private boolean shutsLater;

    private boolean isAbandoned;
    /** What moves the connection's bytes; null while a virtual thread drives. */
    private Mover mover;

    NioConnection(NioEventLoop loop, SocketChannel channel, boolean isUnix) throws IOException {
        super(loop, channel, isUnix);
        this.output = new Output(this, loop);
        this.watch = new InputWatch(this, loop, socket, input);
    }

    /** Connected, now that the names are known. */
    NioConnection established() throws IOException {
        socket.readNames();
        return this;
    }

    // ---- readiness ----

    @Override
    public void onReady(int readyOps) {
        if (!output.isEmpty() && (readyOps & SelectionKey.OP_WRITE) != 0) {
            onWritable();
        }
        if (mover != null) {
            mover.onReady(this, readyOps);
        } else if (watch.hasTask() && (readyOps & SelectionKey.OP_READ) != 0) {
            watch.readForTask();
        } else if (waiting.isFor(readyOps)) {
            waiting.wake();
        } else if (watch.hasWatcher() && (readyOps & SelectionKey.OP_READ) != 0) {
            watch.look();
        } else {
            unwant(output.isEmpty() ? readyOps : readyOps & ~SelectionKey.OP_WRITE);
        }
    }

    /** Catches everything, as for readiness: others wait for blocks behind this one. */
    @Override
    void onBlock() {
        try {
            useBlock();
        } catch (RuntimeException | Error e) {
            loop.onFault(this, e);
        }
    }

    private void useBlock() {
        if (mover != null) {
            mover.onReady(this, SelectionKey.OP_READ);
        } else if (watch.hasWatcher()) {
            watch.look();
        } else if (watch.hasTask()) {
            watch.readForTask();
        } else {
            waiting.wake();
        }
    }

    @Override
    void forgetWatch() {
        watch.forget();
    }

    @Override
    public boolean whenReadable(Runnable task) {
        watch.stop();
        if (task == null || available() > 0 || input.isOver() || !isOpen() || isKilled()) {
            return false;
        }
        watch.runWhenReadable(task);
        return true;
    }

    @Override
    public void watchInput(Thread watcher) {
        watch.watch(watcher);
    }

    // ---- sending ----

    @Override
    public void write(DirectBuffer source, int offset, int length, long deadlineNs) throws ConnectionFailure {
        output.write(source, offset, length, deadlineNs);
    }

    @Override
    public void awaitRoom(long deadlineNs) throws ConnectionFailure {
        output.awaitRoom(deadlineNs);
    }

    @Override
    public void flush(long deadlineNs) throws ConnectionFailure {
        output.flush(deadlineNs);
    }

    @Override
    public int unsent() {
        return output.bytes();
    }

    @Override
    public void watchOutput() {
        output.watch();
    }

    void writeQueued() {
        output.writeQueued();
        afterWrite();
    }

    private void onWritable() {
        output.writeOut();
        afterWrite();
    }

    private void afterWrite() {
        if (output.isEmpty() && shutsLater) {
            shutNow();
        }
        if (output.isEmpty() && isLingering) {
            end();
        }
        if (mover != null) {
            mover.onOutput(this);
        } else if (output.isAwaited() || output.isWatched()) {
            wake();
        }
    }

    void wake() {
        waiting.wake();
    }

    /** For the relay: whether what the session wrote before has left, or has just done so. */
    boolean hasWritten() {
        if (!output.isEmpty()) {
            onWritable();
        }
        return output.isEmpty();
    }

    Output output() {
        return output;
    }

    boolean hasOutputRoom() {
        return isOpen() && !output.hasFailed() && output.bytes() < OUTPUT_BYTES_MAX;
    }

    /** For a forward: reads once, if there is room and no end; whether something came, or the end. */
    boolean readOnce() {
        return !input.isOver() && available() < inputBytesMax() && input.hasRoom() && read() != 0;
    }

    @Override
    public void shutdownOutput() {
        if (output.isEmpty()) {
            shutNow();
        } else {
            shutsLater = true;
        }
    }

    private void shutNow() {
        shutsLater = false;
        socket.shutdownOutput();
    }

    // ---- the end ----

    @Override
    public void close() {
        if (!isOpen()) {
            input.release(); // kept for the session when the loop's end closed the connection
            return;
        }
        // The kernel resets when it holds unread input; what we hold unread counts the same.
        isReset = available() > 0;
        output.writeOut();
        if (output.isEmpty() || output.hasFailed() || loop.ends()) {
            end();
        } else {
            linger();
        }
    }

    /** For its session it is closed; what was written still leaves, until its deadline. */
    private void linger() {
        isLingering = true;
        stopUsing();
        unwant(SelectionKey.OP_READ);
        if (output.deadlineNs() != Long.MAX_VALUE) {
            lingerAlarm = loop.new Alarm(this, this::breakOffLinger);
            lingerAlarm.arm(output.deadlineNs());
        }
    }

    private void breakOffLinger() {
        isReset = true;
        end();
    }

    @Override
    public void reset() {
        if (isOpen()) {
            breakOffLinger();
        }
    }

    @Override
    public void silentDrop(int ttl) {
        if (isOpen()) {
            socket.silence(ttl);
        }
        reset();
    }

    private void stopUsing() {
        markClosed();
        watch.stop();
        if (!isAbandoned) {
            input.release();
        }
    }

    private void end() {
        if (!isOpen() && !isLingering) {
            return;
        }
        if (lingerAlarm != null) {
            lingerAlarm.disarm();
        }
        isLingering = false;
        stopUsing();
        output.discard();
        socket.close(isReset);
        loop.closed(this);
        waiting.wake();
    }

    @Override
    public void kill() {
        markKilled();
        loop.execute(this::onKilled);
    }

    private void onKilled() {
        if (isLingering) {
            breakOffLinger();
        } else if (mover != null) {
            mover.onKilled();
        } else if (watch.hasTask()) {
            watch.runTask();
        } else {
            waiting.wake();
        }
    }

    /**
     * The loop ends: whoever drives this connection sees it closed. Its session may look at its input afterwards, which therefore
     * is held until it closes.
     */
    void abandon() {
        markKilled();
        try {
            onKilled();
        } finally {
            isAbandoned = true;
            reset();
        }
    }

    /** What was to look at the input failed, and nobody else knows of the connection, unless it has got somebody first. */
    void onTaskFailed() {
        markKilled();
        if (isForsaken()) {
            close();
        }
    }

    // ---- for the relay ----

    void attach(Mover owner) {
        watch.stop();
        mover = owner;
    }

    void detach() {
        watch.stop();
        mover = null;
    }

    /** Whether nobody is there to use it on. */
    boolean isForsaken() {
        return mover == null && !watch.hasTask();
    }

    /** For the relay to take from and to put back. */
    HeldInput held() {
        return input;
    }

    /** Reads once, to be held: whether there is input, an end, or a failure that the next receive will report. */
    boolean hasSpoken() {
        if (input.bytes() > 0 || input.isOver()) {
            return true;
        }
        if (!input.hasRoom()) {
            unwant(SelectionKey.OP_READ);
            return false;
        }
        want(SelectionKey.OP_READ);
        return read() != 0;
    }
}
