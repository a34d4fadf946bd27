package dev.weir.listen;

import dev.weir.bridge.transport.Listener;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A listener that several limits may hold at once: it takes connections only while nobody holds it. Any thread; no lock, as virtual
 * threads and the loops that carry them meet here.
 */
public final class HeldListener {
    private final Listener listener;
    /** For a moment it may be too low, when who lets go is faster than who holds. */
    private final AtomicInteger holds = new AtomicInteger(1);

    /** A paused listener: it counts as held once, until {@link #start}. */
    public HeldListener(Listener listener) {
        this.listener = listener;
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

    void hold() {
        if (holds.getAndIncrement() == 0) {
            settle();
        }
    }

    void letGo() {
        if (holds.decrementAndGet() == 0) {
            settle();
        }
    }

    /**
     * Tells the listener. Who told it looks again: if somebody changed the count meanwhile, their words may have come before ours, and
     * the last word must be the true one.
     */
    private void settle() {
        boolean isHeld;
        do {
            isHeld = holds.get() > 0;
            if (isHeld) {
                listener.pause();
            } else {
                listener.resume();
            }
        } while (isHeld != holds.get() > 0);
    }
}
