package dev.weir.server;

import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Forward;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.LoopFigures;
import dev.weir.bridge.transport.Relay;
import dev.weir.bridge.transport.TakenSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A loop of a test: parks threads for real, remembers whom it unparked, and has no sockets. */
public class FakeLoop implements EventLoop {
    final List<Thread> unparked = new ArrayList<>();
    private final int index;

    public FakeLoop(int index) {
        this.index = index;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean isCurrent() {
        return true;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void start(Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Listener listen(ListenOptions options, ConnectionHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Listener adopt(TakenSocket taken, ListenOptions options, ConnectionHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Connection connect(Endpoint endpoint, ConnectOptions options, long deadlineNs, BooleanSupplier abort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forward(Connection source, Connection target, Forward forward) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void relay(Connection client, Connection server, Relay relay) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void park() {
        LockSupport.park();
    }

    @Override
    public void parkUntil(long deadlineNs) {
        LockSupport.parkNanos(deadlineNs - System.nanoTime());
    }

    @Override
    public void unpark(Thread thread) {
        synchronized (unparked) {
            unparked.add(thread);
        }
        LockSupport.unpark(thread);
    }

    @Override
    public Timer schedule(long deadlineNs, Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ExactTimer exactTimer(Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int inputBytesMax() {
        throw new UnsupportedOperationException();
    }

    @Override
    public LoopFigures figures() {
        throw new UnsupportedOperationException();
    }
}
