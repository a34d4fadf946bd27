package dev.weir.bridge.transport;

/** One listening socket on one loop. Its methods may be called by any thread. */
public interface Listener {
    /** Where it listens in fact (with the port that the kernel chose). */
    SocketName name();

    /** Stops taking connections; the kernel's backlog holds them. Idempotent. */
    void pause();

    /** Takes connections again, first those that were accepted before the pause took effect. Idempotent. */
    void resume();

    /** Closes the socket; connections accepted before live on. Those that no handler has seen yet are reset. Idempotent. */
    void close();
}
