package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.SchedulerSlice;

/**
 * Lets whom a send has just woken run before the loop sleeps. On a CPU that client, proxy and server share, a message wakes the
 * one that will answer it; if that one runs at once, the answer is there when the loop would go to sleep, and the loop neither
 * sleeps nor has to be woken, which are the dearest things that it does with few connections. For that it submits first and
 * waits with an entry of its own, and asks the scheduler for a longer slice than others have, so that they go before it.
 *
 * <p>With many connections there is always something to do, and on a CPU of its own nobody else to run: so it looks at windows of
 * turns, tries when most of them submit little, and gives up, for some time, when the answers are not there.
 *
 * <p>Thread: the loop's.
 */
final class Courtesy {
    /** Turns between two decisions. */
    static final int WINDOW = 256;

    /** A turn that submits so little may be one message of a ping-pong. */
    static final int FEW = 2;

    /** After a try in vain: so many windows until the next one, so that trying costs nothing to speak of. */
    static final int WINDOWS_UNTIL_NEXT_TRY = 64;

    /** Of a window's turns, in percent. */
    private static final int MOST = 75;

    private static final int HALF = 50;

    private final SchedulerSlice slice;
    private boolean isOn;
    private int turns;
    private int small;
    private int answered;
    private int windowsToRest;
    private long normalSliceNs;

    /** @param slice the loop's thread's */
    Courtesy(SchedulerSlice slice) {
        this.slice = slice;
    }

    boolean isOn() {
        return isOn;
    }

    /**
     * Before the loop waits.
     *
     * @param asked how much it has to submit
     * @return whether to submit first, and to tell {@link #onSubmitted} what had come of it
     */
    boolean goesSecond(int asked) {
        if (asked == 0) {
            return false;
        }
        if (++turns > WINDOW) {
            decide();
        }
        boolean isSmall = asked <= FEW;
        small += isSmall ? 1 : 0;
        return isOn && isSmall;
    }

    /** @param hasAnswer whether there is something to do already */
    void onSubmitted(boolean hasAnswer) {
        answered += hasAnswer ? 1 : 0;
    }

    private void decide() {
        boolean isLight = small * 100 >= WINDOW * MOST;
        if (isOn) {
            if (!isLight || answered * 100 < small * HALF) {
                isOn = false;
                windowsToRest = WINDOWS_UNTIL_NEXT_TRY;
                normalSlice();
            }
        } else if (windowsToRest > 0) {
            windowsToRest--;
        } else if (isLight) {
            isOn = true;
            longerSlice();
        }
        turns = 1;
        small = 0;
        answered = 0;
    }

    /** Half as much again: shorter ones go first, and with the CPU full this thread's turn comes hardly later. */
    private void longerSlice() {
        normalSliceNs = slice.ns();
        if (normalSliceNs > 0) {
            slice.set(normalSliceNs * 3 / 2);
        }
    }

    private void normalSlice() {
        if (normalSliceNs > 0) {
            slice.set(normalSliceNs);
        }
    }
}
