package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.SocketConstants;
import dev.weir.bridge.ring.UringConstants;
import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.SocketName;
import dev.weir.bridge.transport.loop.OwnPath;
import java.util.ArrayDeque;

/**
 * One listening socket: a multishot accept that is taken back while paused. What was accepted before the kernel heard of the
 * pause waits here, as it would have in the backlog. Thread: the loop's, but for the public methods.
 */
final class UringListener implements Listener {
    /** How long a listener rests when the process has no descriptor or memory left, nanoseconds. */
    private static final long RESOURCE_REST_NS = 100_000_000L;

    private final UringEventLoop loop;
    private final int fd;
    private final int family;
    private final ConnectionHandler handler;
    private final SocketName name = new SocketName();
    /** Null unless a path of the file system leads here. */
    private final OwnPath path;

    private volatile boolean isShared;
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>();
    private int slot;
    private int generation;
    private boolean armed;
    private boolean paused;
    private boolean awaitsSlot;
    private EventLoop.Timer resting;
    private boolean closed;
    private volatile boolean isGone;

    UringListener(UringEventLoop loop, int fd, int family, OwnPath path, ConnectionHandler handler) {
        this.loop = loop;
        this.fd = fd;
        this.family = family;
        this.path = path;
        this.handler = handler;
    }

    /** On the loop: starts to accept. */
    void open(int slot, int generation) {
        this.slot = slot;
        this.generation = generation;
        loop.addresses().readLocal(loop.kernel(), fd, name);
        arm();
    }

    int fd() {
        return fd;
    }

    private void arm() {
        if (!armed && !paused && !awaitsSlot && resting == null && !closed) {
            armed = true;
            int flags = SocketConstants.SOCK_NONBLOCK | SocketConstants.SOCK_CLOEXEC;
            loop.ring().next().acceptMultishot(fd, flags, userData());
        }
    }

    void onAccept(int result, int flags) {
        if ((flags & UringConstants.CQE_MORE) == 0) {
            armed = false;
        }
        if (result >= 0) {
            onSocket(result);
        } else if (result != -Errno.ECANCELED) {
            onFailure(-result);
        }
        if (!closed) {
            arm();
        } else if (!armed) {
            end();
        }
    }

    private void onSocket(int socket) {
        if (closed) {
            serveLast(socket);
        } else if (paused || !waiting.isEmpty() || !loop.connections().hasRoom()) {
            waiting.add(socket);
            awaitSlot();
        } else {
            loop.serve(socket, family, handler);
        }
    }

    /** No slot is free: the kernel's backlog holds whoever comes now. */
    private void awaitSlot() {
        if (!paused && !awaitsSlot) {
            awaitsSlot = true;
            loop.connections().await(this);
            disarm();
        }
    }

    void onSlotFree() {
        awaitsSlot = false;
        goOn();
    }

    /** A peer that is gone again costs nothing; lack of resources makes the listener rest, while what runs is served on. */
    private void onFailure(int errno) {
        switch (errno) {
            case Errno.ECONNABORTED, Errno.EINTR, Errno.EAGAIN, Errno.EPROTO -> {}
            default -> {
                rest();
                loop.listeners().noteFailure(name, errno);
            }
        }
    }

    private void rest() {
        if (resting == null) {
            resting = loop.schedule(loop.nanoTime() + RESOURCE_REST_NS, this::endRest);
            disarm();
        }
    }

    private void endRest() {
        resting = null;
        goOn();
    }

    private void goOn() {
        if (!paused && !closed) {
            serveWaiting();
            arm();
        }
    }

    private void disarm() {
        if (armed) {
            loop.cancel(userData());
        }
    }

    private void serveWaiting() {
        while (!waiting.isEmpty() && loop.connections().hasRoom()) {
            loop.serve(waiting.poll(), family, handler);
        }
        if (!waiting.isEmpty()) {
            awaitSlot();
        }
    }

    @Override
    public SocketName name() {
        return name;
    }

    @Override
    public void pause() {
        loop.execute(() -> {
            if (!paused && !closed) {
                paused = true;
                disarm();
            }
        });
    }

    @Override
    public void resume() {
        loop.execute(() -> {
            if (paused && !closed) {
                paused = false;
                goOn();
            }
        });
    }

    @Override
    public void close() {
        loop.execute(this::closeHere);
    }

    /** Who waits in the kernel is served: closing the socket would reset him, and another process that has it was not told of him. */
    private void serveBacklog() {
        int flags = SocketConstants.SOCK_NONBLOCK | SocketConstants.SOCK_CLOEXEC;
        int socket = 0;
        while (socket >= 0 && loop.connections().hasRoom()) {
            socket = waiting.isEmpty() ? loop.kernel().accept(fd, flags) : waiting.poll();
            if (socket >= 0) {
                loop.serve(socket, family, handler);
            }
        }
    }

    /** It came while the socket was being closed. */
    private void serveLast(int socket) {
        if (serves() && loop.connections().hasRoom()) {
            loop.serve(socket, family, handler);
        } else {
            loop.resetSocket(socket);
        }
    }

    @Override
    public boolean isGone() {
        return isGone;
    }

    @Override
    public int share() {
        isShared = true;
        return fd;
    }

    void closeHere() {
        if (closed) {
            return;
        }
        closed = true;
        if (resting != null) {
            resting.cancel();
        }
        if (awaitsSlot) {
            loop.connections().awaitNoMore(this);
        }
        disarm();
        if (!armed) {
            end();
        }
    }

    private boolean serves() {
        return !paused && !loop.isEnding();
    }

    /**
     * No accept is armed any more. Until it was taken back it could be the one of several processes that the kernel tells of a
     * connection (accepts wait exclusively), so only now can it be seen who is left.
     */
    private void end() {
        if (serves()) {
            serveBacklog();
        }
        while (!waiting.isEmpty()) {
            loop.resetSocket(waiting.poll());
        }
        loop.ring().next().close(fd, UserData.of(UserData.NOBODY, slot, generation));
        if (path != null && !isShared) {
            path.remove();
        }
        loop.listeners().release(slot);
        loop.execute(() -> isGone = true); // behind the sessions that have just been started
    }

    private long userData() {
        return UserData.of(UserData.ACCEPT, slot, generation);
    }
}
