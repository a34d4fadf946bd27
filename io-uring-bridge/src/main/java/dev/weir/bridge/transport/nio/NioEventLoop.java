package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.Forward;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.LoopFigures;
import dev.weir.bridge.transport.Relay;
import dev.weir.bridge.transport.TakenSocket;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.loop.AbstractEventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;

/** A loop that waits in a selector. */
final class NioEventLoop extends AbstractEventLoop {
    /** What one write call offers the kernel at most when no block is left. */
    private static final int SCRATCH_BYTES = 1 << 14;

    private final TransportOptions options;
    private final Selector selector;
    private final BlockPool blocks;
    private final RawSocket raw = new RawSocket();
    private final NioConnector connector;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    /** One object for all selects. */
    private final Consumer<SelectionKey> dispatch = this::dispatch;

    private final List<NioListener> listeners = new ArrayList<>();
    /** Connections whose sessions have written in this turn. */
    private final List<NioConnection> writers = new ArrayList<>();

    private final OpenConnections connections = new OpenConnections();
    private boolean waits;
    private long completions;
    private long submissions;
    private long kernelEntries;

    NioEventLoop(int index, TransportOptions options) throws IOException {
        super(index, "weir-loop-" + index, options.log, options.schedulerHook);
        this.options = options;
        this.selector = Selector.open();
        int blockBytes = Math.max(options.bufferBytes, TransportOptions.BUFFER_BYTES_MIN);
        this.blocks = new BlockPool(blockBytes, options.buffersMax, this);
        this.connector = new NioConnector(this);
    }

    /** A timer that its owner moves and reuses. */
    final class Alarm extends LoopTimer {
        private final NioConnection dependent;
        private final Runnable action;

        Alarm(Runnable action) {
            this(null, action);
        }

        /** @param dependent whose end is the end of whatever waits for the timer, should the action fail; null for nobody */
        Alarm(NioConnection dependent, Runnable action) {
            this.dependent = dependent;
            this.action = action;
        }

        void arm(long deadlineNs) {
            NioEventLoop.this.arm(this, deadlineNs);
        }

        void disarm() {
            NioEventLoop.this.disarm(this);
        }

        @Override
        protected void fire() {
            action.run();
        }

        @Override
        protected void onFault() {
            if (dependent != null) {
                dependent.kill();
            }
        }
    }

    // ---- the turn ----

    @Override
    protected void onStart() {
        // CPU pinning, where the kernel's interface is at hand, is all that a thread can prepare here.
        if (options.cpuMasks != null) {
            raw.pin(options.cpuMasks[index()], options.log);
        }
    }

    @Override
    protected void poll(long deadlineNs) {
        writeWritten();
        waits = true;
        try {
            if (deadlineNs == 0 || hasReady()) {
                select(0);
            } else if (options.spinNs == 0 || !spin(deadlineNs)) {
                select(millisecondsUntil(deadlineNs));
            }
        } catch (IOException e) {
            fault(e);
        }
        endWait();
        // Set by whoever interrupts one of our virtual threads while it runs here; left set, no select would wait
        // again.
        Thread.interrupted();
    }

    /** @param timeoutMs 0 does not wait, negative waits for ever */
    private void select(long timeoutMs) throws IOException {
        kernelEntries++;
        if (timeoutMs == 0) {
            selector.selectNow(dispatch);
        } else {
            selector.select(dispatch, Math.max(timeoutMs, 0));
        }
    }

    /** Looks for events without sleeping; whether there was something, or a timer is due. */
    private boolean spin(long deadlineNs) throws IOException {
        long endNs = System.nanoTime() + options.spinNs;
        long now;
        do {
            kernelEntries++;
            if (selector.selectNow(dispatch) > 0 || hasHandOver() || isStopping()) {
                return true;
            }
            now = System.nanoTime();
        } while (now < Math.min(endNs, deadlineNs));
        return now >= deadlineNs;
    }

    private long millisecondsUntil(long deadlineNs) {
        return deadlineNs == Long.MAX_VALUE ? -1 : Math.max(1, (deadlineNs - nanoTime() + 999_999) / 1_000_000);
    }

    private void endWait() {
        if (waits) {
            waits = false;
            awake();
        }
    }

    private void dispatch(SelectionKey key) {
        endWait();
        completions++;
        if (!key.isValid()) {
            return;
        }
        try {
            ((Selectable) key.attachment()).onReady(key.readyOps());
        } catch (RuntimeException | Error e) {
            if (key.attachment() instanceof NioConnection connection) {
                onFault(connection, e);
            } else {
                fault(e);
            }
        }
    }

    /** A connection's fault ends what is done with that connection, not the loop that serves all others. */
    void onFault(NioConnection connection, Throwable e) {
        fault(e);
        connection.kill();
    }

    @Override
    protected void wakeUp() {
        selector.wakeup();
    }

    @Override
    protected boolean onStop() {
        while (!listeners.isEmpty()) {
            listeners.getLast().closeHere();
        }
        connections.abandonAll(this::fault);
        return true;
    }

    @Override
    protected void onEnd() {
        try {
            selector.close();
        } catch (IOException e) {
            fault(e);
        }
        blocks.close();
        BufferUtil.free(scratch);
    }

    // ---- connections ----

    SelectionKey register(SelectableChannel channel, Selectable owner) throws IOException {
        SelectionKey key = channel.register(selector, 0, owner);
        if (owner instanceof NioConnection connection) {
            connections.add(connection);
        }
        return key;
    }

    void closed(NioConnection connection) {
        boolean wasFull = isFull();
        connections.remove(connection);
        if (wasFull) {
            listeners.forEach(NioListener::update);
        }
    }

    boolean isFull() {
        return connections.count() >= options.connectionsMax;
    }

    boolean ends() {
        return isStopping();
    }

    BlockPool blocks() {
        return blocks;
    }

    RawSocket raw() {
        return raw;
    }

    void log(String line) {
        options.log.accept(line);
    }

    void countSubmission() {
        submissions++;
    }

    // ---- writing ----

    /** What the connection has to write leaves at the end of the turn. */
    void writeSoon(NioConnection connection) {
        writers.add(connection);
    }

    /** Who is written to may close, but nobody writes from here. */
    private void writeWritten() {
        for (int i = 0; i < writers.size(); i++) {
            write(writers.get(i));
        }
        writers.clear();
    }

    private void write(NioConnection writer) {
        try {
            writer.writeQueued();
        } catch (RuntimeException | Error e) {
            onFault(writer, e);
        }
    }

    /** Writes once, through memory that the JDK can write from; what the channel took. */
    int writeThroughScratch(SocketChannel channel, DirectBuffer source, int offset, int length)
            throws ConnectionFailure {
        int count = Math.min(length, SCRATCH_BYTES);
        source.getBytes(offset, scratch, 0, count);
        countSubmission();
        try {
            return channel.write(scratch.limit(count).position(0));
        } catch (IOException e) {
            throw Failures.ofSend(e);
        }
    }

    // ---- listeners ----

    @Override
    public Listener listen(ListenOptions listenOptions, ConnectionHandler handler) throws TransportException {
        if (isCurrent()) {
            throw new IllegalStateException("listen() blocks: not on a loop's thread");
        }
        NioListener listener = NioListener.bind(this, listenOptions, handler);
        try {
            callOnLoop(listener::open);
        } catch (IOException e) {
            listener.closeUnregistered();
            throw new TransportException("cannot listen on " + listenOptions.endpoint + ": " + e.getMessage(), e);
        }
        return listener;
    }

    /** A short step on the loop that may fail. */
    interface Step {
        void run() throws IOException;
    }

    private void callOnLoop(Step step) throws IOException {
        HandedOver call = new HandedOver(step);
        execute(call);
        call.await(this::hasEnded);
    }

    @Override
    public Listener adopt(TakenSocket taken, ListenOptions wished, ConnectionHandler handler)
            throws TransportException {
        taken.close();
        throw new TransportException(
                "cannot take over " + wished.endpoint
                        + ": the nio transport cannot use sockets of another process; the io_uring transport can",
                0);
    }

    void added(NioListener listener) {
        listeners.add(listener);
    }

    void removed(NioListener listener) {
        listeners.remove(listener);
    }

    // ---- EventLoop ----

    @Override
    public Connection connect(Endpoint endpoint, ConnectOptions connectOptions, long deadlineNs, BooleanSupplier abort)
            throws ConnectionFailure {
        return connector.connect(endpoint, connectOptions, deadlineNs, abort);
    }

    @Override
    public void relay(Connection client, Connection server, Relay relay) {
        new NioRelay(this, (NioConnection) client, (NioConnection) server, relay).run();
    }

    @Override
    public void relayThen(Connection client, Connection server, Relay relay, Runnable afterwards) {
        new NioRelay(this, (NioConnection) client, (NioConnection) server, relay).start(afterwards);
    }

    @Override
    public void forward(Connection source, Connection target, Forward forward) {
        new NioForward(this, (NioConnection) source, (NioConnection) target, forward).run();
    }

    @Override
    public int inputBytesMax() {
        return blocks.blockBytes();
    }

    @Override
    public LoopFigures figures() {
        return new LoopFigures(
                connections.count(),
                blocks.lent(),
                selector.keys().size(),
                0,
                0,
                timersPending(),
                busyVirtualThreads(),
                tasksReady(),
                turns(),
                completions,
                submissions,
                kernelEntries + submissions,
                blocks.exhaustions(),
                0);
    }
}
