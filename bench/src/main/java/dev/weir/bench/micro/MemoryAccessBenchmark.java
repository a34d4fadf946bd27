package dev.weir.bench.micro;

import dev.weir.bridge.kernel.Kernel;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Question: what does this machine take for one access at random to memory of that size, in small pages and in huge ones? The bound
 * of everything that looks something up in a large table. Each address is read from the line before, so that no two accesses overlap.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MemoryAccessBenchmark {
    private static final int LINE_BYTES = 64;
    private static final int PROTECTION_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x2 | 0x20;
    private static final int MADV_HUGEPAGE = 14;
    private static final int MADV_NOHUGEPAGE = 15;
    private static final long SEED = 42;

    @Param({"8", "64"})
    int mebibytes;

    @Param({"false", "true"})
    boolean isHuge;

    private final Kernel kernel = new Kernel();
    private long address;
    private UnsafeBuffer lines;
    private int at;

    /** One cycle through all lines in no order (Sattolo's algorithm). */
    @Setup
    public void setUp() {
        int bytes = mebibytes << 20;
        address = kernel.mmap(bytes, PROTECTION_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
        kernel.madvise(address, bytes, isHuge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
        lines = new UnsafeBuffer(address, bytes);
        int count = bytes / LINE_BYTES;
        for (int line = 0; line < count; line++) {
            lines.putInt(line * LINE_BYTES, line * LINE_BYTES);
        }
        SplittableRandom random = new SplittableRandom(SEED);
        for (int line = count - 1; line > 0; line--) {
            int other = random.nextInt(line) * LINE_BYTES;
            int next = lines.getInt(other);
            lines.putInt(other, lines.getInt(line * LINE_BYTES));
            lines.putInt(line * LINE_BYTES, next);
        }
    }

    @TearDown
    public void close() {
        kernel.munmap(address, (long) mebibytes << 20);
    }

    @Benchmark
    public int followOne() {
        at = lines.getInt(at);
        return at;
    }
}
