package dev.weir.server;

/**
 * Since when a server or backend is up or down, and how long it was down in all. Readings of the environment's clock, in nanoseconds.
 * Changed under the pool's lock; anyone reads.
 */
final class Downtime {
    private volatile long lastChangeNs;
    /** Of the down times that are over. */
    private volatile long endedNs;

    long lastChangeNs() {
        return lastChangeNs;
    }

    /** Nothing is added up: it is known from before the process began, or was no change between up and down. */
    void lastChangeNs(long changeNs) {
        lastChangeNs = changeNs;
    }

    void changed(boolean wasUp, long nowNs) {
        if (!wasUp) {
            endedNs += nowNs - lastChangeNs;
        }
        lastChangeNs = nowNs;
    }

    /** The present down time is included. */
    long totalNs(boolean isUp, long nowNs) {
        return endedNs + (isUp ? 0 : nowNs - lastChangeNs);
    }
}
