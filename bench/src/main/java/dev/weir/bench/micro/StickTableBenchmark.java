package dev.weir.bench.micro;

import dev.weir.clock.Clock;
import dev.weir.stick.KeyType;
import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;
import dev.weir.stick.TableSettings;
import java.io.IOException;
import java.util.List;
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
 * Question: what does it cost to look up a client in a stick table, and to count a request of it, when clients come in no order, so
 * that a large table is not in the CPU's caches? Goal: a look-up under 100 ns at a million entries, or what one access to memory takes
 * ({@link MemoryAccessBenchmark}) where that is more.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StickTableBenchmark {
    private static final int KEY_BYTES = 4;
    private static final long RATE_PERIOD_MS = 10_000;
    private static final long EXPIRE_MS = 3_600_000;
    /** Odd, so that different clients have different addresses. */
    private static final int SPREAD = 0x9E3779B1;

    private static final long NOW_NS = 1_000_000_000L;

    private static final class StoppedClock implements Clock {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public long epochMicros() {
            return 1_800_000_000_000_000L;
        }
    }

    @Param({"1000", "1000000"})
    int entries;

    private final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY_BYTES]);
    private StickTable table;
    private long random = 1;
    private int newcomers;

    @Setup
    public void fill() throws IOException {
        var stored = List.of(
                new TableSettings.Stored(StoredData.HTTP_REQ_RATE, 1, RATE_PERIOD_MS),
                new TableSettings.Stored(StoredData.GPC0, 1, 0));
        var settings = new TableSettings("clients", KeyType.IP, KEY_BYTES, entries, EXPIRE_MS, false, stored, null);
        table = StickTable.open(settings, new StoppedClock(), false, notice -> {
            throw new AssertionError(notice);
        });
        for (int client = 0; client < entries; client++) {
            key.putInt(0, client * SPREAD);
            table.release(table.findOrCreate(key, 0, KEY_BYTES, NOW_NS));
        }
    }

    @TearDown
    public void close() {
        table.close();
    }

    /** A client as if at random: a linear congruential generator (Knuth, MMIX). */
    private int anyone() {
        random = random * 6364136223846793005L + 1442695040888963407L;
        return (int) ((random >>> 32) * entries >>> 32);
    }

    @Benchmark
    public long lookUp() {
        key.putInt(0, anyone() * SPREAD);
        long entry = table.find(key, 0, KEY_BYTES, NOW_NS);
        table.release(entry);
        return entry;
    }

    @Benchmark
    public long lookUpStranger() {
        key.putInt(0, (entries + anyone()) * SPREAD);
        return table.find(key, 0, KEY_BYTES, NOW_NS);
    }

    /** As {@code track-sc0 src} with a limit on the rate does for each request. */
    @Benchmark
    public long countRequest() {
        key.putInt(0, anyone() * SPREAD);
        long entry = table.findOrCreate(key, 0, KEY_BYTES, NOW_NS);
        long rate = table.add(entry, StoredData.HTTP_REQ_RATE, 0, 1, NOW_NS);
        table.touch(entry, NOW_NS);
        table.release(entry);
        return rate;
    }

    /** A client that nobody knows, in a table that is full: somebody else has to go. */
    @Benchmark
    public long admitNewcomer() {
        key.putInt(0, (entries + newcomers++) * SPREAD);
        long entry = table.findOrCreate(key, 0, KEY_BYTES, NOW_NS);
        table.release(entry);
        return entry;
    }
}
