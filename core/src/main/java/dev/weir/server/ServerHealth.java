package dev.weir.server;

/** A health counter of a server, kept by its checks or by its agent; it survives a reload with the server. Any thread. */
public interface ServerHealth {
    /** From 0 to rise + fall - 1; up from rise on. */
    int value();

    int rise();

    int fall();

    /** The server left maintenance: it is up, but one failure takes it down. */
    void resume();

    /** Whether the server is up as far as this counter knows; one that is disabled knows nothing. */
    default boolean isUp() {
        return !isEnabled() || value() >= rise();
    }

    /** Whether it is asked at all: {@code disable health}, {@code disable agent}. */
    boolean isEnabled();

    void enable(boolean isEnabled);

    /** Where questions go. */
    ProbeTarget target();

    /** {@code set server check-addr}: questions go there, until a configuration says otherwise. */
    void target(ProbeTarget target);

    /** Whether one more success would change nothing. */
    default boolean isFull() {
        return value() == rise() + fall() - 1;
    }

    /** Traffic found out something that counts: see {@link ObserveSettings}. Not under a lock. */
    void observed(Observation observation);
}
