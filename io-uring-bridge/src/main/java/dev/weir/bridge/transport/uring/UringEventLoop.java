package dev.weir.bridge.transport.uring;

import dev.weir.bridge.buffer.BlockPool;
import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.ring.BufferRing;
import dev.weir.bridge.ring.Ring;
import dev.weir.bridge.ring.RingForm;
import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.Forward;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.LoopFigures;
import dev.weir.bridge.transport.Relay;
import dev.weir.bridge.transport.SocketName;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.loop.AbstractEventLoop;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The loop on io_uring. A turn enters the kernel once: it submits what the virtual threads and relays asked for and waits for the
 * next event. Relayed sends that succeed are no events (see {@link QuietSends}).
 */
final class UringEventLoop extends AbstractEventLoop implements Ring.CompletionHandler {
    static final int POLL_IN_EVENTS = 0x1 | 0x2000; // POLLIN, POLLRDHUP
    static final int POLL_OUT_EVENTS = 0x4; // POLLOUT

    private static final int SUBMISSIONS = 1024;
    private static final int COMPLETIONS = 8192;
    /** Blocks that the kernel may fill before we look again: few, so that the same ones are used again while they are in the cache. */
    private static final int BLOCKS_OFFERED = 256;

    /** How often a caller of listen looks whether the loop is still there, milliseconds. */
    private static final long LISTEN_LOOK_MS = 100;
    /** Not more than one line about accept failures in this time, nanoseconds. */
    private static final long ACCEPT_FAILURE_LOG_NS = 10_000_000_000L;

    /** A timer that a relay embeds. */
    abstract static class Timeout extends LoopTimer {}

    private final Kernel kernel = new Kernel();
    private final SocketAddress addresses = new SocketAddress();
    private final SocketConfigurator sockets = new SocketConfigurator(kernel);
    private final TransportOptions options;
    private final Consumer<String> log;
    private final Ring ring;
    private final LoopMemory memory;
    private final BlockSupply blocks;
    private final QuietSends quietSends = new QuietSends(this);
    private final SlotTable<UringConnection> connections;
    private final SlotTable<UringListener> listeners = new SlotTable<>(4096);
    private final ArrayDeque<UringListener> awaitingSlots = new ArrayDeque<>();
    private final Kernel wakeKernel = new Kernel();
    private final AtomicBoolean wakePending = new AtomicBoolean();
    private final PipePool pipes;
    private final int wakeFd;
    private final ConnectionIds ids;
    /** Connections whose sessions have written in this turn. */
    private UringConnection[] writers = new UringConnection[64];

    private int writerCount;
    private final GatherList gatherList;
    private Output freeOutputs;
    private UringRelay freeRelays;
    private UringForward freeForwards;
    private final Alarm alarm;
    private boolean mustLookAgain;
    /** Until the kernel refuses to: from Linux 6.17 on it can. */
    private boolean boundsReceives;

    private int connectionsOpen;
    private long acceptFailureLoggedNs;
    private boolean acceptFailureLogged;

    UringEventLoop(int index, TransportOptions options, ConnectionIds ids, List<RingForm> forms)
            throws TransportException {
        super(index, "weir-loop-" + index, options.log);
        this.options = options;
        this.log = options.log;
        this.ids = ids;
        connections = new SlotTable<>(Math.min(options.connectionsMax, UserData.SLOTS_MAX));
        ring = new Ring(kernel, SUBMISSIONS, COMPLETIONS, forms);
        boundsReceives = ring.completesPartialSends();
        LoopMemory reserved = null;
        int eventFd = -1;
        try {
            int blockBytes = Math.max(options.bufferBytes, Connection.INPUT_BYTES_MAX);
            int blockCount = Math.clamp(options.buffersMax, 1, 1 << 16);
            int gatherBytes = GatherList.bytes(ring.entries());
            reserved =
                    new LoopMemory(kernel, BLOCKS_OFFERED, gatherBytes, blockBytes, blockCount, options.connectionsMax);
            BufferRing offers =
                    new BufferRing(kernel, ring.fd(), BlockSupply.GROUP, BLOCKS_OFFERED, reserved.bufferRing());
            // Of a few blocks the kernel may not have all: sessions need some to send from.
            int offered = Math.min(BLOCKS_OFFERED, Math.max(1, blockCount / 2));
            blocks = new BlockSupply(new BlockPool(reserved.blocks(), blockBytes, blockCount), offers, offered);
            eventFd = openWakeFd();
        } catch (TransportException e) {
            ring.close();
            if (reserved != null) {
                reserved.close();
            }
            throw e;
        }
        memory = reserved;
        gatherList = new GatherList(memory.gatherList(), ring.entries());
        alarm = new Alarm(ring, memory.alarmCell());
        wakeFd = eventFd;
        pipes = new PipePool(kernel, options.pipesMax);
    }

    private int openWakeFd() throws TransportException {
        int fd = kernel.eventfd(0, 0x80000 | 0x800);
        if (fd < 0) {
            throw new TransportException("eventfd: " + Errno.text(-fd), -fd);
        }
        return fd;
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
        armWake();
    }

    @Override
    protected void poll(long deadlineNs) {
        sendWritten();
        blocks.offer();
        // Blocks that leave quietly are to come back as soon as they may, if somebody waits for them.
        boolean mayWait = !mustLookAgain && !hasReady() && !(blocks.isAwaited() && quietSends.isQueued());
        mustLookAgain = false;
        enter(mayWait ? deadlineNs : 0);
        awake();
        boolean allEntered = ring.unsubmitted() == 0;
        if (allEntered) {
            quietSends.onEntered();
        }
        ring.drain(this);
        if (allEntered) {
            quietSends.complete();
        }
    }

    private void enter(long deadlineNs) {
        if (deadlineNs == 0) {
            ring.submitNow();
        } else if (options.spinNs == 0 || !spin(deadlineNs)) {
            await(deadlineNs);
        }
    }

    private void await(long deadlineNs) {
        alarm.notLaterThan(deadlineNs);
        ring.submitAndWait(1);
    }

    /** Something becomes possible as soon as what is queued was submitted, and no event will tell: the next wait is none. */
    void lookAgain() {
        mustLookAgain = true;
    }

    /** Looks for events for a bounded time before sleeping; true if there are some, or a timer is due. */
    private boolean spin(long deadlineNs) {
        ring.submitNow();
        long endNs = System.nanoTime() + options.spinNs;
        while (!ring.hasCompletions() && !hasHandOver()) {
            if (ring.kernelHasWork()) {
                ring.submitNow();
                continue;
            }
            long now = System.nanoTime();
            if (now >= deadlineNs) {
                return true;
            }
            if (now > endNs) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    @Override
    public void onCompletion(long userData, int result, int flags) {
        int slot = UserData.slot(userData);
        int generation = UserData.generation(userData);
        int operation = UserData.operation(userData);
        if (operation == UserData.WAKE) {
            wakePending.set(false);
            armWake();
        } else if (operation == UserData.ALARM) {
            alarm.onRing();
        } else if (operation == UserData.ACCEPT) {
            onListener(listeners.holder(slot, generation), result, flags);
        } else if (operation != UserData.NOBODY) {
            onConnection(connections.holder(slot, generation), operation, result, flags);
        }
    }

    /** Catches everything: a fault of ours with one new connection must not end the loop. */
    private void onListener(UringListener listener, int result, int flags) {
        try {
            listener.onAccept(result, flags);
        } catch (RuntimeException | Error e) {
            fault(e);
        }
    }

    /** Catches everything: a fault of ours in one session ends that session, not the loop. */
    private void onConnection(UringConnection connection, int operation, int result, int flags) {
        try {
            switch (operation) {
                case UserData.RECEIVE -> connection.onReceive(result, flags);
                case UserData.SEND -> connection.onSent(result);
                case UserData.CONNECT -> connection.onConnected(result);
                case UserData.POLL_IN -> connection.onReady(true);
                case UserData.POLL_OUT -> connection.onReady(false);
                default -> throw new IllegalStateException("operation " + operation);
            }
        } catch (RuntimeException | Error e) {
            onFault(connection, e);
        }
    }

    private void onFault(UringConnection connection, Throwable e) {
        fault(e);
        if (connection != null) {
            execute(connection::killHere);
        }
    }

    // ---- sends ----

    GatherList gatherList() {
        return gatherList;
    }

    Output takeOutput() {
        Output output = freeOutputs;
        if (output == null) {
            return new Output(this);
        }
        freeOutputs = output.nextFree;
        output.nextFree = null;
        return output;
    }

    void giveBack(Output output) {
        output.nextFree = freeOutputs;
        freeOutputs = output;
    }

    /** What the connection has to send leaves with the next kernel entry. */
    void sendSoon(UringConnection connection) {
        if (writerCount == writers.length) {
            writers = Arrays.copyOf(writers, writerCount * 2);
        }
        writers[writerCount++] = connection;
    }

    private void sendWritten() {
        for (int i = 0; i < writerCount; i++) {
            UringConnection connection = writers[i];
            writers[i] = null;
            connection.sendOutput();
        }
        writerCount = 0;
    }

    QuietSends quietSends() {
        return quietSends;
    }

    boolean sendsQuietly() {
        return ring.completesPartialSends();
    }

    /** Catches everything, as for a completion. */
    void onSentQuietly(UringConnection connection, int batch) {
        try {
            connection.onSentQuietly(batch);
        } catch (RuntimeException | Error e) {
            onFault(connection, e);
        }
    }

    // ---- wake-up ----

    private void armWake() {
        ring.next().read(wakeFd, memory.wakeCell(), 8, UserData.of(UserData.WAKE, 0, 0));
    }

    @Override
    protected void wakeUp() {
        if (wakePending.compareAndSet(false, true)) {
            synchronized (wakeKernel) {
                wakeKernel.write(wakeFd, memory.oneCell(), 8);
            }
        }
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

    void armTimer(Timeout timeout, long deadlineNs) {
        arm(timeout, deadlineNs);
    }

    void disarmTimer(Timeout timeout) {
        disarm(timeout);
    }

    // ---- accepting ----

    boolean hasSlot() {
        return connections.taken() < options.connectionsMax;
    }

    /** Its options the socket has inherited from the listener's. */
    void serve(int fd, int family, ConnectionHandler handler) {
        start(register(fd, family, handler));
    }

    private UringConnection register(int fd, int family, ConnectionHandler handler) {
        int slot = connections.take(null);
        UringConnection connection =
                new UringConnection(this, fd, family, ids.next(), slot, connections.generation(slot), handler);
        connections.hold(slot, connection);
        connectionsOpen++;
        return connection;
    }

    void onClosed() {
        connectionsOpen--;
    }

    void release(UringConnection connection) {
        connections.release(connection.slot);
        UringListener listener = awaitingSlots.poll();
        if (listener != null) {
            listener.onSlotFree();
        }
    }

    /** Called once, when a slot is free. */
    void awaitSlot(UringListener listener) {
        awaitingSlots.add(listener);
    }

    void awaitSlotNoMore(UringListener listener) {
        awaitingSlots.remove(listener);
    }

    void release(UringListener listener, int slot) {
        listeners.release(slot);
    }

    void resetSocket(int fd) {
        sockets.lingerZero(fd);
        kernel.close(fd);
    }

    void noteAcceptFailure(SocketName name, int errno) {
        if (!acceptFailureLogged || nanoTime() - acceptFailureLoggedNs > ACCEPT_FAILURE_LOG_NS) {
            acceptFailureLogged = true;
            acceptFailureLoggedNs = nanoTime();
            log.accept("ALERT cannot accept on " + name + ": " + Errno.text(errno)
                    + " (connections wait in the backlog; raise the limit of open files or lower maxconn)");
        }
    }

    void forgetPath(String path) {
        java.io.File file = new java.io.File(path);
        if (file.exists() && !file.delete()) {
            log.accept("WARNING cannot remove " + path);
        }
    }

    // ---- EventLoop ----

    @Override
    public Listener listen(ListenOptions wished, ConnectionHandler handler) throws TransportException {
        if (isCurrent()) {
            throw new IllegalStateException("listen blocks until the loop has opened the socket");
        }
        UringListener listener = ListeningSocket.open(this, wished, handler);
        CountDownLatch opened = new CountDownLatch(1);
        execute(() -> {
            int slot = listeners.take(listener);
            listener.open(slot, listeners.generation(slot));
            opened.countDown();
        });
        try {
            while (!opened.await(LISTEN_LOOK_MS, TimeUnit.MILLISECONDS)) {
                if (hasEnded()) {
                    kernel.close(listener.fd());
                    throw new TransportException("cannot open " + wished.endpoint + ": the loop has ended", 0);
                }
            }
            return listener;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listener.close();
            throw new TransportException("interrupted while opening " + wished.endpoint, e);
        }
    }

    @Override
    public Connection connect(Endpoint endpoint, ConnectOptions wished, long deadlineNs, BooleanSupplier abort)
            throws ConnectionFailure {
        if (!hasSlot()) {
            throw new ConnectionFailure(Kind.NO_RESOURCE, Errno.EMFILE, "no connection slot left");
        }
        if (nanoTime() >= deadlineNs) {
            throw new ConnectionFailure(Kind.TIMED_OUT, Errno.ETIMEDOUT, "no time to connect");
        }
        int family = addresses.set(endpoint).family();
        int fd = OutgoingSocket.open(this, family, wished);
        addresses.set(endpoint);
        UringConnection connection = register(fd, family, null);
        long address = memory.socketAddress(connection.slot);
        blocks.move(addresses.address(), address, addresses.length());
        try {
            connection.connect(address, addresses.length(), deadlineNs, abort);
            return connection;
        } catch (ConnectionFailure e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void relay(Connection client, Connection server, Relay relay) {
        takeRelay().run((UringConnection) client, (UringConnection) server, relay);
    }

    @Override
    public void relayThen(Connection client, Connection server, Relay relay, Runnable afterwards) {
        takeRelay().start((UringConnection) client, (UringConnection) server, relay, afterwards);
    }

    @Override
    public void forward(Connection source, Connection target, Forward forward) {
        UringConnection from = (UringConnection) source;
        UringConnection to = (UringConnection) target;
        if (!UringForward.passesHeld(from, to, forward)) {
            takeForward().run(from, to, forward);
        }
    }

    private UringForward takeForward() {
        UringForward forward = freeForwards;
        if (forward == null) {
            return new UringForward(this);
        }
        freeForwards = forward.nextFree;
        forward.nextFree = null;
        return forward;
    }

    void giveBack(UringForward forward) {
        forward.nextFree = freeForwards;
        freeForwards = forward;
    }

    private UringRelay takeRelay() {
        UringRelay pair = freeRelays;
        if (pair == null) {
            return new UringRelay(this);
        }
        freeRelays = pair.nextFree;
        pair.nextFree = null;
        return pair;
    }

    void giveBack(UringRelay pair) {
        pair.nextFree = freeRelays;
        freeRelays = pair;
    }

    @Override
    public LoopFigures figures() {
        return new LoopFigures(
                connectionsOpen,
                blocks.lent(),
                connections.taken(),
                pipes.lent(),
                timersPending(),
                busyVirtualThreads(),
                turns(),
                ring.completions(),
                ring.submissions(),
                ring.kernelEntries(),
                blocks.exhaustions());
    }

    // ---- the end ----

    @Override
    protected boolean onStop() {
        listeners.forEach(UringListener::closeHere);
        connections.forEach(UringConnection::abandon);
        return listeners.taken() == 0 && connections.taken() == 0;
    }

    @Override
    protected void onEnd() {
        ring.close();
        pipes.close();
        kernel.close(wakeFd);
        memory.close();
    }
}
