package dev.weir.bridge.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The time that the fair scheduler means to give the calling thread at a stretch. From Linux 6.12 on a thread may choose its own;
 * one that wakes with a shorter slice goes before the running thread at once, without waiting for the end of its stretch.
 * Needs no privilege. Thread: the one whose slice it is.
 *
 * @see <a href="https://github.com/torvalds/linux/blob/master/include/uapi/linux/sched/types.h">struct sched_attr</a>
 */
public final class SchedulerSlice {
    /** Size of the struct's first version, which ends with the three times. */
    private static final int BYTES = 48;

    private static final long POLICY = 4;
    private static final long RUNTIME = 24;
    private static final int SCHED_OTHER = 0;

    private final Kernel kernel;
    private final MemorySegment attributes = Arena.ofAuto().allocate(BYTES, 8);

    public SchedulerSlice(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Nanoseconds; 0 if the kernel does not tell, or the thread is not scheduled by fairness. */
    public long ns() {
        attributes.fill((byte) 0);
        boolean isTold = kernel.call(SystemCalls.SCHED_GETATTR, 0, attributes.address(), BYTES, 0, 0, 0) >= 0;
        return isTold && attributes.get(JAVA_INT, POLICY) == SCHED_OTHER ? attributes.get(JAVA_LONG, RUNTIME) : 0;
    }

    /** Chooses a slice, leaving all else as it is; the kernel keeps it between 0.1 and 100 ms. Returns 0 or a negated error number. */
    public int set(long ns) {
        if (ns() == 0) {
            return -Errno.EINVAL;
        }
        attributes.set(JAVA_INT, 0, BYTES);
        attributes.set(JAVA_LONG, RUNTIME, ns);
        return (int) kernel.call(SystemCalls.SCHED_SETATTR, 0, attributes.address(), 0, 0, 0, 0);
    }
}
