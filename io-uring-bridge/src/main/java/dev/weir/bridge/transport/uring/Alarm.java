package dev.weir.bridge.transport.uring;

import dev.weir.bridge.ring.Ring;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Wakes the loop for its next timer with one time-out that stays with the kernel over many waits: a wait of its own limit would
 * start and cancel a kernel timer each time, although idle limits lie seconds away and hardly ever pass. It may ring for a timer
 * that is gone; that costs one turn. Thread: the loop's.
 */
final class Alarm {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long ALARM = UserData.of(UserData.ALARM, 0, 0);
    private static final long NOBODY = UserData.of(UserData.NOBODY, 0, 0);

    private final Ring ring;
    private final UnsafeBuffer timespec;
    private boolean isArmed;
    private long armedNs;

    /** @param timespecAddress 16 bytes for a struct __kernel_timespec */
    Alarm(Ring ring, long timespecAddress) {
        this.ring = ring;
        this.timespec = new UnsafeBuffer(timespecAddress, 16);
    }

    /** Sees to it that the loop wakes not later than at a reading of {@link System#nanoTime()}, which is CLOCK_MONOTONIC. */
    void notLaterThan(long deadlineNs) {
        if (deadlineNs == Long.MAX_VALUE || isArmed && armedNs <= deadlineNs) {
            return;
        }
        timespec.putLong(0, Math.max(0, deadlineNs / NS_PER_SECOND));
        timespec.putLong(8, Math.max(0, deadlineNs % NS_PER_SECOND));
        if (isArmed) {
            ring.next().moveTimeout(ALARM, timespec.addressOffset(), NOBODY);
        } else {
            ring.next().timeoutAt(timespec.addressOffset(), ALARM);
        }
        isArmed = true;
        armedNs = deadlineNs;
    }

    void onRing() {
        isArmed = false;
    }
}
