package dev.weir.bridge.transport.loop;

/**
 * Hierarchical timer wheel: 6 levels of 64 slots, a tick of about a millisecond. Adding and cancelling cost O(1) and allocate
 * nothing beyond the node; unlike Agrona's wheel it knows when the next timer is due, so that an idle loop can sleep.
 * Timers fire up to a tick late, never early. Thread: the loop's.
 */
final class TimerWheel {
    /** Nanoseconds of a tick as a power of two: 2^20 ns = 1.05 ms. */
    private static final int TICK_SHIFT = 20;

    private static final int LEVEL_BITS = 6;
    private static final int SLOTS = 1 << LEVEL_BITS;
    private static final int LEVELS = 6;
    private static final long RANGE_TICKS = 1L << (LEVEL_BITS * LEVELS);

    /** A timer: linked into a slot while pending. Intrusive, so that its owner can embed and reuse it. */
    abstract static class Node {
        private Node next;
        private Node previous;
        private long dueTick;
        private int slot = -1;

        /** Called on the loop's thread when the time has come; the node may be added again from here. */
        protected abstract void fire();

        final boolean isPending() {
            return slot >= 0;
        }
    }

    private final Node[] heads = new Node[LEVELS * SLOTS];
    private final long[] occupied = new long[LEVELS];
    private final long originNs;
    private long nowTick;
    private int pending;

    TimerWheel(long originNs) {
        this.originNs = originNs;
    }

    int pending() {
        return pending;
    }

    /** Adds a timer, or moves it if it is pending. */
    void add(Node node, long deadlineNs) {
        cancel(node);
        long ticks = (deadlineNs - originNs + (1L << TICK_SHIFT) - 1) >> TICK_SHIFT;
        node.dueTick = Math.clamp(ticks, nowTick + 1, nowTick + RANGE_TICKS - 1);
        link(node);
        pending++;
    }

    void cancel(Node node) {
        if (node.slot >= 0) {
            unlink(node);
            pending--;
        }
    }

    /** Fires all that is due. */
    void advance(long nowNs) {
        long target = (nowNs - originNs) >> TICK_SHIFT;
        while (nowTick < target) {
            long next = nextTick();
            if (next > target) {
                nowTick = target;
                return;
            }
            nowTick = next;
            expire();
        }
    }

    /** When to look again: not later than the first timer is due; {@link Long#MAX_VALUE} if there is none. */
    long nextDeadlineNs() {
        long next = nextTick();
        return next == Long.MAX_VALUE ? Long.MAX_VALUE : originNs + (next << TICK_SHIFT);
    }

    /** Earliest tick at which a slot has to be fired (level 0) or spread over lower levels. */
    private long nextTick() {
        if (pending == 0) {
            return Long.MAX_VALUE;
        }
        long earliest = Long.MAX_VALUE;
        for (int level = 0; level < LEVELS; level++) {
            long bits = occupied[level];
            if (bits != 0) {
                int shift = level * LEVEL_BITS;
                int position = (int) (nowTick >> shift) & (SLOTS - 1);
                int distance = Long.numberOfTrailingZeros(Long.rotateRight(bits, position + 1)) + 1;
                earliest = Math.min(earliest, ((nowTick >> shift) + distance) << shift);
            }
        }
        return earliest;
    }

    private void expire() {
        for (int level = LEVELS - 1; level > 0; level--) {
            if ((nowTick & ((1L << (level * LEVEL_BITS)) - 1)) == 0) {
                drain(level);
            }
        }
        drain(0);
    }

    /** Fires what is due in the current slot of a level, and moves the rest down. */
    private void drain(int level) {
        int slot = level * SLOTS + ((int) (nowTick >> (level * LEVEL_BITS)) & (SLOTS - 1));
        Node chain = heads[slot];
        heads[slot] = null;
        occupied[level] &= ~(1L << (slot & (SLOTS - 1)));
        for (Node node = chain; node != null; node = node.next) {
            node.slot = DETACHED;
        }
        detached = chain;
        while (detached != null) {
            Node node = detached;
            detached = node.next;
            if (detached != null) {
                detached.previous = null;
            }
            node.next = null;
            node.previous = null;
            node.slot = -1;
            if (node.dueTick <= nowTick) {
                pending--;
                node.fire();
            } else {
                link(node);
            }
        }
    }

    /** Slot number of nodes that {@link #drain} is working through; a timer that fires may cancel one of them. */
    private static final int DETACHED = Integer.MAX_VALUE;

    private Node detached;

    private void link(Node node) {
        long different = node.dueTick ^ nowTick;
        int level = different == 0 ? 0 : (63 - Long.numberOfLeadingZeros(different)) / LEVEL_BITS;
        level = Math.min(level, LEVELS - 1);
        int position = (int) (node.dueTick >> (level * LEVEL_BITS)) & (SLOTS - 1);
        int slot = level * SLOTS + position;
        node.slot = slot;
        node.previous = null;
        node.next = heads[slot];
        if (node.next != null) {
            node.next.previous = node;
        }
        heads[slot] = node;
        occupied[level] |= 1L << position;
    }

    private void unlink(Node node) {
        if (node.previous != null) {
            node.previous.next = node.next;
        } else if (node.slot == DETACHED) {
            detached = node.next;
        } else {
            heads[node.slot] = node.next;
            if (node.next == null) {
                occupied[node.slot >> LEVEL_BITS] &= ~(1L << (node.slot & (SLOTS - 1)));
            }
        }
        if (node.next != null) {
            node.next.previous = node.previous;
        }
        node.next = null;
        node.previous = null;
        node.slot = -1;
    }
}
