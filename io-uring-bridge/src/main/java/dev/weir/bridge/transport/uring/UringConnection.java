package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.buffer.BlockPool.NONE;

import dev.weir.bridge.buffer.BlockPool;
import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.SocketConstants;
import dev.weir.bridge.ring.UringConstants;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.SocketName;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;

/**
 * One socket on a ring: what arrived and nobody has taken ({@link InputChain}), what the kernel was asked for
 * ({@link Requests}), and who waits. The slot is released when the socket is closed and the last completion is in.
 *
 * <p>Thread: the loop's, or the one virtual thread of it that uses the connection.
 */
final class UringConnection implements Connection, Runnable {
    final UringEventLoop loop;
    final int fd;
    final int slot;
    final InputChain input;
    final Requests requests;
    private final long id;
    private final int family;
    private final ConnectionHandler handler;
    private boolean inputEnded;

    /** No block was left when the kernel wanted one; the loop arms the receive again. */
    private boolean starved;

    private int sendResult;
    private boolean outputShut;
    private boolean open = true;
    private boolean killed;
    /** Error numbers that ended each direction, 0 while it works. What was received before a send failed can still be read. */
    private int inputFailure;

    private int outputFailure;
    /** A block that was waited for. */
    private int handedBlock = NONE;

    private Thread waiter;
    /** Wants to know when the input is over, while it waits for something else. */
    private Thread watcher;

    private Alarm alarm;
    private UringRelay relay;

    UringConnection(
            UringEventLoop loop, int fd, int family, long id, int slot, int generation, ConnectionHandler handler) {
        this.loop = loop;
        this.fd = fd;
        this.family = family;
        this.id = id;
        this.slot = slot;
        this.handler = handler;
        this.input = new InputChain(loop.blocks());
        this.requests = new Requests(loop, fd, slot, generation);
    }

    /** The life of an accepted connection. */
    @Override
    public void run() {
        try {
            handler.handle(this);
        } finally {
            if (relay == null) {
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
        throwIfOver();
        if (before >= INPUT_BYTES_MAX) {
            return 0;
        }
        while (!isReceiveOver(before)) {
            if (loop.nanoTime() >= deadlineNs) {
                takeReceiveBack();
                break;
            }
            armReceiveOnce();
            await(deadlineNs);
        }
        return received(before);
    }

    private boolean isReceiveOver(int before) {
        return input.bytes() > before || inputEnded || inputFailure != 0 || killed || !open;
    }

    /** The deadline has passed: nothing is in flight afterwards, but what came meanwhile is kept. */
    private void takeReceiveBack() {
        requests.cancelReceive();
        while (requests.isReceiving() && !killed && open) {
            await(Long.MAX_VALUE);
        }
    }

    private int received(int before) throws ConnectionFailure {
        throwIfOver();
        if (input.bytes() > before) {
            return input.bytes() - before;
        }
        if (inputFailure != 0) {
            throw trafficFailure(inputFailure);
        }
        if (inputEnded) {
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
        return inputEnded;
    }

    @Override
    public void consume(int bytes) {
        input.consume(bytes);
    }

    @Override
    public void watchInput(Thread watcher) {
        this.watcher = watcher;
        watch();
    }

    private void watch() {
        if (watcher == null) {
            return;
        }
        if (isInputOver()) {
            loop.unpark(watcher);
        } else if (input.bytes() < INPUT_BYTES_MAX) {
            armReceiveOnce();
        }
    }

    @Override
    public boolean inputFailed() {
        return inputFailure != 0;
    }

    // ---- receiving ----

    /** Asks for no more than is missing to the limit, so that what is held always fits in one block. */
    void armReceiveOnce() {
        if (mayReceive()) {
            requests.receive(INPUT_BYTES_MAX - input.bytes());
        }
    }

    /** Lets data come by itself; the relay sees it. */
    void armReceiveAll() {
        if (mayReceive()) {
            requests.receiveAll();
        }
    }

    private boolean mayReceive() {
        return !requests.isReceiving() && !starved && !isInputOver() && open;
    }

    /** Blocks are back. */
    void unstarve() {
        starved = false;
        if (relay != null) {
            relay.onInput(this, 0);
        } else if (open) {
            wake();
            watch();
        }
    }

    boolean isStarved() {
        return starved;
    }

    void onReceive(int result, int flags) {
        requests.onReceive(flags);
        boolean hasBlock = (flags & UringConstants.CQE_BUFFER) != 0;
        if (hasBlock) {
            take(flags >>> UringConstants.CQE_BUFFER_SHIFT, result);
        }
        if (result <= 0) {
            noteEnd(result);
        }
        afterReceive(Math.max(0, result));
    }

    private void take(int block, int length) {
        BlockSupply blocks = loop.blocks();
        blocks.arrived();
        if (length <= 0 || !open) {
            blocks.giveBack(block);
        } else if (relay != null) {
            input.append(block, length);
        } else {
            input.appendCompactly(block, length);
        }
    }

    private void noteEnd(int result) {
        if (result == 0) {
            inputEnded = true;
        } else if (result == -Errno.ENOBUFS) {
            starve();
        } else if (result != -Errno.ECANCELED && result != -Errno.EINTR && result != -Errno.EAGAIN) {
            inputFailure = -result;
        }
    }

    private void starve() {
        if (open && !starved) {
            starved = true;
            loop.blocks().starve(this);
        }
    }

    /** Hands the news to whoever waits: the relay, a virtual thread, or the slot table. */
    private void afterReceive(int bytes) {
        if (relay != null) {
            relay.onInput(this, bytes);
        } else {
            wakeOrRelease();
            watch();
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
    public void send(DirectBuffer source, int offset, int length, long deadlineNs) throws ConnectionFailure {
        throwIfOver();
        if (source.byteArray() == null) {
            sendFrom(source.addressOffset() + offset, length, deadlineNs);
            return;
        }
        for (int sent = 0; sent < length; ) {
            int part = Math.min(length - sent, loop.blocks().pool().blockBytes());
            sendCopy(source, offset + sent, part, deadlineNs);
            sent += part;
        }
    }

    private void sendCopy(DirectBuffer source, int offset, int length, long deadlineNs) throws ConnectionFailure {
        int block = takeBlock(deadlineNs);
        try {
            BlockPool pool = loop.blocks().pool();
            loop.blocks().copy(source, offset, pool.address(block), length);
            sendFrom(pool.address(block), length, deadlineNs);
        } finally {
            loop.blocks().giveBack(block);
        }
    }

    private int takeBlock(long deadlineNs) throws ConnectionFailure {
        int block = loop.blocks().takeOrQueue(this);
        while (block == NONE) {
            await(deadlineNs);
            block = handedBlock;
            handedBlock = NONE;
            if (block == NONE && (killed || !open || loop.nanoTime() >= deadlineNs)) {
                loop.blocks().leaveQueue(this);
                throwIfOver();
                throw new ConnectionFailure(Kind.NO_RESOURCE, Errno.ENOBUFS, "no block left to send from");
            }
        }
        return block;
    }

    void blockHanded(int block) {
        handedBlock = block;
        wake();
    }

    private void sendFrom(long address, int length, long deadlineNs) throws ConnectionFailure {
        int sent = 0;
        while (sent < length) {
            throwIfOver();
            if (outputFailure != 0) {
                throw trafficFailure(outputFailure);
            }
            requests.sendAll(address + sent, length - sent);
            boolean inTime = awaitSend(deadlineNs);
            if (sendResult > 0) {
                sent += sendResult;
            } else {
                noteSendFailure(sendResult);
            }
            if (!inTime && sent < length) {
                throwIfOver();
                throw new ConnectionFailure(Kind.TIMED_OUT, Errno.ETIMEDOUT, "not sent in time");
            }
        }
    }

    /** Waits for the completion, and has the kernel give up at the deadline; false if it was given up. */
    private boolean awaitSend(long deadlineNs) {
        boolean cancelling = false;
        while (requests.isSending()) {
            if (!cancelling && (killed || loop.nanoTime() >= deadlineNs)) {
                cancelling = true;
                requests.cancelSend();
            }
            await(cancelling ? Long.MAX_VALUE : deadlineNs);
        }
        return !cancelling;
    }

    private void noteSendFailure(int result) {
        if (result != -Errno.ECANCELED && result != -Errno.EINTR && result != -Errno.EAGAIN) {
            outputFailure = -result;
        }
    }

    void onSentQuietly(int batch) {
        if (requests.isSendingQuietly(batch)) {
            onSent(requests.sendLength());
        }
    }

    void onSent(int result) {
        requests.onSent();
        sendResult = result;
        if (relay != null) {
            relay.onSent(this, result);
        } else {
            wakeOrRelease();
        }
    }

    @Override
    public void shutdownOutput() {
        if (open && !outputShut) {
            outputShut = true;
            // A refusal (the peer has reset) shows when the connection is next used.
            loop.kernel().shutdown(fd, SocketConstants.SHUT_WR);
        }
    }

    // ---- for the relay ----

    void onReady(boolean isInput) {
        requests.onPolled(isInput);
        if (relay != null) {
            relay.onReady(this, isInput);
        } else {
            wakeOrRelease();
        }
    }

    /** Nothing more will come, says the splice that reads. */
    void endInput() {
        inputEnded = true;
    }

    void failInput(int errno) {
        inputFailure = errno;
    }

    void failOutput(int errno) {
        outputFailure = errno;
    }

    /** Nothing will be received any more, for whatever reason. */
    boolean isInputOver() {
        return inputEnded || inputFailure != 0;
    }

    boolean hasFailed() {
        return inputFailure != 0 || outputFailure != 0;
    }

    void attach(UringRelay relay) {
        watcher = null;
        this.relay = relay;
    }

    void detach() {
        relay = null;
    }

    // ---- connecting ----

    void connect(long address, int addressBytes, long deadlineNs, BooleanSupplier abort) throws ConnectionFailure {
        requests.connect(address, addressBytes);
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
        if (open) {
            if (!input.isEmpty() || loop.isEnding()) {
                // The kernel itself resets only for what it has not yet handed over.
                loop.sockets().lingerZero(fd);
            }
            close(false);
        }
    }

    /** @param atOnce not only with the next kernel entry: what the peer says from now on finds nobody */
    private void close(boolean atOnce) {
        open = false;
        watcher = null;
        input.clear();
        if (starved) {
            starved = false;
            loop.blocks().forget(this);
        }
        if (atOnce && requests.isQuiet()) {
            loop.kernel().close(fd);
        } else {
            requests.cancelAll();
            requests.close();
        }
        loop.onClosed();
        releaseWhenQuiet();
    }

    private void releaseWhenQuiet() {
        if (!open && requests.isQuiet()) {
            loop.release(this);
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
        if (relay != null) {
            relay.kill();
        } else if (open) {
            wake();
        }
    }

    /** The loop ends: who waits here is told; what nobody waits for is reset. */
    void abandon() {
        killHere();
        if (relay == null && waiter == null) {
            reset();
        }
    }

    boolean isKilled() {
        return killed;
    }

    private void throwIfOver() throws ConnectionFailure {
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

    /** May return for no reason. */
    private void await(long deadlineNs) {
        waiter = Thread.currentThread();
        if (deadlineNs == Long.MAX_VALUE) {
            loop.park();
        } else {
            if (alarm == null) {
                alarm = new Alarm();
            }
            loop.armTimer(alarm, deadlineNs);
            loop.park();
            loop.disarmTimer(alarm);
        }
        waiter = null;
    }

    private void wake() {
        if (waiter != null) {
            loop.unpark(waiter);
        }
    }

    private final class Alarm extends UringEventLoop.Timeout {
        @Override
        protected void fire() {
            wake();
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
