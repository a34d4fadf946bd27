package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.SocketName;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;

/**
 * A socket channel of one loop. A virtual thread that waits is woken by the selector, its deadline, a kill or the loop's end;
 * while a {@link NioRelay} owns the connection, readiness goes there. Interest that nobody needs any more is taken back only
 * when it fires: most often the next wait wants the same.
 */
final class NioConnection implements Connection, Selectable {
    private static final AtomicLong IDS = new AtomicLong();
    private static final BooleanSupplier NEVER = () -> false;

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
    private final HeldInput input;
    private final Waiting waiting;
    private boolean isOpen = true;
    private volatile boolean isKilled;
    /** The relay that owns both directions; null while the virtual thread drives. */
    private NioRelay relay;

    /** Wants to know when the input is over, while it waits for something else. */
    private Thread watcher;

    NioConnection(NioEventLoop loop, SocketChannel channel, boolean isUnix) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.isUnix = isUnix;
        this.waiting = new Waiting(loop);
        this.input = new HeldInput(loop.blocks(), this::onBlock);
        this.key = loop.register(channel, this);
    }

    /** Connected, now that the names are known. */
    NioConnection established() throws IOException {
        Sockets.name(channel.getRemoteAddress(), peer);
        Sockets.name(channel.getLocalAddress(), local);
        return this;
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
        } else if (waiting.isFor(readyOps)) {
            waiting.wake();
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
        boolean mayGrow = !input.isOver() && available() < INPUT_BYTES_MAX;
        if (mayGrow && input.hasRoom()) {
            read();
        }
        if (input.isOver()) {
            unwant(SelectionKey.OP_READ);
            loop.unpark(watcher);
        } else if (available() < INPUT_BYTES_MAX && !input.isAwaitingBlock()) {
            want(SelectionKey.OP_READ);
        } else {
            unwant(SelectionKey.OP_READ);
        }
    }

    private void stopWatching() {
        if (watcher != null) {
            watcher = null;
            input.stopAwaiting();
        }
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
        while (!input.isOver()) {
            if (!input.hasRoom()) {
                awaitBlock(deadlineNs);
            }
            int count = read();
            if (count > 0) {
                return count;
            }
            if (!input.isOver()) {
                await(SelectionKey.OP_READ, deadlineNs);
            }
        }
        if (input.failure() != null) {
            throw input.failure();
        }
        return END_OF_STREAM;
    }

    private void awaitBlock(long deadlineNs) throws ConnectionFailure {
        try {
            await(0, deadlineNs);
        } catch (ConnectionFailure e) {
            input.stopAwaiting();
            throw e;
        }
    }

    private void onBlock() {
        if (relay != null) {
            relay.onReady(this, SelectionKey.OP_READ);
        } else if (watcher != null) {
            watch();
        } else {
            waiting.wake();
        }
    }

    private int read() {
        loop.countSubmission();
        return input.readFrom(channel);
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
        stopWatching();
        input.release();
        try {
            channel.close();
        } catch (IOException ignored) {
            // The descriptor is gone whatever close says.
        }
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
        if (relay != null) {
            relay.onKilled();
        } else {
            waiting.wake();
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
        stopWatching();
        relay = owner;
    }

    boolean isRelayed() {
        return relay != null;
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
