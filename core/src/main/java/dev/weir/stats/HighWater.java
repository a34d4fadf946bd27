package dev.weir.stats;

/** A current value and the highest it had. Thread: one writer at a time, under its owner's lock; anyone reads. */
public final class HighWater {
    private volatile int value;
    private volatile int highest;

    public void set(int now) {
        value = now;
        if (now > highest) {
            highest = now;
        }
    }

    public int value() {
        return value;
    }

    public int highest() {
        return highest;
    }

    /** {@code clear counters}: forgets what was. */
    public void clearHighest() {
        highest = value;
    }
}
