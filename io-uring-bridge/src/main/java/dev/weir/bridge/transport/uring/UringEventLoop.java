package dev.weir.bridge.transport.uring;

import dev.weir.bridge.buffer.BlockPool;
import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.ring.Ring;
import dev.weir.bridge.ring.RingForm;
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
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The loop on io_uring. A turn enters the kernel once: it submits what the virtual threads and relays asked for and waits for the
 * next event. Relayed sends that succeed are no events (see {@link QuietSends}).
 */
final class UringEventLoop extends AbstractEventLoop {
    static final int POLL_IN_EVENTS = 0x1 | 0x2000; // POLLIN, POLLRDHUP
    static final int POLL_OUT_EVENTS = 0x4; // POLLOUT

    private static final int SUBMISSIONS = 1024;
    private static final int COMPLETIONS = 8192;

    /** A timer that a connection depends on. */
    abstract static class Timeout extends LoopTimer {
        /** Whose end is the end of whatever waits for the timer. */
        abstract RingSocket dependent();

        @Override
        protected final void onFault() {
            RingSocket socket = dependent();
            socket.loop.execute(socket::killHere);
        }
    }

    private final Kernel kernel = new Kernel();
    private final SocketAddress addresses = new SocketAddress();
    private final SocketConfigurator sockets = new SocketConfigurator(kernel);
    private final TransportOptions options;
    private final Consumer<String> log;
    private final Ring ring;
    private final LoopMemory memory;
    private final BlockSupply blocks;
    private final QuietSends quietSends = new QuietSends(this);
    private final Writers writers = new Writers();
    private final ConnectionTable connections;
    private final Listeners listeners;
    private final UringConnector connector = new UringConnector(this);
    private final FreeList<Output> outputs = new FreeList<>(this::nanoTime, () -> new Output(this));
    private final FreeList<UringRelay> relays = new FreeList<>(this::nanoTime, () -> new UringRelay(this));
    private final FreeList<UringForward> forwards = new FreeList<>(this::nanoTime, () -> new UringForward(this));
    private final PipePool pipes;
    private final WakeUp wakeUp;
    private final EntryMemory entryMemory;
    private final Alarm alarm;
    private final KernelEntry kernelEntry;
    private final Completions completions;
    private boolean mustLookAgain;
    /** The sends of this turn do not wait for the kernel entry. */
    private boolean sendsAtOnce;
    /** Until the kernel refuses to: from Linux 6.17 on it can. */
    private boolean boundsReceives;

    UringEventLoop(int index, TransportOptions options, ConnectionIds ids, List<RingForm> forms)
            throws TransportException {
        super(index, "weir-loop-" + index, options.log);
        this.options = options;
        this.log = options.log;
        connections = new ConnectionTable(this, ids, options.connectionsMax);
        listeners = new Listeners(this, options.log);
        ring = new Ring(kernel, SUBMISSIONS, COMPLETIONS, forms);
        boundsReceives = ring.completesPartialSends();
        LoopMemory reserved = null;
        try {
            int blockBytes = Math.max(options.bufferBytes, TransportOptions.BUFFER_BYTES_MIN);
            int blockCount = Math.clamp(options.buffersMax, 1, 1 << 16);
            reserved = LoopMemory.reserve(kernel, ring, blockBytes, blockCount);
            blocks = BlockSupply.open(
                    kernel, ring, new BlockPool(reserved.blocks(), blockBytes, blockCount), reserved, this::nanoTime);
            wakeUp = new WakeUp(kernel, ring, reserved);
        } catch (TransportException e) {
            ring.close();
            if (reserved != null) {
                reserved.close();
            }
            throw e;
        }
        memory = reserved;
        entryMemory = new EntryMemory(memory.entries(), ring.entries());
        alarm = new Alarm(ring, memory.alarmCell());
        kernelEntry = new KernelEntry(kernel, ring, alarm, options, this::hasHandOver);
        completions = new Completions(this, wakeUp, alarm);
        pipes = new PipePool(kernel, options.pipesMax);
    }

    String ringDescription() {
        return ring.description();
    }

    // ---- the turn ----

    @Override
    protected void onStart() {
        long[] masks = options.cpuMasks;
        if (masks != null && masks.length > index() && masks[index()] != 0) {
            int result = kernel.setAffinity(masks[index()]);
            if (result < 0) {
                log.accept("WARNING loop " + index() + " cannot be bound to its CPUs: " + Errno.text(-result));
            }
        }
        ring.enable();
        wakeUp.arm();
    }

    @Override
    protected void poll(long deadlineNs) {
        sendsAtOnce = kernelEntry.sendsAtOnce(writers.count());
        writers.send();
        blocks.offer();
        // Blocks that leave quietly are to come back as soon as they may, if somebody waits for them.
        boolean mayWait = !mustLookAgain && !hasReady() && !(blocks.isAwaited() && quietSends.isQueued());
        mustLookAgain = false;
        kernelEntry.enter(mayWait ? deadlineNs : 0);
        awake();
        boolean allEntered = ring.unsubmitted() == 0;
        if (allEntered) {
            quietSends.onEntered();
        }
        ring.drain(completions);
        if (allEntered) {
            quietSends.complete();
        }
    }

    /** Something becomes possible as soon as what is queued was submitted, and no event will tell: the next wait is none. */
    void lookAgain() {
        mustLookAgain = true;
    }

    /**
     * Says it, and ends what the connection is used for: a turn later, when nobody is in the middle of it.
     *
     * @param socket the connection whose fault it is, or null
     */
    void onFault(RingSocket socket, Throwable e) {
        fault(e);
        if (socket != null) {
            execute(socket::killHere);
        }
    }

    // ---- sends ----

    EntryMemory entryMemory() {
        return entryMemory;
    }

    FreeList<Output> outputs() {
        return outputs;
    }

    /** What the connection has to send leaves with the next kernel entry. */
    void sendSoon(RingOutput connection) {
        writers.add(connection);
    }

    /** Whether a send is to be made with a system call of its own, instead of by the kernel entry that follows. */
    boolean sendsAtOnce() {
        return sendsAtOnce;
    }

    /** How many of the bytes the kernel took; negative for none. */
    int sendAtOnce(int fd, long address, int length) {
        kernelEntry.onSentAtOnce();
        return kernel.sendNow(fd, address, length);
    }

    QuietSends quietSends() {
        return quietSends;
    }

    boolean sendsQuietly() {
        return ring.completesPartialSends();
    }

    /** Catches everything, as for a completion. */
    void onSentQuietly(RingSocket socket, int batch) {
        try {
            socket.onSentQuietly(batch);
        } catch (RuntimeException | Error e) {
            onFault(socket, e);
        }
    }

    @Override
    protected void wakeUp() {
        wakeUp.ring();
    }

    BlockSupply blocks() {
        return blocks;
    }

    /** Whether the kernel can be told how much a receive that goes on may bring at most. */
    boolean boundsReceives() {
        return boundsReceives;
    }

    void boundReceivesNoMore() {
        boundsReceives = false;
    }

    // ---- for connections and listeners ----

    Ring ring() {
        return ring;
    }

    PipePool pipes() {
        return pipes;
    }

    boolean splices() {
        return options.splice && options.pipesMax > 0;
    }

    Kernel kernel() {
        return kernel;
    }

    SocketAddress addresses() {
        return addresses;
    }

    SocketConfigurator sockets() {
        return sockets;
    }

    void cancel(long userData) {
        ring.next().cancel(userData, UserData.of(UserData.NOBODY, 0, 0));
    }

    boolean isEnding() {
        return isStopping();
    }

    /** From any thread. */
    boolean isOver() {
        return hasEnded();
    }

    ConnectionTable connections() {
        return connections;
    }

    Listeners listeners() {
        return listeners;
    }

    void armTimer(Timeout timeout, long deadlineNs) {
        arm(timeout, deadlineNs);
    }

    void disarmTimer(Timeout timeout) {
        disarm(timeout);
    }

    /** An accepted socket: its options it has inherited from the listener's. Throws nothing, so that the listener goes on. */
    void serve(int fd, int family, ConnectionHandler handler) {
        UringConnection connection = null;
        try {
            connection = connections.register(fd, family, handler);
            start(connection);
        } catch (RuntimeException | Error e) {
            fault(e);
            if (connection == null) {
                resetSocket(fd);
            } else {
                connection.reset();
            }
        }
    }

    void resetSocket(int fd) {
        sockets.lingerZero(fd);
        kernel.close(fd);
    }

    // ---- EventLoop ----

    @Override
    public Listener listen(ListenOptions wished, ConnectionHandler handler) throws TransportException {
        requireAnotherThread();
        return listeners.open(ListeningSocket.open(this, wished, handler), wished);
    }

    @Override
    public Listener adopt(TakenSocket taken, ListenOptions wished, ConnectionHandler handler)
            throws TransportException {
        requireAnotherThread();
        return listeners.open(ListeningSocket.adopt(this, taken.descriptor(), wished, handler), wished);
    }

    private void requireAnotherThread() {
        if (isCurrent()) {
            throw new IllegalStateException("listen blocks until the loop has opened the socket");
        }
    }

    @Override
    public Connection connect(Endpoint endpoint, ConnectOptions wished, long deadlineNs, BooleanSupplier abort)
            throws ConnectionFailure {
        return connector.connect(endpoint, wished, deadlineNs, abort);
    }

    @Override
    public void relay(Connection client, Connection server, Relay relay) {
        relays.take().await((UringConnection) client, (UringConnection) server, relay);
    }

    @Override
    public void relayThen(Connection client, Connection server, Relay relay, Runnable afterwards) {
        relays.take().start((UringConnection) client, (UringConnection) server, relay, afterwards);
    }

    @Override
    public void forward(Connection source, Connection target, Forward forward) {
        UringConnection from = (UringConnection) source;
        UringConnection to = (UringConnection) target;
        if (!UringForward.passesHeld(from, to, forward)) {
            forwards.take().run(from, to, forward);
        }
    }

    void giveBack(UringForward forward) {
        forwards.giveBack(forward);
    }

    void giveBack(UringRelay relay) {
        relays.giveBack(relay);
    }

    @Override
    public int inputBytesMax() {
        return blocks.pool().blockBytes();
    }

    @Override
    public LoopFigures figures() {
        return new LoopFigures(
                connections.open(),
                blocks.lent(),
                connections.slotsTaken(),
                pipes.lent(),
                pipes.free(),
                timersPending(),
                busyVirtualThreads(),
                tasksReady(),
                turns(),
                ring.completions(),
                ring.submissions(),
                ring.kernelEntries(),
                blocks.exhaustions(),
                pipes.bytesPassed());
    }

    // ---- the end ----

    @Override
    protected boolean onStop() {
        boolean areListenersGone = listeners.closeAll();
        return connections.abandonAll() && areListenersGone;
    }

    @Override
    protected void onEnd() {
        ring.close();
        pipes.close();
        wakeUp.close();
        memory.close();
    }
}
