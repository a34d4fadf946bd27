package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.kernel.SocketConstants;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.SocketName;
import dev.weir.bridge.transport.loop.DescriptorPassing;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A connection on a ring: hands what happens to its socket to whoever has it at the time, a virtual thread, a {@link Mover} or a
 * task.
 *
 * <p>Thread: the loop's, or the one virtual thread of it that uses the connection.
 */
final class UringConnection extends RingEnd implements Connection, Runnable {
    private static final BooleanSupplier NEVER = () -> false;

    private final long id;
    private final ConnectionHandler handler;
    /** What moves the connection's bytes; null while a virtual thread drives. */
    private Mover mover;

    /** Wants to know when the input is over, while it waits for something else. */
    private Thread watcher;

    /** Runs when there is something to read and nobody waits for it. */
    private Runnable readable;

    UringConnection(
            UringEventLoop loop, int fd, int family, long id, int slot, int generation, ConnectionHandler handler) {
        super(loop, fd, family, slot, generation);
        this.id = id;
        this.handler = handler;
    }

    /** The life of an accepted connection. */
    @Override
    public void run() {
        try {
            handler.handle(this);
        } finally {
            if (mover == null && readable == null) {
                close();
            }
        }
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
        if (isOpen()) {
            loop.addresses().readPeer(loop.kernel(), fd, out);
        } else {
            out.clear();
        }
    }

    @Override
    public void localName(SocketName out) {
        if (isOpen()) {
            loop.addresses().readLocal(loop.kernel(), fd, out);
        } else {
            out.clear();
        }
    }

    // ---- who has it ----

    @Override
    public int receive(long deadlineNs) throws ConnectionFailure {
        return receive(deadlineNs, NEVER);
    }

    @Override
    public int receive(long deadlineNs, BooleanSupplier abort) throws ConnectionFailure {
        stopWatching();
        return receiveMore(deadlineNs, abort);
    }

    @Override
    public void watchInput(Thread watcher) {
        readable = null;
        this.watcher = watcher;
        watch();
    }

    @Override
    public boolean whenReadable(Runnable task) {
        stopWatching();
        if (task == null || available() > 0 || isInputOver() || isOver()) {
            return false;
        }
        readable = task;
        armAhead();
        return true;
    }

    void attach(Mover mover) {
        stopWatching();
        this.mover = mover;
    }

    void detach() {
        mover = null;
    }

    @Override
    void stopWatching() {
        watcher = null;
        readable = null;
    }

    private void watch() {
        if (watcher == null) {
            return;
        }
        if (isInputOver()) {
            loop.unpark(watcher);
        } else if (available() < inputBytesMax()) {
            armAhead();
        }
    }

    /** The last act of an event: the task may do anything with the connection. If it fails, nobody else knows of the connection. */
    private void runReadable() {
        Runnable task = readable;
        readable = null;
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            markKilled();
            if (mover == null && readable == null) {
                close();
            }
            throw e;
        }
    }

    /** Asks for everything back that the mover asked for, but what is to go out. */
    void cancelMoving() {
        cancelAllButSend();
        awaitOutput();
    }

    // ---- events ----

    void onReceive(int result, int flags) {
        onReceiveCompleted(flags);
        keep(result, flags, mover == null || mover.looksAt(this));
        if (mover != null) {
            mover.onInput(this, Math.max(0, result));
            releaseIfClosed();
        } else {
            wakeOrRelease();
            watch();
            if (readable != null && (available() > 0 || isInputOver())) {
                runReadable();
            }
        }
    }

    @Override
    void onUnstarved() {
        if (mover != null) {
            mover.onInput(this, 0);
        } else if (isOpen()) {
            wake();
            watch();
            if (readable != null) {
                armAhead();
            }
        }
    }

    @Override
    void onOutputSent(int bytes, boolean isWaitedFor) {
        if (isLingering()) {
            endLingerWhenDone();
            return;
        }
        shutIfAsked();
        if (mover != null) {
            mover.onOutput(this, bytes);
        }
        if (isWaitedFor || !isOpen()) {
            wakeOrRelease();
        }
    }

    @Override
    void onSentInPlace() {
        wakeOrRelease();
    }

    void onReady(boolean isInput) {
        onPolled(isInput);
        if (mover != null) {
            mover.onReady(this, isInput);
            releaseIfClosed();
        } else {
            wakeOrRelease();
        }
    }

    private void wakeOrRelease() {
        if (isOpen()) {
            wake();
        } else {
            releaseWhenQuiet();
        }
    }

    /** A mover got it when the loop's end had closed it already; the mover itself closes nothing within an event. */
    private void releaseIfClosed() {
        if (!isOpen()) {
            releaseWhenQuiet();
        }
    }

    // ---- connecting ----

    void connect(SocketAddress address, long deadlineNs, BooleanSupplier abort) throws ConnectionFailure {
        submitConnect(address);
        boolean cancelling = false;
        while (isConnecting()) {
            if (!cancelling && (isKilled() || loop.nanoTime() >= deadlineNs || abort.getAsBoolean())) {
                cancelling = true;
                cancelConnect();
            }
            await(cancelling ? Long.MAX_VALUE : deadlineNs);
        }
        if (outputFailure() != 0) {
            throw Failures.ofConnect(outputFailure(), isKilled(), loop.isEnding());
        }
        throwIfOver();
    }

    void onConnected(int result) {
        onConnectCompleted();
        failOutput(Math.max(0, -result));
        wakeOrRelease();
    }

    // ---- the end ----

    @Override
    public void kill() {
        loop.execute(this::killHere);
    }

    @Override
    void killHere() {
        markKilled();
        if (isLingering()) {
            breakOffLinger();
        } else if (mover != null) {
            mover.kill();
        } else if (readable != null) {
            runReadable();
        } else if (isOpen()) {
            wake();
        }
    }

    /**
     * The loop ends: who waits here is told; what nobody waits for is reset. Its session may wait elsewhere and look at its input
     * afterwards, which therefore is held until it closes.
     */
    void abandon() {
        try {
            killHere();
        } finally {
            if (isOpen() && mover == null && !isAwaited()) {
                resetKeepingInput();
            }
        }
    }

    // ---- socket options ----

    @Override
    public void mark(int mark) {
        if (isOpen()) {
            loop.sockets().set(fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_MARK, mark);
        }
    }

    @Override
    public void pass(byte[] bytes, List<Integer> descriptors) throws ConnectionFailure {
        DescriptorPassing.send(fd, bytes, descriptors);
    }

    @Override
    public void tos(int tos) {
        if (isOpen() && family() != SocketConstants.AF_UNIX) {
            loop.sockets().tos(fd, family(), tos);
        }
    }

    @Override
    public long tcpInfo(TcpInfo figure) {
        return isOpen() && family() != SocketConstants.AF_UNIX ? loop.sockets().tcpInfo(fd, figure) : -1;
    }
}
