package dev.weir.bridge.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlockPoolTest {
    private static final long MEMORY = 1 << 20;
    private static final int BLOCK_BYTES = 512;

    private static Random seeded() {
        long seed = Long.getLong("weir.test.seed", System.nanoTime());
        System.out.println("block pool: -Dweir.test.seed=" + seed);
        return new Random(seed);
    }

    @Test
    void shouldNeverLendABlockTwiceNorMoreThanThereAre() {
        Random random = seeded();
        int blocksMax = 1 + random.nextInt(40);
        BlockPool pool = new BlockPool(MEMORY, BLOCK_BYTES, blocksMax);
        List<Integer> lent = new ArrayList<>();

        for (int step = 0; step < 10_000; step++) {
            if (random.nextInt(100) < 50 + 30 * Math.sin(step / 500.0)) {
                int block = pool.take();
                assertThat(block == BlockPool.NONE).isEqualTo(lent.size() == blocksMax);
                assertThat(lent).doesNotContain(block);
                if (block != BlockPool.NONE) {
                    lent.add(block);
                }
            } else if (!lent.isEmpty()) {
                pool.giveBack(lent.remove(random.nextInt(lent.size())));
            }
            assertThat(pool.lent()).isEqualTo(lent.size());
            assertThat(pool.available()).isEqualTo(blocksMax - lent.size());
        }
    }

    @Test
    void shouldGiveEveryBlockItsOwnMemory() {
        BlockPool pool = new BlockPool(MEMORY, BLOCK_BYTES, 16);
        Set<Long> addresses = new HashSet<>();

        for (int i = 0; i < 16; i++) {
            addresses.add(pool.address(pool.take()));
        }

        assertThat(addresses).hasSize(16).allSatisfy(address -> {
            assertThat((address - MEMORY) % BLOCK_BYTES).isZero();
            assertThat(address).isBetween(MEMORY, MEMORY + 15 * BLOCK_BYTES);
        });
    }

    @Test
    void shouldLendTheLastOneBackFirstSoThatFewPagesAreTouched() {
        BlockPool pool = new BlockPool(MEMORY, BLOCK_BYTES, 16);
        int first = pool.take();
        int second = pool.take();
        pool.giveBack(first);
        pool.giveBack(second);

        assertThat(pool.take()).isEqualTo(second);
        assertThat(pool.take()).isEqualTo(first);
    }

    @Test
    void shouldForgetWhatABlockHeldBefore() {
        BlockPool pool = new BlockPool(MEMORY, BLOCK_BYTES, 2);
        int block = pool.take();
        pool.fill(block, 3, 100);
        pool.next(block, 1);
        pool.giveBack(block);

        assertThat(pool.take()).isEqualTo(block);
        assertThat(pool.offset(block)).isZero();
        assertThat(pool.length(block)).isZero();
        assertThat(pool.next(block)).isEqualTo(BlockPool.NONE);
    }

    @Test
    void shouldConsumeFromTheFront() {
        BlockPool pool = new BlockPool(MEMORY, BLOCK_BYTES, 1);
        int block = pool.take();
        pool.fill(block, 10, 100);

        pool.consume(block, 30);

        assertThat(pool.offset(block)).isEqualTo(40);
        assertThat(pool.length(block)).isEqualTo(70);
    }
}
