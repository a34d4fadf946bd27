package dev.weir.bridge.transport.loop;

import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.Forward;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.LoopFigures;
import dev.weir.bridge.transport.Relay;
import dev.weir.bridge.transport.TakenSocket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A loop without sockets: it waits for nothing but being woken. */
final class TestLoop extends AbstractEventLoop {
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean hasStarted;
    private volatile boolean hasEnded;

    TestLoop(Consumer<String> log, boolean schedulerHook) {
        super(3, "test-loop", log, schedulerHook);
    }

    Thread thread() {
        return thread;
    }

    boolean hasRunFromStartToEnd() {
        return hasStarted && hasEnded;
    }

    @Override
    protected void onStart() {
        hasStarted = true;
    }

    @Override
    protected void poll(long deadlineNs) {
        try {
            if (deadlineNs != 0) {
                long waitNs = deadlineNs == Long.MAX_VALUE ? Long.MAX_VALUE : deadlineNs - System.nanoTime();
                boolean ignored = wakeUps.tryAcquire(waitNs, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a loop", e);
        }
        wakeUps.drainPermits();
        awake();
    }

    @Override
    protected void wakeUp() {
        wakeUps.release();
    }

    @Override
    protected boolean onStop() {
        return true;
    }

    @Override
    protected void onEnd() {
        hasEnded = true;
    }

    int timers() {
        return timersPending();
    }

    int busy() {
        return busyVirtualThreads();
    }

    // ---- no sockets ----

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
    public int inputBytesMax() {
        throw new UnsupportedOperationException();
    }

    @Override
    public LoopFigures figures() {
        return new LoopFigures(
                0, 0, 0, 0, 0, timersPending(), busyVirtualThreads(), tasksReady(), turns(), 0, 0, 0, 0, 0);
    }
}
