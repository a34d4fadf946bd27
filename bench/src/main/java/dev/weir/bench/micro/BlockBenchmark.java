package dev.weir.bench.micro;

import dev.weir.bridge.buffer.BlockPool;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** Question: what does it cost to borrow blocks of a loop and to give them back, however many are out at a time? */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BlockBenchmark {
    private static final int BLOCK_BYTES = 16384;
    private static final int BLOCKS_MAX = 8192;
    /** The pool only counts with addresses; nothing is mapped there. */
    private static final long MEMORY = 1L << 40;

    /** Blocks that are out at the same time. */
    @Param({"1", "64", "4096"})
    int out;

    private BlockPool pool;
    private int[] blocks;
    private int at;

    @Setup
    public void setUp() {
        pool = new BlockPool(MEMORY, BLOCK_BYTES, BLOCKS_MAX);
        blocks = new int[out];
        for (int i = 0; i < out; i++) {
            blocks[i] = pool.take();
        }
    }

    /** The oldest goes back, another one is borrowed. */
    @Benchmark
    public long borrowAndGiveBack() {
        pool.giveBack(blocks[at]);
        int block = pool.take();
        pool.fill(block, 0, BLOCK_BYTES);
        blocks[at] = block;
        at = at + 1 == out ? 0 : at + 1;
        return pool.address(block);
    }
}
