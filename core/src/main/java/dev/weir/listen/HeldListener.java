package dev.weir.listen;

import dev.weir.bridge.transport.Listener;

/**
 * A listener that several limits may hold at once: it takes connections only while nobody holds it. Any thread.
 */
public final class HeldListener {
    private final Listener listener;
    private int holds;

    /** A paused listener: it counts as held once, until {@link #start}. */
    public HeldListener(Listener listener) {
        this.listener = listener;
        this.holds = 1;
    }

    /** Ends the first hold: connections may come. */
    public void start() {
        letGo();
    }

    public Listener listener() {
        return listener;
    }

    synchronized void hold() {
        if (holds++ == 0) {
            listener.pause();
        }
    }

    synchronized void letGo() {
        if (--holds == 0) {
            listener.resume();
        }
    }
}
