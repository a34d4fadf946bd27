package dev.weir.bridge.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The CPU time that the calling thread has used: {@code clock_gettime(CLOCK_THREAD_CPUTIME_ID)}. A system call each time. Thread:
 * the one whose time it is.
 *
 * @see <a href="https://github.com/torvalds/linux/blob/master/include/uapi/linux/time.h">linux/time.h</a>
 */
public final class ProcessorTime {
    private static final int CLOCK_THREAD_CPUTIME_ID = 3;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final Kernel kernel;
    private final MemorySegment timespec = Arena.ofAuto().allocate(16, 8);

    public ProcessorTime(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Nanoseconds, from any origin; 0 if the kernel does not tell. */
    public long ns() {
        long result = kernel.call(SystemCalls.CLOCK_GETTIME, CLOCK_THREAD_CPUTIME_ID, timespec.address(), 0, 0, 0, 0);
        return result < 0 ? 0 : timespec.get(JAVA_LONG, 0) * NS_PER_SECOND + timespec.get(JAVA_LONG, 8);
    }
}
