package dev.weir.stick;

import static dev.weir.sample.Allocation.assertAllocatesNothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.clock.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StickTableTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Clock clock = new Clock() {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public long epochMicros() {
            return 1_800_000_000_000_000L;
        }
    };
    private final List<StickTable> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(StickTable::close);
    }

    private StickTable table(int size, long expireMs, boolean isKept, TableSettings.Stored... stored) {
        return open(new TableSettings("t", KeyType.STRING, 32, size, expireMs, isKept, List.of(stored), null));
    }

    private StickTable open(TableSettings settings) {
        try {
            StickTable table = StickTable.open(settings, clock, false, notice -> {
                throw new AssertionError(notice);
            });
            opened.add(table);
            return table;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static TableSettings.Stored count(StoredData data) {
        return new TableSettings.Stored(data, 1, 0);
    }

    private static TableSettings.Stored rate(StoredData data, long periodMs) {
        return new TableSettings.Stored(data, 1, periodMs);
    }

    private static UnsafeBuffer bytes(String key) {
        return new UnsafeBuffer(key.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static long make(StickTable table, String key, long nowNs) {
        return table.findOrCreate(bytes(key), 0, key.length(), nowNs);
    }

    private static boolean has(StickTable table, String key, long nowNs) {
        long entry = table.find(bytes(key), 0, key.length(), nowNs);
        if (entry != StickTable.NONE) {
            table.release(entry);
        }
        return entry != StickTable.NONE;
    }

    @Test
    void shouldCountForEachKeyApart() {
        StickTable table = table(100, 0, false, count(StoredData.GPC0), count(StoredData.BYTES_IN_CNT));
        long a = make(table, "a", 0);
        long b = make(table, "b", 0);

        table.add(a, StoredData.GPC0, 0, 2, 0);
        table.add(a, StoredData.GPC0, 0, 3, 0);
        table.add(b, StoredData.BYTES_IN_CNT, 0, 1L << 40, 0);

        assertThat(table.get(a, StoredData.GPC0, 0, 0)).isEqualTo(5);
        assertThat(table.get(b, StoredData.GPC0, 0, 0)).isZero();
        assertThat(table.get(b, StoredData.BYTES_IN_CNT, 0, 0)).isEqualTo(1L << 40);
        assertThat(table.get(a, StoredData.GPC1, 0, 0)).as("not stored").isZero();
    }

    @Test
    void shouldLeaveTheTableAloneThatASketchWasMadeOf() {
        StickTable table = table(100, 60_000, false, count(StoredData.GPC0), count(StoredData.CONN_CUR));
        long entry = make(table, "known", 0);
        table.add(entry, StoredData.GPC0, 0, 7, 0);
        table.add(entry, StoredData.CONN_CUR, 0, 2, 0);

        StickTable sketch = StickTable.sketchOf(table, clock);
        opened.add(sketch);
        long copy = make(sketch, "known", 0);
        sketch.add(copy, StoredData.GPC0, 0, 1, 0);
        make(sketch, "new", 0);

        assertThat(sketch.get(copy, StoredData.GPC0, 0, 0)).isEqualTo(8);
        assertThat(sketch.get(copy, StoredData.CONN_CUR, 0, 0)).isEqualTo(2);
        assertThat(has(sketch, "nobody knows", 0)).isFalse();
        assertThat(table.get(entry, StoredData.GPC0, 0, 0)).isEqualTo(7);
        assertThat(has(table, "new", 0)).isFalse();
        assertThat(table.references(entry)).as("nobody else refers to it").isEqualTo(1);
    }

    @Test
    void shouldFindTheSameEntryAgain() {
        StickTable table = table(100, 0, false, count(StoredData.GPC0));

        long first = make(table, "key", 0);
        table.add(first, StoredData.GPC0, 0, 1, 0);
        table.release(first);

        long second = make(table, "key", 0);
        assertThat(table.get(second, StoredData.GPC0, 0, 0)).isEqualTo(1);
        assertThat(table.used(0)).isEqualTo(1);
    }

    @Test
    void shouldForgetAnEntryThatNobodyUsedForTooLong() {
        StickTable table = table(100, 10_000, false, count(StoredData.GPC0));
        table.release(make(table, "old", 0));
        table.release(make(table, "touched", 0));

        long touched = make(table, "touched", 9 * SECOND_NS);
        table.touch(touched, 9 * SECOND_NS);
        table.release(touched);

        assertThat(has(table, "old", 10 * SECOND_NS)).isFalse();
        assertThat(has(table, "touched", 10 * SECOND_NS)).isTrue();
        assertThat(table.used(10 * SECOND_NS)).isEqualTo(1);
    }

    @Test
    void shouldKeepAnExpiredEntryWhileASessionRefersToIt() {
        StickTable table = table(100, 10_000, false, count(StoredData.GPC0));
        long entry = make(table, "a", 0);

        assertThat(has(table, "a", 60 * SECOND_NS)).isTrue();

        table.release(entry);
        assertThat(has(table, "a", 60 * SECOND_NS)).isFalse();
    }

    @Test
    void shouldMakeRoomByDroppingWhatWouldExpireFirst() {
        StickTable table = table(3, 60_000, false);
        table.release(make(table, "a", 0));
        table.release(make(table, "b", 1));
        long c = make(table, "c", 2);
        long again = make(table, "a", 3);
        table.touch(again, 3);
        table.release(again);

        table.release(make(table, "d", 4));

        assertThat(has(table, "b", 5)).isFalse();
        assertThat(has(table, "a", 5)).isTrue();
        assertThat(has(table, "c", 5)).isTrue();
        table.release(c);
    }

    /** Of the order in which entries were used last, a full table knows as much as it takes to keep those in use. */
    @Test
    void shouldKeepAnEntryInUseThroughAFloodOfNewcomers() {
        StickTable table = table(1000, 3_600_000, false);
        table.release(make(table, "client", 0));

        for (int i = 0; i < 50_000; i++) {
            table.release(make(table, "flood" + i, i));
            if (i % 100 == 0) {
                long client = table.find(bytes("client"), 0, 6, i);
                assertThat(client).as("after %d newcomers", i).isNotEqualTo(StickTable.NONE);
                table.touch(client, i);
                table.release(client);
            }
        }

        assertThat(has(table, "flood49999", 50_000)).isTrue();
        assertThat(table.used(50_000)).isEqualTo(1000);
    }

    /** Each is found until its own end, in whatever order they were used. */
    @Test
    void shouldForgetEachAtItsTime() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        StickTable table = table(10_000, 10_000, false);
        long[] ends = new long[3000];
        for (long nowMs = 1; nowMs < 60_000; nowMs += random.nextInt(5)) {
            int client = random.nextInt(ends.length);
            boolean isKnown = ends[client] > nowMs;
            assertThat(has(table, "k" + client, nowMs * 1_000_000)).isEqualTo(isKnown);
            if (random.nextBoolean()) {
                long entry = make(table, "k" + client, nowMs * 1_000_000);
                table.touch(entry, nowMs * 1_000_000);
                table.release(entry);
                ends[client] = nowMs + 10_000;
            }
            if (nowMs % 50 == 0) {
                long at = nowMs;
                assertThat((long) table.used(nowMs * 1_000_000))
                        .isBetween(
                                Arrays.stream(ends).filter(end -> end > at).count(),
                                Arrays.stream(ends)
                                        .filter(end -> end > at - 10_000 / 64)
                                        .count());
            }
        }
    }

    @Test
    void shouldNeverDropAnEntryThatIsReferredTo() {
        StickTable table = table(3, 60_000, false);
        make(table, "a", 0);
        make(table, "b", 0);
        make(table, "c", 0);

        assertThat(make(table, "d", 1)).isEqualTo(StickTable.NONE);
    }

    @Test
    void shouldTakeNoNewKeysWhenFullWithNopurge() {
        StickTable table = table(2, 60_000, true);
        table.release(make(table, "a", 0));
        table.release(make(table, "b", 0));

        assertThat(make(table, "c", 1)).isEqualTo(StickTable.NONE);
        assertThat(has(table, "a", 1)).isTrue();
    }

    @Test
    void shouldCutLongKeys() {
        StickTable table =
                open(new TableSettings("t", KeyType.STRING, 4, 100, 0, false, List.of(count(StoredData.GPC0)), null));

        table.release(make(table, "abcdef", 0));

        assertThat(has(table, "abcdxx", 0)).isTrue();
        assertThat(has(table, "abc", 0)).isFalse();
    }

    @Test
    void shouldReadRatesOfASlidingPeriod() {
        StickTable table = table(100, 0, false, rate(StoredData.HTTP_REQ_RATE, 10_000));
        long entry = make(table, "a", 0);
        long start = 100 * SECOND_NS;

        for (int i = 0; i < 40; i++) {
            table.add(entry, StoredData.HTTP_REQ_RATE, 0, 1, start);
        }

        assertThat(table.get(entry, StoredData.HTTP_REQ_RATE, 0, start)).isEqualTo(40);
        assertThat(table.get(entry, StoredData.HTTP_REQ_RATE, 0, start + 15 * SECOND_NS))
                .isEqualTo(20);
        assertThat(table.get(entry, StoredData.HTTP_REQ_RATE, 0, start + 21 * SECOND_NS))
                .isZero();
    }

    @Test
    void shouldKnowArraysAndTexts() {
        StickTable table =
                table(10, 0, false, new TableSettings.Stored(StoredData.GPC, 3, 0), count(StoredData.SERVER_KEY));
        long entry = make(table, "a", 0);

        table.add(entry, StoredData.GPC, 2, 7, 0);
        table.add(entry, StoredData.GPC, 3, 7, 0);
        table.text(entry, StoredData.SERVER_KEY, "s1");

        assertThat(table.get(entry, StoredData.GPC, 2, 0)).isEqualTo(7);
        assertThat(table.get(entry, StoredData.GPC, 0, 0)).isZero();
        assertThat(table.text(entry, StoredData.SERVER_KEY)).isEqualTo("s1");
        assertThat(table.count(StoredData.GPC)).isEqualTo(3);
    }

    @Test
    void shouldDropAnEntryOnRequestUnlessItIsInUse() {
        StickTable table = table(10, 0, false);
        long user = make(table, "a", 0);

        assertThat(table.drop(make(table, "a", 0))).isFalse();
        table.release(user);
        assertThat(table.drop(make(table, "a", 0))).isTrue();

        assertThat(has(table, "a", 0)).isFalse();
    }

    @Test
    void shouldTakeOverWhatFitsOfATableThatWasChanged() {
        StickTable before = table(100, 0, false, count(StoredData.GPC0), count(StoredData.SERVER_KEY));
        long entry = make(before, "a", 0);
        before.add(entry, StoredData.GPC0, 0, 5, 0);
        before.text(entry, StoredData.SERVER_KEY, "s9");
        StickTable after =
                table(5000, 0, false, count(StoredData.GPC1), count(StoredData.GPC0), count(StoredData.SERVER_KEY));

        TableCopy.all(before, after, 0);

        long copy = make(after, "a", 0);
        assertThat(after.get(copy, StoredData.GPC0, 0, 0)).isEqualTo(5);
        assertThat(after.text(copy, StoredData.SERVER_KEY)).isEqualTo("s9");
    }

    /** Against a map, through collisions, expiry and eviction. */
    @Test
    void shouldBehaveAsAMapUnderRandomUse() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        StickTable table = table(5000, 0, false, count(StoredData.GPC0));
        Map<String, Integer> model = new HashMap<>();

        for (int i = 0; i < 200_000; i++) {
            String key = "k" + random.nextInt(4000);
            long entry = make(table, key, i);
            if (random.nextInt(4) == 0) {
                assertThat(table.drop(entry)).isTrue();
                model.remove(key);
            } else {
                int expected = model.merge(key, 1, Integer::sum);
                assertThat(table.add(entry, StoredData.GPC0, 0, 1, i)).isEqualTo(expected);
                table.release(entry);
            }
        }

        assertThat(table.used(0)).isEqualTo(model.size());
        Map<String, Integer> found = new HashMap<>();
        UnsafeBuffer key = new UnsafeBuffer(new byte[32]);
        table.forEach(0, entry -> {
            int length = table.key(entry, key);
            found.put(key.getStringWithoutLengthAscii(0, length), (int) table.get(entry, StoredData.GPC0, 0, 0));
        });
        assertThat(found).isEqualTo(model);
    }

    @Test
    void shouldLoseNoCountWhenManyThreadsShareAnEntry() throws InterruptedException {
        StickTable table = table(10, 0, false, count(StoredData.GPC0), rate(StoredData.GPC0_RATE, 60_000));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 20_000; i++) {
                    long entry = make(table, "shared", 0);
                    table.add(entry, StoredData.GPC0, 0, 1, 0);
                    table.release(entry);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(table.get(make(table, "shared", 0), StoredData.GPC0, 0, 0)).isEqualTo(80_000);
    }

    @Test
    void shouldTrackWithoutAllocating() {
        StickTable table = table(
                10_000,
                60_000,
                false,
                count(StoredData.GPC0),
                count(StoredData.HTTP_REQ_CNT),
                rate(StoredData.HTTP_REQ_RATE, 10_000));
        UnsafeBuffer key = new UnsafeBuffer(new byte[16]);
        int[] round = {0};

        assertAllocatesNothing(20_000, () -> {
            key.putLong(0, round[0]++ % 20_000);
            long entry = table.findOrCreate(key, 0, 16, round[0]);
            table.touch(entry, round[0]);
            table.add(entry, StoredData.HTTP_REQ_CNT, 0, 1, round[0]);
            table.add(entry, StoredData.HTTP_REQ_RATE, 0, 1, round[0]);
            table.release(entry);
        });
    }
}
