package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.SocketName;
import dev.weir.bridge.transport.loop.DescriptorPassing;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;

/**
 * A connection of one loop: hands readiness to whoever has it at the time, and sees to its end. A virtual thread that waits is
 * woken by the selector, its deadline, a kill or the loop's end; while a {@link NioRelay} owns the connection, readiness goes
 * there.
 */
final class NioConnection implements Connection, Selectable {
    private static final AtomicLong IDS = new AtomicLong();
    private static final BooleanSupplier NEVER = () -> false;

    private final NioEventLoop loop;
    private final NioSocket socket;
    private final long id = IDS.incrementAndGet();
    /** The loop's chain of open connections. */
    NioConnection next;

    NioConnection previous;

    private final HeldInput input;
    private final InputWatch watch;
    private final Waiting waiting;
    private final Output output;
    private boolean isOpen = true;
    /** Closed for its session, but what it wrote has not left yet. */
    private boolean isLingering;
    /** Ends the lingering. */
    private NioEventLoop.Alarm lingerAlarm;

    private boolean isReset;
    /** The half-close waits for what was written before. */
    private boolean shutsLater;

    private volatile boolean isKilled;
    private boolean isAbandoned;
    /** What moves the connection's bytes; null while a virtual thread drives. */
    private Mover mover;

    NioConnection(NioEventLoop loop, SocketChannel channel, boolean isUnix) throws IOException {
        this.loop = loop;
        this.waiting = new Waiting(loop);
        this.input = new HeldInput(loop.blocks(), this::onBlock);
        this.output = new Output(this, loop);
        this.socket = new NioSocket(loop, channel, isUnix, this);
        this.watch = new InputWatch(this, loop, socket, input);
    }

    /** Connected, now that the names are known. */
    NioConnection established() throws IOException {
        socket.readNames();
        return this;
    }

    SocketChannel channel() {
        return socket.channel();
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public void peerName(SocketName out) {
        out.copyFrom(socket.peer());
    }

    @Override
    public void localName(SocketName out) {
        out.copyFrom(socket.local());
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

    @Override
    public boolean whenReadable(Runnable task) {
        watch.stop();
        if (task == null || available() > 0 || input.isOver() || !isOpen || isKilled) {
            return false;
        }
        watch.runWhenReadable(task);
        return true;
    }

    @Override
    public void watchInput(Thread watcher) {
        watch.watch(watcher);
    }

    void want(int ops) {
        socket.want(ops);
    }

    boolean wants(int ops) {
        return socket.wants(ops);
    }

    void unwant(int ops) {
        socket.unwant(ops);
    }

    /** Parks the calling virtual thread until one of the operations is possible; 0 waits for a block. */
    void await(int ops, long deadlineNs) throws ConnectionFailure {
        await(ops, deadlineNs, NEVER);
    }

    /** @param abort asked at every unpark; true ends the wait as a kill does */
    void await(int ops, long deadlineNs, BooleanSupplier abort) throws ConnectionFailure {
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
    public boolean isKilled() {
        return isKilled;
    }

    void checkUsable() throws ConnectionFailure {
        if (!isOpen) {
            throw new ConnectionFailure(Kind.CLOSED, 0, "closed");
        }
        if (isKilled) {
            throw new ConnectionFailure(Kind.KILLED, 0, "killed");
        }
    }

    // ---- receiving ----

    @Override
    public int receive(long deadlineNs) throws ConnectionFailure {
        return receive(deadlineNs, NEVER);
    }

    @Override
    public int receive(long deadlineNs, BooleanSupplier abort) throws ConnectionFailure {
        watch.forget();
        checkUsable();
        if (available() >= INPUT_BYTES_MAX) {
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
        } catch (ConnectionFailure e) {
            input.stopAwaiting();
            throw e;
        }
    }

    /** Catches everything, as for readiness: others wait for blocks behind this one. */
    private void onBlock() {
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

    private int read() {
        loop.countSubmission();
        return input.readFrom(socket.channel());
    }

    @Override
    public DirectBuffer input() {
        return input.view();
    }

    @Override
    public int available() {
        return input.bytes();
    }

    @Override
    public boolean inputEnded() {
        return input.hasEnded();
    }

    @Override
    public boolean inputFailed() {
        return input.failure() != null;
    }

    @Override
    public void consume(int bytes) {
        input.consume(bytes);
    }

    // ---- sending ----

    @Override
    public void write(DirectBuffer source, int offset, int length, long deadlineNs) throws ConnectionFailure {
        output.write(source, offset, length, deadlineNs);
    }

    @Override
    public void flush(long deadlineNs) throws ConnectionFailure {
        output.flush(deadlineNs);
    }

    @Override
    public int unsent() {
        return output.bytes();
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
        } else if (output.isAwaited()) {
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
        return isOpen && !output.hasFailed() && output.bytes() < OUTPUT_BYTES_MAX;
    }

    /** For a forward: reads once, if there is room and no end; whether something came, or the end. */
    boolean readOnce() {
        return !input.isOver() && available() < INPUT_BYTES_MAX && input.hasRoom() && read() != 0;
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
        if (!isOpen) {
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
        if (isOpen) {
            breakOffLinger();
        }
    }

    @Override
    public void silentDrop() {
        if (isOpen) {
            socket.silence();
        }
        reset();
    }

    private void stopUsing() {
        isOpen = false;
        watch.stop();
        if (!isAbandoned) {
            input.release();
        }
    }

    private void end() {
        if (!isOpen && !isLingering) {
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
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public void kill() {
        isKilled = true;
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
        isKilled = true;
        try {
            onKilled();
        } finally {
            isAbandoned = true;
            reset();
        }
    }

    /** What was to look at the input failed, and nobody else knows of the connection, unless it has got somebody first. */
    void onTaskFailed() {
        isKilled = true;
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

    @Override
    public void mark(int mark) {
        if (isOpen) {
            socket.mark(mark);
        }
    }

    @Override
    public void pass(byte[] bytes, List<Integer> descriptors) throws ConnectionFailure {
        DescriptorPassing.send(RawSocket.descriptorOf(socket.channel()), bytes, descriptors);
    }

    @Override
    public void tos(int tos) {
        socket.tos(tos);
    }

    @Override
    public long tcpInfo(TcpInfo figure) {
        return isOpen ? socket.tcpInfo(figure) : -1;
    }
}
