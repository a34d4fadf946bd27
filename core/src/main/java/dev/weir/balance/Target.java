package dev.weir.balance;

/**
 * A server as algorithms see it. Implemented by {@code dev.weir.server.Server}; read under the backend's lock, where nothing
 * of it changes.
 */
public interface Target {
    /** Full warmth: {@link #warmth()} of a server that is not in slow start. Also the nodes that one unit of weight has on a ring. */
    int WEIGHT_SCALE = 16;

    /** Largest configured weight. */
    int WEIGHT_MAX = 256;

    /** Largest effective weight. */
    int EFFECTIVE_WEIGHT_MAX = WEIGHT_MAX * WEIGHT_SCALE;

    /** Place in declaration order, from 0; negative once the server is no longer part of the backend. */
    int position();

    /** Numeric id within the backend, from 1 or as configured. */
    int id();

    boolean isBackup();

    /** Takes new sessions as far as its state goes: up, not draining, not in maintenance. A weight of 0 excludes it all the same. */
    boolean isAvailable();

    /** Weight as last set, 0 to {@link #WEIGHT_MAX}. */
    int userWeight();

    /** Sixteenths of the weight that slow start allows, 1 to {@link #WEIGHT_SCALE}. Static algorithms ignore it. */
    int warmth();

    /** Sessions that hold a place on it. */
    int served();

    /** Sessions that wait in its own queue. */
    int queued();

    /** Whether a new session would have to wait: a limit is set, and is reached or others wait already. */
    boolean isFull();

    /** Whether neither a place nor (with {@code maxqueue}) a place in its queue is free. Without {@code maxqueue} nothing may queue. */
    boolean isQueueFull();

    /** Whether {@code maxqueue} is set and reached. */
    boolean isQueueLimitReached();

    /** New sessions in the last second. */
    int sessionRate();

    /** Where its nodes on a hash ring begin, by its {@code hash-key}; see {@link HashKey#seed}. */
    int ringSeed();
}
