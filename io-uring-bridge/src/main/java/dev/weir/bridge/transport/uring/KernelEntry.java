package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SchedulerSlice;
import dev.weir.bridge.ring.Ring;
import dev.weir.bridge.transport.TransportOptions;
import java.util.function.BooleanSupplier;

/**
 * How a loop enters the kernel: what was asked for is submitted, and then it waits, after it has looked for events itself for
 * some time if it is told to ({@code busy-polling}). Thread: the loop's.
 */
final class KernelEntry {
    private final Ring ring;
    private final Alarm alarm;
    /** How long it looks before it sleeps, 0 for not at all. */
    private final long spinNs;

    private final BooleanSupplier hasOtherWork;
    /** Null if the loop is to have none. */
    private final Courtesy courtesy;

    /** @param hasOtherWork ends a spin */
    KernelEntry(Kernel kernel, Ring ring, Alarm alarm, TransportOptions options, BooleanSupplier hasOtherWork) {
        this.ring = ring;
        this.alarm = alarm;
        this.spinNs = options.spinNs;
        this.hasOtherWork = hasOtherWork;
        this.courtesy = options.courtesy ? new Courtesy(new SchedulerSlice(kernel)) : null;
    }

    /** @param deadlineNs when it has to be back, 0 for at once */
    void enter(long deadlineNs) {
        if (deadlineNs == 0) {
            ring.submitNow();
        } else if (spinNs == 0 || !spin(deadlineNs)) {
            int asked = ring.unsubmitted();
            alarm.notLaterThan(deadlineNs);
            if (courtesy == null || !courtesy.goesSecond(asked) || !isAnswered()) {
                ring.submitAndWait(1);
            }
        }
    }

    /** Submits; whether completions are there. If only the kernel knows of them, the entry that follows does not sleep. */
    private boolean isAnswered() {
        ring.submitNow();
        boolean hasCompletions = ring.hasCompletions();
        courtesy.onSubmitted(hasCompletions || ring.kernelHasWork());
        return hasCompletions;
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
