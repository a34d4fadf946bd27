package dev.weir.bridge.transport.loop;

/** First in, first out, of what is ready to run. Grows to the number of virtual threads at most, never shrinks. Thread: the loop's. */
final class RunQueue {
    /** So large that it hardly ever grows: compiled code that has never seen it grow is thrown away, in the midst of traffic, when it does. */
    private static final int CAPACITY = 1024;

    private Runnable[] ring = new Runnable[CAPACITY];
    private int head;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void add(Runnable task) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size++) & (ring.length - 1)] = task;
    }

    /** Null when empty. */
    Runnable poll() {
        if (size == 0) {
            return null;
        }
        Runnable task = ring[head];
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        size--;
        return task;
    }

    private void grow() {
        Runnable[] larger = new Runnable[ring.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = ring[(head + i) & (ring.length - 1)];
        }
        ring = larger;
        head = 0;
    }
}
