package dev.weir.bridge.transport;

/** One listening socket on one loop. Its methods may be called by any thread. */
public interface Listener {
    /** Where it listens in fact (with the port that the kernel chose). */
    SocketName name();

    /** Stops taking connections; the kernel's backlog holds them. Idempotent. */
    void pause();

    /** Takes connections again, first those that were accepted before the pause took effect. Idempotent. */
    void resume();

    /**
     * Closes the socket; connections accepted before live on, and who waits in the backlog while it takes connections is still served.
     * Those that wait because it is paused are reset, unless another process shares the socket. Idempotent.
     */
    void close();

    /** Whether it is closed and nobody comes from it any more: the sessions of those whom the kernel had accepted have begun. */
    boolean isGone();

    /**
     * The descriptor, to be given to another process, which is to use it while this listener is open; -1 where there is none. From now
     * on a UNIX socket's path is as much that process's: {@link #close} leaves it.
     */
    int share();
}
