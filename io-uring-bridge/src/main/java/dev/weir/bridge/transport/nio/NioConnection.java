package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.SocketName;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A socket channel of one loop. A virtual thread that waits is woken by the selector, its deadline, a kill or the loop's end;
 * while a {@link NioRelay} owns the connection, readiness goes there. Interest that nobody needs any more is taken back only
 * when it fires: most often the next wait wants the same.
 */
final class NioConnection implements Connection, Selectable, BlockPool.Waiter {
    private static final AtomicLong IDS = new AtomicLong();
    private static final BooleanSupplier NEVER = () -> false;
    private static final DirectBuffer EMPTY = new UnsafeBuffer(0, 0);

    private final NioEventLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final boolean isUnix;
    private final long id = IDS.incrementAndGet();
    private final SocketName peer = new SocketName();
    private final SocketName local = new SocketName();
    /** The loop's chain of open connections. */
    NioConnection next;

    NioConnection previous;

    private int interest;
    private Block input;
    private boolean awaitsBlock;
    private boolean inputEnded;
    private boolean isOpen = true;
    private volatile boolean isKilled;
    /** The relay that owns both directions; null while the virtual thread drives. */
    private NioRelay relay;

    /** Who waits in {@link #await}; null as soon as it is woken. */
    private Thread waiter;

    /** Wants to know when the input is over, while it waits for something else. */
    private Thread watcher;

    /** What ended receiving, to be told to whoever receives next: the kernel tells it once. */
    private ConnectionFailure inputFailure;

    private int awaitedOps;
    private boolean deadlinePassed;
    private NioEventLoop.Alarm deadline;

    NioConnection(NioEventLoop loop, SocketChannel channel, boolean isUnix) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.isUnix = isUnix;
        this.key = loop.register(channel, this);
    }

    /** Connected, now that the names are known. */
    NioConnection established() throws IOException {
        name(peer, channel.getRemoteAddress());
        name(local, channel.getLocalAddress());
        return this;
    }

    private static void name(SocketName name, SocketAddress address) {
        Sockets.name(address, name);
    }

    SocketChannel channel() {
        return channel;
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
        out.copyFrom(peer);
    }

    @Override
    public void localName(SocketName out) {
        out.copyFrom(local);
    }

    // ---- readiness ----

    @Override
    public void onReady(int readyOps) {
        if (relay != null) {
            relay.onReady(this, readyOps);
        } else if (waiter != null && (readyOps & awaitedOps) != 0) {
            wake();
        } else if (watcher != null && (readyOps & SelectionKey.OP_READ) != 0) {
            watch();
        } else {
            unwant(readyOps);
        }
    }

    @Override
    public void watchInput(Thread watcher) {
        this.watcher = watcher;
        watch();
    }

    private void watch() {
        boolean mayGrow = !inputEnded && inputFailure == null && available() < INPUT_BYTES_MAX;
        if (mayGrow && hasBlock()) {
            readForWatcher();
        }
        if (inputEnded || inputFailure != null) {
            unwant(SelectionKey.OP_READ);
            loop.unpark(watcher);
        } else if (available() < INPUT_BYTES_MAX && !awaitsBlock) {
            want(SelectionKey.OP_READ);
        } else {
            unwant(SelectionKey.OP_READ);
        }
    }

    private void readForWatcher() {
        try {
            read();
        } catch (ConnectionFailure failure) {
            inputFailure = failure;
        }
    }

    @Override
    public boolean inputFailed() {
        return inputFailure != null;
    }

    void want(int ops) {
        if ((interest & ops) != ops) {
            setInterest(interest | ops);
        }
    }

    void unwant(int ops) {
        if ((interest & ops) != 0) {
            setInterest(interest & ~ops);
        }
    }

    private void setInterest(int ops) {
        interest = ops;
        if (isOpen) {
            key.interestOps(ops);
        }
    }

    /** Parks the calling virtual thread until one of the operations is possible; 0 waits for a block. */
    void await(int ops, long deadlineNs) throws ConnectionFailure {
        await(ops, deadlineNs, NEVER);
    }

    /** @param abort asked at every unpark; true ends the wait as a kill does */
    void await(int ops, long deadlineNs, BooleanSupplier abort) throws ConnectionFailure {
        boolean isTimed = deadlineNs != Long.MAX_VALUE;
        if (isTimed && deadlineNs - loop.nanoTime() <= 0) {
            throw timedOut();
        }
        want(ops);
        awaitedOps = ops;
        waiter = Thread.currentThread();
        if (isTimed) {
            armDeadline(deadlineNs);
        }
        boolean isAborted = abort.getAsBoolean();
        while (waiter != null && !isAborted) {
            loop.park();
            isAborted = abort.getAsBoolean();
        }
        waiter = null;
        if (isTimed) {
            deadline.disarm();
        }
        if (isAborted) {
            throw new ConnectionFailure(Kind.KILLED, 0, "aborted");
        }
        checkUsable();
        if (deadlinePassed) {
            deadlinePassed = false;
            throw timedOut();
        }
    }

    private void armDeadline(long deadlineNs) {
        if (deadline == null) {
            deadline = loop.new Alarm(this::onDeadline);
        }
        deadlinePassed = false;
        deadline.arm(deadlineNs);
    }

    private void onDeadline() {
        deadlinePassed = waiter != null;
        wake();
    }

    private void wake() {
        Thread thread = waiter;
        if (thread != null) {
            waiter = null;
            loop.unpark(thread);
        }
    }

    private static ConnectionFailure timedOut() {
        return new ConnectionFailure(Kind.TIMED_OUT, 0, "deadline passed");
    }

    /** Whether a relay may begin: neither closed nor killed. */
    boolean isUsable() {
        return isOpen && !isKilled;
    }

    boolean isKilled() {
        return isKilled;
    }

    private void checkUsable() throws ConnectionFailure {
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
        watcher = null;
        checkUsable();
        if (available() >= INPUT_BYTES_MAX) {
            return 0;
        }
        if (inputFailure != null) {
            throw inputFailure;
        }
        while (!inputEnded) {
            if (!hasBlock()) {
                awaitBlock(deadlineNs);
            }
            int count = read();
            if (count > 0) {
                return count;
            }
            if (!inputEnded) {
                await(SelectionKey.OP_READ, deadlineNs);
            }
        }
        return END_OF_STREAM;
    }

    private void awaitBlock(long deadlineNs) throws ConnectionFailure {
        try {
            await(0, deadlineNs);
        } catch (ConnectionFailure e) {
            forgetBlock();
            releaseInput();
            throw e;
        }
    }

    @Override
    public void blockHanded(Block block) {
        input = block;
        awaitsBlock = false;
        if (relay != null) {
            relay.onReady(this, SelectionKey.OP_READ);
        } else if (watcher != null) {
            watch();
        } else {
            wake();
        }
    }

    /** Whether an empty or begun block is at hand; if not, {@link #blockHanded} will be called. */
    private boolean hasBlock() {
        if (input == null && !awaitsBlock) {
            input = loop.blocks().borrow(this);
            awaitsBlock = input == null;
        }
        return input != null;
    }

    private void forgetBlock() {
        if (awaitsBlock) {
            awaitsBlock = false;
            loop.blocks().forget(this);
        }
    }

    private int read() throws ConnectionFailure {
        try {
            int count = input.readFrom(channel, INPUT_BYTES_MAX);
            loop.countSubmission();
            inputEnded = count < 0;
            return count;
        } catch (IOException e) {
            throw Failures.ofReceive(e);
        } finally {
            releaseInputIfEmpty();
        }
    }

    @Override
    public DirectBuffer input() {
        return input == null ? EMPTY : input.view();
    }

    @Override
    public int available() {
        return input == null ? 0 : input.readable();
    }

    @Override
    public boolean inputEnded() {
        return inputEnded;
    }

    @Override
    public void consume(int bytes) {
        if (bytes < 0 || bytes > available()) {
            throw new IllegalArgumentException("consume(" + bytes + ") of " + available());
        }
        if (bytes > 0) {
            input.consume(bytes);
            releaseInputIfEmpty();
        }
    }

    private void releaseInputIfEmpty() {
        if (input.readable() == 0) {
            releaseInput();
        }
    }

    private void releaseInput() {
        if (input != null) {
            loop.blocks().giveBack(input);
            input = null;
        }
    }

    // ---- sending ----

    @Override
    public void send(DirectBuffer source, int offset, int length, long deadlineNs) throws ConnectionFailure {
        checkUsable();
        int sent = 0;
        while (sent < length) {
            int count = write(source, offset + sent, length - sent);
            sent += count;
            if (count == 0) {
                await(SelectionKey.OP_WRITE, deadlineNs);
            }
        }
        unwant(SelectionKey.OP_WRITE);
    }

    private int write(DirectBuffer source, int offset, int length) throws ConnectionFailure {
        try {
            loop.countSubmission();
            return loop.writeThroughScratch(channel, source, offset, length);
        } catch (IOException e) {
            throw Failures.ofSend(e);
        }
    }

    @Override
    public void shutdownOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException ignored) {
            // Reset or closed meanwhile: there is no output left to end.
        }
    }

    // ---- the end ----

    @Override
    public void close() {
        if (available() > 0) {
            // The kernel resets when it holds unread input; what we hold unread counts the same.
            lingerZero();
        }
        end();
    }

    @Override
    public void reset() {
        lingerZero();
        end();
    }

    @Override
    public void silentDrop() {
        if (isOpen && !isUnix) {
            loop.raw().silence(channel, peer.family() == SocketName.Family.IPV6);
        }
        reset();
    }

    private void lingerZero() {
        if (!isOpen || isUnix) {
            return;
        }
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException ignored) {
            // Gone already.
        }
    }

    private void end() {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        watcher = null;
        forgetBlock();
        releaseInput();
        try {
            channel.close();
        } catch (IOException ignored) {
            // The descriptor is gone whatever close says.
        }
        loop.closed(this);
        wake();
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
        if (relay != null) {
            relay.onKilled();
        } else {
            wake();
        }
    }

    /** The loop ends: whoever drives this connection sees it closed. */
    void abandon() {
        if (relay != null) {
            relay.onKilled();
        }
        reset();
    }

    // ---- for the relay ----

    /** Gives both directions to a relay, or (null) back. */
    void relay(NioRelay owner) {
        if (watcher != null) {
            watcher = null;
            forgetBlock();
        }
        relay = owner;
    }

    boolean isRelayed() {
        return relay != null;
    }

    /** What is held unread, now the caller's; null if nothing is. */
    Block takeInput() {
        Block held = input;
        input = null;
        return held;
    }

    /** What {@link #takeInput} gave, or what was read since, is unread after all. */
    void putInputBack(Block held) {
        input = held;
    }

    /** Reads once, to be held: whether there is input, an end, or a failure that the next receive will report. */
    boolean hasSpoken() {
        if (available() > 0 || inputEnded) {
            return true;
        }
        if (!hasBlock()) {
            unwant(SelectionKey.OP_READ);
            return false;
        }
        try {
            want(SelectionKey.OP_READ);
            return read() != 0;
        } catch (ConnectionFailure failure) {
            return true;
        }
    }

    /** A block that was wanted for {@link #hasSpoken} is not wanted any more. */
    void stopListening() {
        forgetBlock();
        if (available() == 0) {
            releaseInput();
        }
    }

    void noteInputEnded() {
        inputEnded = true;
    }

    @Override
    public void mark(int mark) {
        if (isOpen) {
            loop.raw().mark(channel, mark);
        }
    }

    @Override
    public void tos(int tos) {
        try {
            if (!isUnix) {
                channel.setOption(StandardSocketOptions.IP_TOS, tos);
            }
        } catch (IOException ignored) {
            // Gone already.
        }
    }

    @Override
    public long tcpInfo(TcpInfo figure) {
        return isOpen && !isUnix ? loop.raw().tcpInfo(channel, figure) : -1;
    }
}
