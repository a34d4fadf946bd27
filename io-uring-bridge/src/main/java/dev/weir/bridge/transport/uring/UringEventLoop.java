package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.buffer.BlockPool.NONE;

import dev.weir.bridge.buffer.BlockPool;
import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.kernel.SocketConstants;
import dev.weir.bridge.ring.BufferRing;
import dev.weir.bridge.ring.Ring;
import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.LoopFigures;
import dev.weir.bridge.transport.Relay;
import dev.weir.bridge.transport.SocketName;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.loop.AbstractEventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The loop on io_uring. A turn enters the kernel once: it submits what the virtual threads and relays asked for and waits for
 * one completion more than those that the submission itself is known to bring, so that it never wakes for its own sends alone.
 */
final class UringEventLoop extends AbstractEventLoop implements Ring.CompletionHandler {
    static final int BUFFER_GROUP = 0;
    static final int POLL_IN_EVENTS = 0x1 | 0x2000; // POLLIN, POLLRDHUP
    static final int POLL_OUT_EVENTS = 0x4; // POLLOUT

    private static final int SUBMISSIONS = 1024;
    private static final int COMPLETIONS = 8192;
    /** Blocks that the kernel may fill before we look again: few, so that the same ones are used again while they are in the cache. */
    private static final int BLOCKS_OFFERED = Integer.getInteger("weir.blocks.offered", 256);

    private static final int SOCKET_ADDRESS_BYTES = 128;
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
    private final BlockPool pool;
    private final BufferRing bufferRing;
    private final SlotTable<UringConnection> connections;
    private final SlotTable<UringListener> listeners = new SlotTable<>(4096);
    private final ArrayDeque<UringConnection> starved = new ArrayDeque<>();
    private final UnsafeBuffer moveFrom = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer moveTo = new UnsafeBuffer(0, 0);
    private final Kernel wakeKernel = new Kernel();
    private final AtomicBoolean wakePending = new AtomicBoolean();
    private final PipePool pipes;
    private final int wakeFd;
    private final ConnectionIds ids;
    private UringRelay freeRelays;
    private int offered;
    private int inlineExpected;
    private int connectionsOpen;
    private long exhaustions;
    private long acceptFailureLoggedNs;
    private boolean acceptFailureLogged;

    UringEventLoop(int index, TransportOptions options, ConnectionIds ids) throws TransportException {
        super(index, "weir-loop-" + index, options.log);
        this.options = options;
        this.log = options.log;
        this.ids = ids;
        connections = new SlotTable<>(Math.min(options.connectionsMax, UserData.SLOTS_MAX));
        ring = new Ring(kernel, SUBMISSIONS, COMPLETIONS);
        int blocks = Math.min(options.buffersMax, 1 << 16);
        memory = new LoopMemory(kernel, BLOCKS_OFFERED, options.bufferBytes, blocks, options.connectionsMax);
        pool = new BlockPool(memory.blocks(), options.bufferBytes, blocks);
        bufferRing = new BufferRing(kernel, ring.fd(), BUFFER_GROUP, BLOCKS_OFFERED, memory.bufferRing());
        pipes = new PipePool(kernel, options.pipesMax);
        wakeFd = kernel.eventfd(0, 0x80000 | 0x800);
        if (wakeFd < 0) {
            throw new TransportException("eventfd: " + Errno.text(-wakeFd), -wakeFd);
        }
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
        offerBlocks();
        if (deadlineNs == 0) {
            ring.submitNow();
        } else {
            await(deadlineNs);
        }
        inlineExpected = 0;
        awake();
        ring.drain(this);
    }

    private void await(long deadlineNs) {
        if (options.spinNs > 0 && spin()) {
            return;
        }
        int wanted = inlineExpected + 1;
        if (deadlineNs == Long.MAX_VALUE) {
            ring.submitAndWait(wanted);
        } else {
            ring.submitAndWait(wanted, Math.max(1, deadlineNs - System.nanoTime()));
        }
    }

    /** Looks for events for a bounded time before sleeping; true if there are some. */
    private boolean spin() {
        ring.submitNow();
        inlineExpected = 0;
        long end = System.nanoTime() + options.spinNs;
        while (!ring.hasCompletions()) {
            if (ring.kernelHasWork()) {
                ring.submitNow();
            } else if (hasHandOver() || System.nanoTime() > end) {
                return hasHandOver();
            } else {
                Thread.onSpinWait();
            }
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
        } else if (operation == UserData.ACCEPT) {
            onAccept(listeners.holder(slot, generation), result, flags);
        } else if (operation != UserData.NOBODY) {
            onConnection(connections.holder(slot, generation), operation, result, flags);
        }
    }

    private void onAccept(UringListener listener, int result, int flags) {
        if (listener != null) {
            listener.onAccept(result, flags);
        } else if (result >= 0) {
            resetSocket(result);
        }
    }

    private void onConnection(UringConnection connection, int operation, int result, int flags) {
        assert connection != null : "a completion after the last: operation " + operation + ", result " + result;
        switch (operation) {
            case UserData.RECEIVE -> connection.onReceive(result, flags);
            case UserData.SEND -> connection.onSent(result);
            case UserData.CONNECT -> connection.onConnected(result);
            case UserData.POLL_IN -> connection.onPollIn();
            case UserData.POLL_OUT -> connection.onPollOut();
            default -> throw new IllegalStateException("operation " + operation);
        }
    }

    /** A send was submitted that completes within the same kernel entry. */
    void expectInlineCompletion() {
        inlineExpected++;
    }

    /** One of them matters now, because of what the same turn brought after it. */
    void retractInlineCompletion() {
        inlineExpected = Math.max(0, inlineExpected - 1);
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

    // ---- blocks ----

    BlockPool pool() {
        return pool;
    }

    /** The kernel filled a block that we had offered. */
    int takeArrived(int block) {
        offered--;
        return block;
    }

    void giveBack(int block) {
        pool.giveBack(block);
    }

    private void offerBlocks() {
        while (offered < BLOCKS_OFFERED) {
            int block = pool.take();
            if (block == NONE) {
                break;
            }
            bufferRing.offer(pool.address(block), options.bufferBytes, block);
            offered++;
        }
        bufferRing.publish();
        if (!starved.isEmpty()) {
            feedStarved();
        }
    }

    /** As many as there are blocks; each arms its receive again. */
    private void feedStarved() {
        for (int left = Math.min(offered, starved.size()); left > 0; left--) {
            starved.poll().unstarve();
        }
    }

    void starve(UringConnection connection) {
        exhaustions++;
        starved.add(connection);
    }

    void unstarve(UringConnection connection) {
        starved.remove(connection);
    }

    void move(long from, long to, int bytes) {
        moveFrom.wrap(from, bytes);
        moveTo.wrap(to, bytes);
        moveTo.putBytes(0, moveFrom, 0, bytes);
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

    void serve(int fd, int family, ConnectionHandler handler) {
        if (family != SocketConstants.AF_UNIX) {
            sockets.set(fd, SocketConstants.IPPROTO_TCP, SocketConstants.TCP_NODELAY, 1);
        }
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
        CompletableFuture<Listener> opened = new CompletableFuture<>();
        execute(() -> {
            int slot = listeners.take(listener);
            listener.open(slot, listeners.generation(slot));
            opened.complete(listener);
        });
        try {
            return opened.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException("interrupted while opening " + wished.endpoint, e);
        } catch (ExecutionException e) {
            throw new TransportException("cannot open " + wished.endpoint, e);
        }
    }

    @Override
    public Connection connect(Endpoint endpoint, ConnectOptions wished, long deadlineNs) throws ConnectionFailure {
        if (!hasSlot()) {
            throw new ConnectionFailure(ConnectionFailure.Kind.NO_RESOURCE, Errno.EMFILE, "no connection slot left");
        }
        addresses.set(endpoint);
        int family = addresses.family();
        int fd = OutgoingSocket.open(this, family, wished);
        UringConnection connection = register(fd, family, null);
        addresses.set(endpoint);
        long address = memory.socketAddress(connection.slot);
        move(addresses.address(), address, SOCKET_ADDRESS_BYTES);
        try {
            connection.connect(address, addresses.length(), deadlineNs);
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
                pool.lent() - offered,
                connections.taken(),
                pipes.lent(),
                timersPending(),
                busyVirtualThreads(),
                turns(),
                ring.completions(),
                ring.submissions(),
                ring.kernelEntries(),
                exhaustions);
    }

    // ---- the end ----

    @Override
    protected boolean onStop() {
        listeners.forEach(UringListener::closeHere);
        connections.forEach(UringConnection::killHere);
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
