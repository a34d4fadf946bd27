package dev.weir.bridge.transport.uring;

/** Numbers for things that have requests in the kernel; a number is given again only when its last completion is in. Thread: the loop's. */
final class SlotTable<T> {
    /** So large that it hardly ever grows, as that of {@link Writers}. */
    private static final int CAPACITY = 1024;

    private Object[] holders = new Object[CAPACITY];
    private int[] generations = new int[CAPACITY];
    private int[] free = new int[CAPACITY];
    private int freeCount;
    private int fresh;
    private int taken;
    private final int slotsMax;

    SlotTable(int slotsMax) {
        this.slotsMax = slotsMax;
    }

    int taken() {
        return taken;
    }

    /** A number, or -1 when all are taken. */
    int take(T holder) {
        if (taken == slotsMax) {
            return -1;
        }
        int slot = freeCount > 0 ? free[--freeCount] : fresh++;
        if (slot == holders.length) {
            holders = java.util.Arrays.copyOf(holders, slot * 2);
            generations = java.util.Arrays.copyOf(generations, slot * 2);
            free = java.util.Arrays.copyOf(free, slot * 2);
        }
        holders[slot] = holder;
        taken++;
        return slot;
    }

    /** Puts the holder in after {@link #take}, when it had to know its number first. */
    void hold(int slot, T holder) {
        holders[slot] = holder;
    }

    int generation(int slot) {
        return generations[slot];
    }

    /** The holder, or null if the completion is of an earlier one. */
    @SuppressWarnings("unchecked")
    T holder(int slot, int generation) {
        return generations[slot] == generation ? (T) holders[slot] : null;
    }

    void release(int slot) {
        holders[slot] = null;
        generations[slot]++;
        free[freeCount++] = slot;
        taken--;
    }

    /** Calls for every holder that is there. */
    @SuppressWarnings("unchecked")
    void forEach(java.util.function.Consumer<T> action) {
        for (int slot = 0; slot < fresh; slot++) {
            if (holders[slot] != null) {
                action.accept((T) holders[slot]);
            }
        }
    }
}
