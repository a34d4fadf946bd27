package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.ProcessorTime;
import dev.weir.bridge.kernel.SchedulerSlice;
import dev.weir.bridge.ring.Ring;
import dev.weir.bridge.transport.TransportOptions;
import java.util.function.BooleanSupplier;

/**
 * How a loop enters the kernel: what was asked for is submitted, and then it waits, after it has looked for events itself for
 * some time if it is told to ({@code busy-polling}), or if that pays ({@link Lookout}). Thread: the loop's.
 */
final class KernelEntry {
    private final Ring ring;
    private final Alarm alarm;
    /** How long it looks before it sleeps in any case, 0 for not at all. */
    private final long spinNs;

    private final boolean sendsAllAtOnce;
    private final BooleanSupplier hasOtherWork;
    /** Null if the loop is to have none. */
    private final Courtesy courtesy;
    /** Null if the loop is to have none. */
    private final Lookout lookout;
    /** Sends since the last entry. */
    private int sentAtOnce;
    /** Of the last spin: the longest time between two looks. */
    private long longestGapNs;

    /** @param hasOtherWork ends a spin */
    KernelEntry(Kernel kernel, Ring ring, Alarm alarm, TransportOptions options, BooleanSupplier hasOtherWork) {
        this.ring = ring;
        this.alarm = alarm;
        this.spinNs = options.spinNs;
        this.sendsAllAtOnce = options.sendsAllAtOnce;
        this.hasOtherWork = hasOtherWork;
        this.courtesy = options.courtesy ? new Courtesy(new SchedulerSlice(kernel)) : null;
        this.lookout = options.lookout && spinNs == 0
                ? new Lookout(System::nanoTime, new ProcessorTime(kernel)::ns, ring::completions)
                : null;
    }

    /**
     * Whether the sends of so many connections are to be made by themselves before the entry: where the submission of a single
     * send would need an entry of its own anyway, a plain system call costs less.
     */
    boolean sendsAtOnce(int connections) {
        return sendsAllAtOnce || connections <= Courtesy.FEW && courtesy != null && courtesy.isOn();
    }

    void onSentAtOnce() {
        sentAtOnce++;
    }

    /** @param deadlineNs when it has to be back, 0 for at once */
    void enter(long deadlineNs) {
        if (deadlineNs == 0) {
            ring.submitNow();
        } else if (spinNs != 0) {
            spinThenSleep(deadlineNs, spinNs);
        } else if (lookout != null && lookout.looks()) {
            boolean isFound = spinThenSleep(deadlineNs, Lookout.LOOK_NS);
            lookout.onLooked(isFound, longestGapNs);
        } else {
            sleep(deadlineNs);
        }
        sentAtOnce = 0;
    }

    private void sleep(long deadlineNs) {
        int asked = ring.unsubmitted() + sentAtOnce;
        alarm.notLaterThan(deadlineNs);
        if (courtesy == null || !courtesy.goesSecond(asked) || !isAnswered()) {
            ring.submitAndWait(1);
        }
    }

    /**
     * Submits, unless what matters was sent already; whether completions are there. If only the kernel knows of them, the entry
     * that follows does not sleep.
     */
    private boolean isAnswered() {
        if (sentAtOnce == 0) {
            ring.submitNow();
        }
        boolean hasCompletions = ring.hasCompletions();
        courtesy.onSubmitted(hasCompletions || ring.kernelHasWork());
        return hasCompletions && ring.unsubmitted() == 0;
    }

    /** Returns false if it has slept. */
    private boolean spinThenSleep(long deadlineNs, long spinNs) {
        if (spin(deadlineNs, spinNs)) {
            return true;
        }
        alarm.notLaterThan(deadlineNs);
        ring.submitAndWait(1);
        return false;
    }

    /** Looks for events for a bounded time before sleeping; true if there are some, or a timer is due. */
    private boolean spin(long deadlineNs, long spinNs) {
        ring.submitNow();
        longestGapNs = 0;
        long lastNs = System.nanoTime();
        long endNs = lastNs + spinNs;
        while (!ring.hasCompletions() && !hasOtherWork.getAsBoolean()) {
            if (ring.kernelHasWork()) {
                ring.submitNow();
                continue;
            }
            long now = System.nanoTime();
            longestGapNs = Math.max(longestGapNs, now - lastNs);
            lastNs = now;
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
