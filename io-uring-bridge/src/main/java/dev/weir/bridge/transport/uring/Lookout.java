package dev.weir.bridge.transport.uring;

import java.util.function.LongSupplier;

/**
 * Lets the loop look for events for a moment before it sleeps, where that costs hardly more CPU than sleeping. To sleep, and to be
 * woken from another CPU, costs a virtual machine ten to a hundred times as much as bare metal, both in CPU and in time, so there
 * a short wait that is looked through may be cheaper than one that is slept through; which of the two, only the machine can tell.
 *
 * <p>So it measures: windows of waits, and what CPU time the thread needs for an event in each. When the waits of a window were
 * short, it looks for some windows, and goes on while an event costs hardly more than it did asleep. It sleeps again, for some
 * time, when looking is dearer, when the waits become too long for it, or when somebody else needs this CPU. From time to time it
 * sleeps for a few windows, to know what that costs by now.
 *
 * <p>Thread: the loop's.
 */
final class Lookout {
    /** How long one wait may be looked through, nanoseconds. */
    static final long LOOK_NS = 100_000;

    /** Between two looks there is nothing to do: whoever takes longer did not have the CPU. */
    static final long DISTURBANCE_NS = 200_000;

    /** Waits between two decisions. */
    static final int WINDOW = 256;

    /** So many waits of a window may be longer than it looks: what they cost, they cost twice. */
    static final int MISSES_MAX = WINDOW / 8;

    /** More of them in one window than a host's own interruptions. */
    static final int DISTURBANCES_MAX = 2;

    /** Windows of looking until the first judgement, because one alone may be an exception. */
    static final int TRIAL = 8;

    /** Windows of looking after which it finds out anew what sleeping costs: seldom enough not to show in a 99th percentile. */
    static final int WINDOWS_UNTIL_RECHECK = 512;

    /** Windows of sleeping after a try in vain, doubled by each further one, so that trying costs nothing to speak of. */
    static final int REST_MIN = 8;

    static final int REST_MAX = 1024;

    /** Waits that are shorter by two thirds are worth a tenth more CPU, which is about what the measurement is good for, too. */
    private static final double WORTH = 1.1;

    /** How many windows an average looks back on. */
    private static final int SLEEPING_WINDOWS = 4;

    private static final int LOOKING_WINDOWS = 8;

    private final LongSupplier clock;
    private final LongSupplier processorTime;
    private final LongSupplier events;

    private boolean isOn;
    /** Windows in a row in which it has looked. */
    private int looked;

    private int windowsToRest;
    private int nextRest = REST_MIN;
    /** CPU time of an event, nanoseconds; 0 while not known. */
    private double sleepingCost;

    private double lookingCost;

    private int waits = WINDOW;
    private int misses;
    private int disturbances;
    /** At the window's beginning; the first call begins the first one. */
    private long startNs = Long.MIN_VALUE;

    private long startProcessorNs;
    private long startEvents;

    /**
     * @param clock nanoseconds
     * @param processorTime that the thread has used, nanoseconds
     * @param events how many the loop has had
     */
    Lookout(LongSupplier clock, LongSupplier processorTime, LongSupplier events) {
        this.clock = clock;
        this.processorTime = processorTime;
        this.events = events;
    }

    /** Before the loop waits: whether it is to look first, and to tell {@link #onLooked} what had come of it. */
    boolean looks() {
        if (++waits > WINDOW) {
            decide();
        }
        return isOn;
    }

    /**
     * @param isFound whether an event had come
     * @param longestGapNs the longest time between two looks
     */
    void onLooked(boolean isFound, long longestGapNs) {
        misses += isFound ? 0 : 1;
        disturbances += longestGapNs > DISTURBANCE_NS ? 1 : 0;
        if (misses > MISSES_MAX || disturbances > DISTURBANCES_MAX) {
            sleep();
            begin();
        }
    }

    private void decide() {
        if (startNs != Long.MIN_VALUE) {
            long usedNs = processorTime.getAsLong() - startProcessorNs;
            double cost = (double) usedNs / Math.max(1, events.getAsLong() - startEvents);
            if (isOn) {
                judge(cost);
            } else {
                long idleNs = clock.getAsLong() - startNs - usedNs;
                considerLooking(cost, idleNs / WINDOW);
            }
        }
        begin();
    }

    /** After a window of looking. */
    private void judge(double cost) {
        lookingCost = average(lookingCost, cost, LOOKING_WINDOWS);
        looked++;
        if (looked >= TRIAL && lookingCost > WORTH * sleepingCost) {
            sleep();
        } else if (looked > WINDOWS_UNTIL_RECHECK) {
            isOn = false;
            windowsToRest = 1;
        } else if (looked == TRIAL) {
            nextRest = REST_MIN;
        }
    }

    /** After a window of sleeping. */
    private void considerLooking(double cost, long waitNs) {
        sleepingCost = average(sleepingCost, cost, SLEEPING_WINDOWS);
        if (windowsToRest > 0) {
            windowsToRest--;
        } else if (sleepingCost > 0 && waitNs < LOOK_NS) {
            isOn = true;
            looked = 0;
            lookingCost = 0;
        }
    }

    private void sleep() {
        isOn = false;
        windowsToRest = nextRest;
        nextRest = Math.min(REST_MAX, 2 * nextRest);
    }

    private void begin() {
        startNs = clock.getAsLong();
        startProcessorNs = processorTime.getAsLong();
        startEvents = events.getAsLong();
        waits = 1;
        misses = 0;
        disturbances = 0;
    }

    private static double average(double soFar, double cost, int windows) {
        return soFar == 0 ? cost : soFar + (cost - soFar) / windows;
    }
}
