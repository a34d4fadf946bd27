package dev.weir.proxy;

import dev.weir.clock.Clock;

/**
 * {@code close-spread-time}: over which time a soft stop closes the connections of HTTP clients, so that they do not all come back at
 * once. Any thread.
 */
public final class CloseSpread {
    /** The window of {@code infinite}: clients close their connections themselves. */
    public static final long NEVER_NS = -1;

    /** How often those that are idle are looked at within the window. */
    private static final int STEPS = 32;

    private final Clock clock;
    private volatile long windowNs;
    private volatile long endNs;

    CloseSpread(Clock clock) {
        this.clock = clock;
    }

    /** 0 for no window, or {@link #NEVER_NS}. */
    void window(long windowNs) {
        this.windowNs = windowNs;
    }

    /** The soft stop begins. */
    void begin() {
        endNs = clock.nanoTime() + windowNs;
    }

    boolean isNever() {
        return windowNs == NEVER_NS;
    }

    /** In how many steps idle connections are closed: of those that are left, one in as many as there are steps left. */
    int steps() {
        return windowNs == 0 ? 1 : STEPS;
    }

    long stepNs() {
        return windowNs / STEPS;
    }

    /**
     * During a soft stop: whether a connection that gets a response now is closed after it, which becomes the likelier the less is
     * left of the window.
     *
     * @param random 64 random bits
     */
    public boolean closes(long random) {
        long window = windowNs;
        return window == 0 || window > 0 && endNs - clock.nanoTime() <= Long.remainderUnsigned(random, window);
    }
}
