package dev.weir.bridge.transport.uring;

import dev.weir.bridge.ring.Ring;
import java.util.function.BooleanSupplier;

/**
 * How a loop enters the kernel: what was asked for is submitted, and then it waits, after it has looked for events itself for
 * some time if it is told to ({@code busy-polling}). Thread: the loop's.
 */
final class KernelEntry {
    private final Ring ring;
    private final Alarm alarm;
    private final long spinNs;
    private final BooleanSupplier hasOtherWork;

    /**
     * @param spinNs how long it looks before it sleeps, 0 for not at all
     * @param hasOtherWork ends a spin
     */
    KernelEntry(Ring ring, Alarm alarm, long spinNs, BooleanSupplier hasOtherWork) {
        this.ring = ring;
        this.alarm = alarm;
        this.spinNs = spinNs;
        this.hasOtherWork = hasOtherWork;
    }

    /** @param deadlineNs when it has to be back, 0 for at once */
    void enter(long deadlineNs) {
        if (deadlineNs == 0) {
            ring.submitNow();
        } else if (spinNs == 0 || !spin(deadlineNs)) {
            alarm.notLaterThan(deadlineNs);
            ring.submitAndWait(1);
        }
    }

    /** Looks for events for a bounded time before sleeping; true if there are some, or a timer is due. */
    private boolean spin(long deadlineNs) {
        ring.submitNow();
        long endNs = System.nanoTime() + spinNs;
        while (!ring.hasCompletions() && !hasOtherWork.getAsBoolean()) {
            if (ring.kernelHasWork()) {
                ring.submitNow();
                continue;
            }
            long now = System.nanoTime();
            if (now >= deadlineNs) {
                return true;
            }
            if (now > endNs) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }
}
