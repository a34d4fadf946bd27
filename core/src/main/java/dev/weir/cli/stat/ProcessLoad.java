package dev.weir.cli.stat;

import dev.weir.clock.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * How busy the process is, between two looks at it that are a second apart at least: nothing is measured while nobody asks, and
 * who asks regularly gets all the time in between. Any thread.
 */
public final class ProcessLoad {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int PERCENT = 100;

    private final Clock clock;
    private final int cpus;
    private final LongSupplier cpuNs;
    private final LongSupplier bytesOut;
    private final AtomicReference<Looks> looks;

    /** What was seen at a time. */
    private record Look(long atNs, long cpuNs, long bytesOut) {}

    /** The last one that others may be compared with, and the one before it, a second older at least. */
    private record Looks(Look before, Look last) {}

    /**
     * @param cpus that the process means to use: as many as it has event loops
     * @param cpuNs CPU time that the process has used
     * @param bytesOut that it has sent
     */
    public ProcessLoad(Clock clock, int cpus, LongSupplier cpuNs, LongSupplier bytesOut) {
        this.clock = clock;
        this.cpus = cpus;
        this.cpuNs = cpuNs;
        this.bytesOut = bytesOut;
        Look start = look();
        this.looks = new AtomicReference<>(new Looks(start, start));
    }

    /** CPU time of all threads of this process; 0 where the system does not tell. */
    public static long ownCpuNs() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    private Look look() {
        return new Look(clock.nanoTime(), cpuNs.getAsLong(), bytesOut.getAsLong());
    }

    /** The look that {@code now} is compared with. */
    private Look reference(Look now) {
        Looks seen = looks.get();
        if (now.atNs - seen.last.atNs < SECOND_NS) {
            return seen.before;
        }
        looks.compareAndSet(seen, new Looks(seen.last, now)); // unless another thread has just done so
        return seen.last;
    }

    /** Of the time that all of its CPUs had, also what others used of it; all threads of the process count. */
    public long idlePercent() {
        Look now = look();
        Look then = reference(now);
        long most = (now.atNs - then.atNs) * cpus;
        long used = now.cpuNs - then.cpuNs;
        return most <= 0 ? PERCENT : Math.clamp(PERCENT - used * PERCENT / most, 0, PERCENT);
    }

    /** Bytes a second. */
    public long bytesOutPerSecond() {
        Look now = look();
        Look then = reference(now);
        double seconds = (double) (now.atNs - then.atNs) / SECOND_NS;
        return seconds <= 0 ? 0 : Math.max(0, Math.round((now.bytesOut - then.bytesOut) / seconds));
    }
}
