package dev.weir.server;

/** The health counter of a checked server, kept by its checks; it survives a reload with the server. Any thread. */
public interface ServerHealth {
    /** From 0 to rise + fall - 1; up from rise on. */
    int value();

    int rise();

    int fall();

    /** The server left maintenance: it is up, but one failure takes it down. */
    void resume();

    /** Traffic found an error or a success: see {@link ObserveSettings}. Not under a lock. */
    void observed(boolean isSuccess);
}
