package dev.weir.bridge.transport.uring;

/**
 * What a completion carries back: generation in the upper 32 bits, operation in 8, slot in the lower 24. A late completion of
 * a slot's earlier owner shows by its generation.
 */
final class UserData {
    static final int RECEIVE = 1;
    static final int SEND = 2;
    static final int CONNECT = 3;
    static final int POLL_IN = 4;
    static final int POLL_OUT = 5;
    static final int ACCEPT = 6;
    static final int WAKE = 7;
    /** Cancel and close: complete only on failure, and then nobody waits. */
    static final int NOBODY = 8;

    static final int ALARM = 9;

    static final int SLOTS_MAX = 1 << 24;

    private UserData() {}

    static long of(int operation, int slot, int generation) {
        return (long) generation << 32 | (long) operation << 24 | slot;
    }

    static int operation(long userData) {
        return (int) (userData >>> 24) & 0xFF;
    }

    static int slot(long userData) {
        return (int) userData & 0xFF_FFFF;
    }

    static int generation(long userData) {
        return (int) (userData >>> 32);
    }
}
