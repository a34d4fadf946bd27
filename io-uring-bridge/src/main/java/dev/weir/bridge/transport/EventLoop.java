package dev.weir.bridge.transport;

import java.util.function.BooleanSupplier;

/**
 * One thread that owns its sockets, buffers and timers and is the carrier of its virtual threads. Virtual threads of one loop
 * never run at the same time, so what only they touch needs no lock.
 */
public interface EventLoop {
    /** Position among the transport's loops, from 0. */
    int index();

    /** Whether the caller runs on this loop: its own thread or one of its virtual threads. */
    boolean isCurrent();

    /** From any thread: runs a short task that does not wait, on the loop's own thread. */
    void execute(Runnable task);

    /** From any thread: starts a virtual thread on this loop. The task may wait. */
    void start(Runnable task);

    /** Time of the current turn of the loop, in nanoseconds with {@link System#nanoTime()}'s origin: one clock read a turn. */
    long nanoTime();

    /**
     * Opens a listener on this loop. Any thread but the loop's: the call blocks until the socket listens.
     *
     * @throws TransportException with a message for the operator ({@code cannot bind ...: Address already in use})
     */
    Listener listen(ListenOptions options, ConnectionHandler handler) throws TransportException;

    /**
     * Listens on a socket that another process has opened, on the same conditions. The socket is the listener's from now on, also if
     * this fails.
     *
     * @param options for what can still be changed of it; its endpoint is where it is bound
     * @throws TransportException with a message for the operator
     */
    Listener adopt(TakenSocket taken, ListenOptions options, ConnectionHandler handler) throws TransportException;

    /** Connects, parking the calling virtual thread of this loop. */
    default Connection connect(Endpoint endpoint, ConnectOptions options, long deadlineNs) throws ConnectionFailure {
        return connect(endpoint, options, deadlineNs, () -> false);
    }

    /**
     * The same, unless somebody loses interest meanwhile.
     *
     * @param abort asked whenever the caller is unparked; true ends the attempt with a failure of any kind
     */
    Connection connect(Endpoint endpoint, ConnectOptions options, long deadlineNs, BooleanSupplier abort)
            throws ConnectionFailure;

    /**
     * Moves bytes both ways until both streams have ended, a limit passed or a side failed; what either side holds unread is
     * forwarded first, end of stream is passed on as half-close. Parks the calling virtual thread; the loop does the rest. On
     * return nothing is in flight, and the caller closes both connections.
     */
    void relay(Connection client, Connection server, Relay relay);

    /**
     * The same without holding a virtual thread meanwhile, so that an idle session costs no stack: the call is the last act of
     * the caller's task, and {@code afterwards}, a task that does not wait, runs on this loop when the relay has ended.
     */
    default void relayThen(Connection client, Connection server, Relay relay, Runnable afterwards) {
        relay(client, server, relay);
        afterwards.run();
    }

    /**
     * Moves bytes one way, what the source holds unread first, until there were as many as wanted, the source's stream is over, a
     * limit passed or a side failed. Parks the calling virtual thread, once, and only if what is held does not do; the loop does
     * the rest. On return the last bytes may wait in the target as if they had been {@link Connection#write written}, and what
     * came beyond them is held by the source. Both connections stay open and usable, as far as they have not failed.
     */
    void forward(Connection source, Connection target, Forward forward);

    /** Parks the calling virtual thread of this loop until {@link #unpark}; may return for no reason. */
    void park();

    /** Parks until {@link #unpark} or the deadline; may return for no reason. */
    void parkUntil(long deadlineNs);

    /** From any thread: lets a virtual thread of this loop go on (once, if it is not parked yet). */
    void unpark(Thread virtualThread);

    /** From the loop: runs a short task that does not wait after a time, on the loop's own thread. */
    Timer schedule(long deadlineNs, Runnable task);

    /** A scheduled task. */
    interface Timer {
        /** From the loop: takes it back. Idempotent, also after it ran. */
        void cancel();
    }

    /**
     * From the loop: makes a timer that knows no tick. Its task, which does not wait, runs on the loop's own thread as soon as the
     * kernel wakes it at the time asked for (io_uring: some microseconds late; NIO: up to a millisecond), never early. Each one
     * is looked at in every turn, so a loop should have few.
     */
    ExactTimer exactTimer(Runnable task);

    /** A timer that is set again and again. */
    interface ExactTimer {
        /** From the loop: replaces the time at which it fires, once; {@link Long#MAX_VALUE} is never. */
        void set(long deadlineNs);
    }

    /** How many input bytes each of its connections holds at most while nobody consumes them. */
    int inputBytesMax();

    /** Figures for leak checks and for operators. Any thread; from another than the loop's they may lag, and not fit together. */
    LoopFigures figures();
}
