package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.SocketName;
import dev.weir.bridge.transport.SocketOptions;
import dev.weir.bridge.transport.TransportException;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A listening channel. It takes connections while nothing speaks against it: the caller's pause, the loop's limit of
 * connections, or a machine that has no descriptor left (then it tries again after a moment).
 */
final class NioListener implements Listener, Selectable {
    /** So that a storm of connections does not starve those that are open. */
    private static final int ACCEPTS_PER_TURN = 64;

    private static final long RETRY_NS = 100_000_000;
    /** How often the same complaint is repeated. */
    private static final long COMPLAINT_NS = 10_000_000_000L;

    private final NioEventLoop loop;
    private final ListeningSocket socket;
    private final ServerSocketChannel channel;
    private final SocketOptions options;
    private final ConnectionHandler handler;
    private final NioEventLoop.Alarm retry;
    private SelectionKey key;
    private boolean isExhausted;
    private long nextComplaintNs = Long.MIN_VALUE;
    private volatile boolean isPaused;
    private volatile boolean isClosed;
    private volatile boolean isGone;

    private NioListener(NioEventLoop loop, ListeningSocket socket, SocketOptions options, ConnectionHandler handler) {
        this.loop = loop;
        this.socket = socket;
        this.channel = socket.channel();
        this.options = options;
        this.handler = handler;
        this.retry = loop.new Alarm(this::onRetry);
    }

    /** From any thread: binds; {@link #open} then takes connections. */
    static NioListener bind(NioEventLoop loop, ListenOptions options, ConnectionHandler handler)
            throws TransportException {
        return new NioListener(loop, ListeningSocket.bind(options), options.socket, handler);
    }

    void open() throws IOException {
        if (loop.ends()) {
            throw new IOException("the loop ends");
        }
        key = loop.register(channel, this);
        loop.added(this);
        update();
    }

    /** Sets the key to whether connections are wanted now. */
    void update() {
        if (!isClosed && key != null) {
            key.interestOps(takesConnections() ? SelectionKey.OP_ACCEPT : 0);
        }
    }

    private boolean takesConnections() {
        return !isPaused && !isClosed && !isExhausted && !loop.isFull();
    }

    // ---- accepting ----

    @Override
    public void onReady(int readyOps) {
        try {
            for (int i = 0; i < ACCEPTS_PER_TURN && takesConnections(); i++) {
                SocketChannel accepted = channel.accept();
                if (accepted == null) {
                    return;
                }
                serve(accepted);
            }
        } catch (IOException e) {
            onAcceptFailure(e);
        }
        update();
    }

    private void serve(SocketChannel accepted) {
        NioConnection connection = null;
        try {
            accepted.configureBlocking(false);
            Sockets.apply(options, accepted);
            connection = new NioConnection(loop, accepted, socket.isUnix());
            start(connection.established());
        } catch (IOException gone) {
            // The peer has left between its connect and our accept.
            giveUp(accepted, connection);
        } catch (RuntimeException | Error e) {
            giveUp(accepted, connection);
            throw e;
        }
    }

    private void start(NioConnection connection) {
        loop.start(() -> serve(connection));
    }

    /** @param connection null if it did not come to be one */
    private static void giveUp(SocketChannel accepted, NioConnection connection) {
        if (connection == null) {
            closeQuietly(accepted);
        } else {
            connection.reset();
        }
    }

    private void serve(NioConnection connection) {
        try {
            handler.handle(connection);
        } finally {
            if (connection.isForsaken()) {
                connection.close();
            }
        }
    }

    private static void closeQuietly(SocketChannel accepted) {
        try {
            accepted.close();
        } catch (IOException ignored) {
            // Nothing to add: it was closed because it had failed.
        }
    }

    /** A peer that has gone again costs nothing; a machine without descriptors gets a pause, the kernel's queue holds the rest. */
    private void onAcceptFailure(IOException e) {
        if (!Failures.isExhaustion(e)) {
            return;
        }
        isExhausted = true;
        retry.arm(loop.nanoTime() + RETRY_NS);
        if (loop.nanoTime() >= nextComplaintNs) {
            nextComplaintNs = loop.nanoTime() + COMPLAINT_NS;
            loop.log("ALERT cannot accept on " + socket.endpoint() + ": " + e.getMessage()
                    + "; new connections wait until descriptors are free");
        }
    }

    private void onRetry() {
        isExhausted = false;
        update();
    }

    // ---- Listener ----

    @Override
    public SocketName name() {
        return new SocketName().copyFrom(socket.name());
    }

    @Override
    public void pause() {
        isPaused = true;
        loop.execute(this::update);
    }

    @Override
    public void resume() {
        isPaused = false;
        loop.execute(this::update);
    }

    @Override
    public void close() {
        loop.execute(() -> {
            if (!isClosed && key != null) {
                onReady(SelectionKey.OP_ACCEPT); // closing would reset whom the kernel has taken for us
            }
            closeHere();
            loop.execute(() -> isGone = true); // behind the sessions that have just been started
        });
    }

    @Override
    public boolean isGone() {
        return isGone;
    }

    @Override
    public int share() {
        return socket.share();
    }

    /** From the loop. */
    void closeHere() {
        isClosed = true;
        retry.disarm();
        loop.removed(this);
        closeUnregistered();
    }

    /** Before the loop knows it, or after it forgot it. */
    void closeUnregistered() {
        isClosed = true;
        socket.close();
    }
}
