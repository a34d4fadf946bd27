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

    /** Holds it as an operator may, until {@link #start}. */
    public void pause() {
        hold();
    }

    /** Ends the first hold, or an operator's: connections may come. */
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
