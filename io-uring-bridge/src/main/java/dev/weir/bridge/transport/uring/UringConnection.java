package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.kernel.SocketConstants;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.SocketName;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;

/**
 * One socket on a ring: what arrived and nobody has taken ({@link BlockChain}), what the kernel was asked for
 * ({@link Requests}), and who waits. The slot is released when the socket is closed and the last completion is in.
 *
 * <p>Thread: the loop's, or the one virtual thread of it that uses the connection.
 */
final class UringConnection implements Connection, Runnable {
    final UringEventLoop loop;
    final int fd;
    final int slot;
    final Requests requests;
    final Receiver receiver;
    final BlockChain input;
    private final long id;
    private final int family;
    private final ConnectionHandler handler;

    private boolean outputShut;
    /** The half-close waits for what was written before. */
    private boolean shutsLater;

    private boolean open = true;
    private boolean killed;
    /** Error number that ended sending, 0 while it works; what was received before can still be read. */
    private int outputFailure;
    /** What is unsent; null while nothing is. */
    private Output output;
    /** Closed for its session, but what it wrote has not left yet. */
    private boolean lingering;

    private boolean resetsAtEnd;

    private Thread waiter;
    /** Wants to know when the input is over, while it waits for something else. */
    private Thread watcher;

    /** Runs when there is something to read and nobody waits for it. */
    private Runnable readable;

    private LingerLimit lingerLimit;
    private Mover mover;

    UringConnection(
            UringEventLoop loop, int fd, int family, long id, int slot, int generation, ConnectionHandler handler) {
        this.loop = loop;
        this.fd = fd;
        this.family = family;
        this.id = id;
        this.slot = slot;
        this.handler = handler;
        this.requests = new Requests(loop, fd, slot, generation);
        this.receiver = new Receiver(this, loop.blocks());
        this.input = receiver.input;
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
        if (open) {
            loop.addresses().readPeer(loop.kernel(), fd, out);
        } else {
            out.clear();
        }
    }

    @Override
    public void localName(SocketName out) {
        if (open) {
            loop.addresses().readLocal(loop.kernel(), fd, out);
        } else {
            out.clear();
        }
    }

    // ---- input ----

    @Override
    public int receive(long deadlineNs) throws ConnectionFailure {
        int before = input.bytes();
        watcher = null;
        readable = null;
        throwIfOver();
        if (before >= INPUT_BYTES_MAX) {
            return 0;
        }
        while (!isReceiveOver(before)) {
            if (loop.nanoTime() >= deadlineNs) {
                takeReceiveBack();
                break;
            }
            receiver.armOnce();
            await(deadlineNs);
        }
        return received(before);
    }

    private boolean isReceiveOver(int before) {
        return input.bytes() > before || receiver.isOver() || isOver();
    }

    /** The deadline has passed: nothing is in flight afterwards, but what came meanwhile is kept. */
    private void takeReceiveBack() {
        requests.cancelReceive();
        while (requests.isReceiving() && !isOver()) {
            await(Long.MAX_VALUE);
        }
    }

    private int received(int before) throws ConnectionFailure {
        throwIfOver();
        if (input.bytes() > before) {
            return input.bytes() - before;
        }
        if (receiver.failure() != 0) {
            throw trafficFailure(receiver.failure());
        }
        if (receiver.hasEnded()) {
            return END_OF_STREAM;
        }
        throw new ConnectionFailure(Kind.TIMED_OUT, Errno.ETIMEDOUT, "nothing received in time");
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
        return receiver.hasEnded();
    }

    @Override
    public void consume(int bytes) {
        input.consume(bytes);
    }

    @Override
    public void watchInput(Thread watcher) {
        readable = null;
        this.watcher = watcher;
        watch();
    }

    @Override
    public boolean whenReadable(Runnable task) {
        watcher = null;
        readable = null;
        if (task == null || !input.isEmpty() || receiver.isOver() || isOver()) {
            return false;
        }
        readable = task;
        receiver.armAhead();
        return true;
    }

    /** The last act of an event: the task may do anything with the connection. */
    private void runReadable() {
        Runnable task = readable;
        readable = null;
        task.run();
    }

    private void watch() {
        if (watcher == null) {
            return;
        }
        if (receiver.isOver()) {
            loop.unpark(watcher);
        } else if (input.bytes() < INPUT_BYTES_MAX) {
            receiver.armAhead();
        }
    }

    @Override
    public boolean inputFailed() {
        return receiver.failure() != 0;
    }

    /** Blocks are back. */
    void unstarve() {
        receiver.unstarve();
        if (mover != null) {
            mover.onInput(this, 0);
        } else if (open) {
            wakeOrRelease();
            watch();
            if (readable != null) {
                receiver.armAhead();
            }
        }
    }

    void onReceive(int result, int flags) {
        requests.onReceive(flags);
        receiver.onReceive(result, flags, mover == null || mover.looksAt(this));
        afterReceive(Math.max(0, result));
    }

    /** Hands the news to whoever waits: the relay, a virtual thread, or the slot table. */
    private void afterReceive(int bytes) {
        if (mover != null) {
            mover.onInput(this, bytes);
        } else {
            wakeOrRelease();
            watch();
            if (readable != null && (!input.isEmpty() || receiver.isOver())) {
                runReadable();
            }
        }
    }

    private void wakeOrRelease() {
        if (open) {
            wake();
        } else {
            releaseWhenQuiet();
        }
    }

    // ---- output ----

    @Override
    public void write(DirectBuffer source, int offset, int length, long deadlineNs) throws ConnectionFailure {
        throwIfOver();
        try {
            output().write(source, offset, length, deadlineNs);
        } finally {
            releaseOutputIfIdle();
        }
    }

    @Override
    public void flush(long deadlineNs) throws ConnectionFailure {
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

    @Override
    public int unsent() {
        return output == null ? 0 : output.bytes();
    }

    Output output() {
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

    boolean hasUnsent() {
        return output != null && !output.isEmpty();
    }

    boolean hasOutputRoom() {
        return open && outputFailure == 0 && (output == null || output.hasRoom());
    }

    int outputBlocks() {
        return output == null ? 0 : output.blocks();
    }

    /** Whether the peer must take something before more can be sent. */
    boolean isOutputBlocked() {
        return output != null && output.isBlocked();
    }

    /** Whether something leaves with the next kernel entry, or just does. */
    boolean sendsOutputNow() {
        return output != null && output.isMoving();
    }

    /** Somebody waits until what is unsent has left. */
    void awaitOutput() {
        if (hasUnsent()) {
            output.await();
        }
    }

    void discardOutput() {
        if (output != null) {
            output.discard();
            requests.cancelSend();
            releaseOutputIfIdle();
        }
    }

    /** Before the kernel is entered: there is something to send. */
    void sendOutput() {
        if (output != null) {
            output.send();
        }
    }

    void throwIfOutputFailed() throws ConnectionFailure {
        throwIfOver();
        throwIfSendingFailed();
    }

    void throwIfSendingFailed() throws ConnectionFailure {
        if (outputFailure != 0) {
            throw trafficFailure(outputFailure);
        }
    }

    void onSentQuietly(int batch) {
        if (requests.isSendingQuietly(batch)) {
            onSent(requests.sendLength());
        }
    }

    void onSent(int result) {
        requests.onSent();
        if (output.isSending()) {
            onOutputSent(result);
        } else {
            output.inPlace().onSent(result);
            wakeOrRelease();
        }
    }

    private void onOutputSent(int result) {
        boolean isAwaited = output.isAwaited();
        output.onSent(result);
        releaseOutputIfIdle();
        if (lingering) {
            endLingerWhenDone();
            return;
        }
        if (output == null) {
            shutIfAsked();
        }
        if (mover != null) {
            mover.onOutput(this, Math.max(0, result));
        }
        if (isAwaited || !open) {
            wakeOrRelease();
        }
    }

    private void shutIfAsked() {
        if (shutsLater) {
            shutsLater = false;
            loop.kernel().shutdown(fd, SocketConstants.SHUT_WR);
        }
    }

    void blockHanded(int block) {
        output.inPlace().onBlock(block);
        wake();
    }

    @Override
    public void shutdownOutput() {
        if (!open || outputShut) {
            return;
        }
        outputShut = true;
        if (hasUnsent()) {
            shutsLater = true;
            output.await();
        } else {
            // A refusal (the peer has reset) shows when the connection is next used.
            loop.kernel().shutdown(fd, SocketConstants.SHUT_WR);
        }
    }

    // ---- for relays and forwards ----

    void onReady(boolean isInput) {
        requests.onPolled(isInput);
        if (mover != null) {
            mover.onReady(this, isInput);
        } else {
            wakeOrRelease();
        }
    }

    void failOutput(int errno) {
        outputFailure = errno;
    }

    /** Error number that ended sending, 0 while it works. */
    int outputFailure() {
        return outputFailure;
    }

    boolean hasFailed() {
        return receiver.failure() != 0 || outputFailure != 0;
    }

    /** Asks for everything back that the mover asked for, but what is to go out. */
    void cancelMoving() {
        requests.cancelAllButSend();
        awaitOutput();
    }

    void cancelPolls() {
        requests.cancelPolls();
    }

    /** Whether bytes may go out past the queue: what is unsent goes first. */
    boolean maySend() {
        return !requests.isSending() && !hasUnsent();
    }

    void attach(Mover mover) {
        watcher = null;
        readable = null;
        this.mover = mover;
    }

    void detach() {
        mover = null;
    }

    // ---- connecting ----

    void connect(SocketAddress address, long deadlineNs, BooleanSupplier abort) throws ConnectionFailure {
        requests.connect(address);
        boolean cancelling = false;
        while (requests.isConnecting()) {
            if (!cancelling && (killed || loop.nanoTime() >= deadlineNs || abort.getAsBoolean())) {
                cancelling = true;
                requests.cancelConnect();
            }
            await(cancelling ? Long.MAX_VALUE : deadlineNs);
        }
        if (outputFailure != 0) {
            throw Failures.ofConnect(outputFailure, killed, loop.isEnding());
        }
        throwIfOver();
    }

    void onConnected(int result) {
        requests.onConnected();
        outputFailure = Math.max(0, -result);
        wakeOrRelease();
    }

    // ---- the end ----

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        // The kernel itself resets only for what it has not yet handed over.
        resetsAtEnd = !input.isEmpty() || loop.isEnding();
        if (hasUnsent() && outputFailure == 0 && !loop.isEnding()) {
            linger();
        } else {
            closeNow();
        }
    }

    /** For its session it is closed; what was written still leaves, until its deadline. */
    private void linger() {
        lingering = true;
        forgetUsers();
        receiver.close();
        requests.cancelReceive();
        output.await();
        if (output.deadlineNs() != Long.MAX_VALUE) {
            lingerLimit = new LingerLimit();
            loop.armTimer(lingerLimit, output.deadlineNs());
        }
    }

    private void endLingerWhenDone() {
        if (!hasUnsent()) {
            if (lingerLimit != null) {
                loop.disarmTimer(lingerLimit);
            }
            closeNow();
        }
    }

    private void breakOffLinger() {
        resetsAtEnd = true;
        closeNow();
    }

    private void closeNow() {
        if (resetsAtEnd) {
            loop.sockets().lingerZero(fd);
        }
        close(false);
    }

    private void forgetUsers() {
        open = false;
        watcher = null;
        readable = null;
    }

    /** @param atOnce not only with the next kernel entry: what the peer says from now on finds nobody */
    private void close(boolean atOnce) {
        forgetUsers();
        lingering = false;
        receiver.close();
        if (output != null) {
            output.discard();
            releaseOutputIfIdle();
        }
        if (atOnce && requests.isQuiet()) {
            loop.kernel().close(fd);
        } else {
            requests.cancelAll();
            requests.close();
        }
        loop.connections().onClosed();
        releaseWhenQuiet();
    }

    private void releaseWhenQuiet() {
        if (!open && !lingering && requests.isQuiet()) {
            loop.connections().release(slot);
        }
    }

    @Override
    public void reset() {
        if (open) {
            loop.sockets().lingerZero(fd);
            close(false);
        }
    }

    @Override
    public void silentDrop() {
        if (open) {
            loop.sockets().silence(fd, family);
            close(true);
        }
    }

    @Override
    public void kill() {
        loop.execute(this::killHere);
    }

    void killHere() {
        killed = true;
        if (lingering) {
            breakOffLinger();
        } else if (mover != null) {
            mover.kill();
        } else if (readable != null) {
            runReadable();
        } else if (open) {
            wake();
        }
    }

    /** The loop ends: who waits here is told; what nobody waits for is reset. */
    void abandon() {
        killHere();
        if (mover == null && waiter == null) {
            reset();
        }
    }

    boolean isKilled() {
        return killed;
    }

    void throwIfOver() throws ConnectionFailure {
        if (killed && !loop.isEnding()) {
            throw new ConnectionFailure(Kind.KILLED, 0, "killed");
        }
        if (killed || !open) {
            throw new ConnectionFailure(Kind.CLOSED, 0, open ? "the loop stops" : "the connection is closed");
        }
    }

    private static ConnectionFailure trafficFailure(int errno) {
        return new ConnectionFailure(Failures.ofTraffic(errno), errno, Errno.text(errno));
    }

    // ---- waiting ----

    boolean isOver() {
        return killed || !open;
    }

    /** Parks until something happens to the connection, or the deadline; may return for no reason. */
    void await(long deadlineNs) {
        waiter = Thread.currentThread();
        loop.parkUntil(deadlineNs);
        waiter = null;
    }

    private void wake() {
        if (waiter != null) {
            loop.unpark(waiter);
        }
    }

    /** Until when what was written has to leave after the close. */
    private final class LingerLimit extends UringEventLoop.Timeout {
        @Override
        protected void fire() {
            if (lingering) {
                breakOffLinger();
            }
        }
    }

    // ---- socket options ----

    @Override
    public void mark(int mark) {
        if (open) {
            loop.sockets().set(fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_MARK, mark);
        }
    }

    @Override
    public void tos(int tos) {
        if (open && family != SocketConstants.AF_UNIX) {
            loop.sockets().tos(fd, family, tos);
        }
    }

    @Override
    public long tcpInfo(TcpInfo figure) {
        return open && family != SocketConstants.AF_UNIX ? loop.sockets().tcpInfo(fd, figure) : -1;
    }
}
