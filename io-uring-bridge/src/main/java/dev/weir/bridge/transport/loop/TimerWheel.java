package dev.weir.bridge.transport.loop;

import java.util.function.Consumer;

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

    /** A timer: linked into a slot while pending. Intrusive, so that its owner can embed and reuse it. */
    abstract static class Node {
        private Node next;
        private Node previous;
        private long dueTick;
        private int slot = -1;

        /** Called on the loop's thread when the time has come; the node may be added again from here, and fires in a later advance. */
        protected abstract void fire();

        /** {@link #fire} threw, which has been said: what relied on this timer must not wait for ever. Throws nothing itself. */
        protected void onFault() {}

        final boolean isPending() {
            return slot >= 0;
        }
    }

    private final Node[] heads = new Node[LEVELS * SLOTS];
    private final long[] occupied = new long[LEVELS];
    private final long originNs;
    private final Consumer<Throwable> faults;
    private long nowTick;
    /** Where the advance that is under way will end: what fires may not add anything before it, or it could fire for ever. */
    private long targetTick;

    private int pending;

    /** @param faults told what a firing timer throws, so that the others still fire */
    TimerWheel(long originNs, Consumer<Throwable> faults) {
        this.originNs = originNs;
        this.faults = faults;
    }

    int pending() {
        return pending;
    }

    /** Adds a timer, or moves it if it is pending. */
    void add(Node node, long deadlineNs) {
        cancel(node);
        node.dueTick = Math.max(ticksUntil(deadlineNs), Math.max(nowTick, targetTick) + 1);
        link(node);
        pending++;
    }

    /** Rounded up. A deadline so far that the difference overflows is as far as it gets. */
    private long ticksUntil(long deadlineNs) {
        long delayNs = deadlineNs - originNs;
        if (deadlineNs > 0 && originNs < 0 && delayNs < 0) {
            delayNs = Long.MAX_VALUE;
        }
        long ticks = delayNs >> TICK_SHIFT;
        return (ticks << TICK_SHIFT) == delayNs ? ticks : ticks + 1;
    }

    void cancel(Node node) {
        if (node.slot >= 0) {
            unlink(node);
            pending--;
        }
    }

    /** Fires all that is due. */
    void advance(long nowNs) {
        targetTick = (nowNs - originNs) >> TICK_SHIFT;
        while (nowTick < targetTick) {
            long next = nextTick();
            if (next > targetTick) {
                nowTick = targetTick;
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
                fire(node);
            } else {
                link(node);
            }
        }
    }

    /** Catches everything: one timer's fault must not keep the others of its slot from firing. */
    private void fire(Node node) {
        try {
            node.fire();
        } catch (RuntimeException | Error e) {
            faults.accept(e);
            node.onFault();
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
