package dev.weir.bridge.transport.uring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bridge.buffer.BlockPool;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The chain against an array that holds the same bytes. */
class BlockChainTest {
    private static final int BLOCK_BYTES = 64;
    private static final int BLOCKS = 32;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(BLOCK_BYTES * BLOCKS);
    private final BlockPool pool = new BlockPool(BufferUtil.address(memory), BLOCK_BYTES, BLOCKS);
    private final BlockSupply supply = new BlockSupply(pool, null, 0, () -> 0);
    private final BlockChain chain = new BlockChain(supply);
    private byte[] expected = {};
    private byte next;

    /** A block as the kernel would have filled it. */
    private int filled(int length) {
        int block = pool.take();
        UnsafeBuffer bytes = new UnsafeBuffer(pool.address(block), BLOCK_BYTES);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(expected);
        for (int i = 0; i < length; i++) {
            bytes.putByte(i, next);
            all.write(next++);
        }
        expected = all.toByteArray();
        return block;
    }

    private void consume(int bytes) {
        chain.consume(bytes);
        expected = Arrays.copyOfRange(expected, bytes, expected.length);
    }

    private static DirectBuffer shown(BlockChain chain) {
        UnsafeBuffer view = new UnsafeBuffer(0, 0);
        chain.show(view);
        return view;
    }

    private byte[] view() {
        DirectBuffer view = shown(chain);
        byte[] bytes = new byte[view.capacity()];
        view.getBytes(0, bytes);
        return bytes;
    }

    @Test
    void shouldKeepAllBytesInOrderWhateverIsDone() {
        long seed = Long.getLong("weir.test.seed", System.nanoTime());
        System.out.println("input chain: -Dweir.test.seed=" + seed);
        Random random = new Random(seed);

        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    if (pool.available() > 1) {
                        int length = 1 + random.nextInt(BLOCK_BYTES);
                        chain.append(filled(length), length);
                    }
                }
                case 2 -> {
                    if (pool.available() > 1) {
                        int length = 1 + random.nextInt(8);
                        chain.appendCompactly(filled(length), length);
                    }
                }
                case 3 -> {
                    byte[] view = view();
                    assertThat(expected).startsWith(view);
                    assertThat(view).hasSize(Math.min(expected.length, BLOCK_BYTES));
                }
                default -> consume(random.nextInt(expected.length + 1));
            }
            assertThat(chain.bytes()).isEqualTo(expected.length);
            assertThat(pool.lent()).isEqualTo(chain.blocks());
        }

        chain.clear();
        assertThat(chain.isEmpty()).isTrue();
        assertThat(pool.lent()).isZero();
    }

    @Test
    void shouldHoldOneBlockForAPeerThatSendsByteByByte() {
        for (int i = 0; i < BLOCK_BYTES; i++) {
            chain.appendCompactly(filled(1), 1);
        }

        assertThat(chain.blocks()).isEqualTo(1);
        assertThat(view()).isEqualTo(expected);
    }

    @Test
    void shouldUseTheRoomOfWhatWasConsumedWhenItIsLookedAt() {
        chain.appendCompactly(filled(BLOCK_BYTES), BLOCK_BYTES);
        consume(BLOCK_BYTES - 4);

        chain.appendCompactly(filled(60), 60);

        assertThat(view()).isEqualTo(expected);
        assertThat(chain.blocks()).isEqualTo(1);
    }

    @Test
    void shouldLeaveWhatIsLookedAtWhereItIs() {
        chain.appendCompactly(filled(BLOCK_BYTES - 1), BLOCK_BYTES - 1);
        consume(BLOCK_BYTES - 4);
        long address = shown(chain).addressOffset();
        byte[] seen = view();

        chain.appendCompactly(filled(1), 1);
        chain.appendCompactly(filled(2), 2);

        byte[] still = new byte[seen.length];
        new UnsafeBuffer(address, seen.length).getBytes(0, still);
        assertThat(still).isEqualTo(seen);
        assertThat(view()).isEqualTo(expected);
    }

    @Test
    void shouldHandBlocksOverToAnotherChain() {
        BlockChain other = new BlockChain(supply);
        chain.append(filled(40), 40);
        chain.append(filled(7), 7);
        chain.consume(10);

        other.appendHeadOf(chain);
        other.appendCopyOf(chain, 7);

        byte[] bytes = new byte[37];
        shown(other).getBytes(0, bytes);
        assertThat(bytes).isEqualTo(Arrays.copyOfRange(expected, 10, 47));
        assertThat(other.blocks()).isEqualTo(1);
        assertThat(chain.isEmpty()).isTrue();
        other.clear();
        assertThat(pool.lent()).isZero();
    }

    @Test
    void shouldShowWhatFollowsTogetherAsFarAsItFits() {
        chain.append(filled(40), 40);
        chain.append(filled(24), 24);
        chain.append(filled(1), 1);

        assertThat(view()).hasSize(64);
        assertThat(chain.bytes()).isEqualTo(65);
    }

    @Test
    void shouldFillTheFirstBlockWithWhatFollows() {
        chain.append(filled(5), 5);
        chain.append(filled(BLOCK_BYTES), BLOCK_BYTES);

        assertThat(view()).hasSize(BLOCK_BYTES).isEqualTo(Arrays.copyOf(expected, BLOCK_BYTES));
        consume(BLOCK_BYTES);
        assertThat(view()).hasSize(5).isEqualTo(expected);
    }

    @Test
    void shouldRefuseToConsumeMoreThanThereIs() {
        chain.append(filled(3), 3);

        assertThatThrownBy(() -> chain.consume(4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldShowNothingWhenEmpty() {
        assertThat(shown(chain).capacity()).isZero();
    }
}
