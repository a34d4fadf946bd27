package dev.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.Meter;
import dev.weir.clock.Clock;
import dev.weir.stick.KeyType;
import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;
import dev.weir.stick.TableSettings;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Bytes that limits let through, period by period, on a clock of the test. */
class BandwidthTest {
    private static final long MS_NS = 1_000_000;
    private static final int PERIOD_MS = 100;
    private static final int BLOCK = 16_384;
    private static final Clock CLOCK = new Clock() {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public long epochMicros() {
            return 1_800_000_000_000_000L;
        }
    };

    private static BandwidthSettings own(int rank, long bytesMax, long bytesMin) {
        return new BandwidthSettings("limit" + rank, false, rank, bytesMax, PERIOD_MS, bytesMin, null);
    }

    /** An always full source of blocks: bytes of each period. A late timer is asked for by adding to the time. */
    private static long[] run(Meter meter, int periods, long lateNs) {
        long[] bytes = new long[periods];
        long nowNs = 0;
        while (nowNs < periods * PERIOD_MS * MS_NS) {
            int granted = meter.grant(BLOCK, nowNs);
            assertThat(granted).isBetween(0, BLOCK);
            bytes[(int) (nowNs / (PERIOD_MS * MS_NS))] += granted;
            if (granted < BLOCK) {
                assertThat(meter.resumeNs()).isGreaterThan(nowNs);
                nowNs = meter.resumeNs() + lateNs;
            }
        }
        return bytes;
    }

    private static long sum(long[] bytes) {
        return java.util.Arrays.stream(bytes).sum();
    }

    @Test
    void shouldLetALimitThroughEachPeriod() {
        for (long limit : List.of(1L, 1_000L, 100_000L, 10_000_000L)) {
            Bandwidth bandwidth = new Bandwidth();
            bandwidth.limit(own(0, limit, 0), limit, PERIOD_MS);

            long[] bytes = run(bandwidth.download(), 20, 0);

            assertThat(bandwidth.upload()).isNull();
            for (long each : bytes) {
                assertThat(each).isLessThanOrEqualTo(limit + Math.min(limit, BLOCK));
            }
            assertThat(sum(bytes)).isBetween(20 * limit, 21 * limit + BLOCK);
        }
    }

    @Test
    void shouldLoseNothingToTimersThatAreALittleLate() {
        Bandwidth bandwidth = new Bandwidth();
        bandwidth.limit(own(0, 1_000_000, 0), 1_000_000, PERIOD_MS);

        assertThat(sum(run(bandwidth.download(), 20, MS_NS))).isBetween(19_900_000L, 20_100_000L);
    }

    @Test
    void shouldPayForNoTimeInWhichNothingCame() {
        Bandwidth bandwidth = new Bandwidth();
        bandwidth.limit(own(0, 1_000, 0), 1_000, PERIOD_MS);
        Meter meter = bandwidth.download();
        long laterNs = 10_000 * MS_NS;

        assertThat(meter.grant(1_000, 0)).isEqualTo(1_000);
        assertThat(meter.grant(1_000, 50 * MS_NS)).isZero();
        assertThat(meter.grant(1_000, laterNs)).isEqualTo(1_000);
        assertThat(meter.grant(1_000, laterNs + 1)).isZero();
    }

    @Test
    void shouldApplyTheNarrowestOfSeveralLimits() {
        Bandwidth bandwidth = new Bandwidth();
        bandwidth.limit(own(1, 700, 0), 700, PERIOD_MS);
        bandwidth.limit(own(0, 1_000, 0), 1_000, PERIOD_MS);
        bandwidth.limit(own(2, 900, 0), 900, PERIOD_MS);

        assertThat(sum(run(bandwidth.download(), 20, 0))).isBetween(20 * 700L, 21 * 700L + 1_000);
    }

    @Test
    void shouldReplaceALimitThatIsSetAgain() {
        Bandwidth bandwidth = new Bandwidth();
        bandwidth.limit(own(0, 1_000, 0), 1_000, PERIOD_MS);
        bandwidth.limit(own(0, 1_000, 0), 5_000, PERIOD_MS);

        assertThat(bandwidth.download().grant(BLOCK, 0)).isEqualTo(5_000);
    }

    @Test
    void shouldDivideASharedLimitAmongItsStreams() throws Exception {
        try (StickTable table = table()) {
            var settings = new BandwidthSettings("shared", false, 0, 10_000, 0, 0, table);
            Bandwidth[] streams = {new Bandwidth(), new Bandwidth()};
            for (Bandwidth stream : streams) {
                stream.share(settings, entry(table), 0);
            }
            long[] sums = new long[2];
            for (long nowNs = 0; nowNs < 20 * PERIOD_MS * MS_NS; nowNs += MS_NS) {
                for (int i = 0; i < 2; i++) {
                    sums[i] += streams[i].download().grant(BLOCK, nowNs);
                }
            }

            assertThat(sums[0]).isBetween(80_000L, 105_000L);
            assertThat(sums[1]).isBetween(80_000L, 105_000L);
            long entry = entry(table);
            assertThat(table.references(entry)).isEqualTo(3);
            assertThat(table.get(entry, StoredData.BYTES_OUT_RATE, 0, 20 * PERIOD_MS * MS_NS))
                    .isBetween(8_000L, 11_000L);
            for (Bandwidth stream : streams) {
                stream.end(0);
            }
            assertThat(table.references(entry)).isEqualTo(1);
        }
    }

    /** Each of ten streams has a part of 100 bytes, less than is worth passing. */
    @Test
    void shouldPassNoLessThanTheMinimumAtATime() throws Exception {
        try (StickTable table = table()) {
            var settings = new BandwidthSettings("shared", false, 0, 1_000, 0, 400, table);
            for (int others = 0; others < 9; others++) {
                entry(table);
            }
            Bandwidth stream = new Bandwidth();
            stream.share(settings, entry(table), 0);

            long[] bytes = run(stream.download(), 80, 0);

            assertThat(bytes).containsOnly(0L, 400L);
            assertThat(sum(bytes)).isBetween(7_600L, 8_400L);
        }
    }

    private static StickTable table() throws Exception {
        var rate = new TableSettings.Stored(StoredData.BYTES_OUT_RATE, 1, PERIOD_MS);
        var settings = new TableSettings("t", KeyType.STRING, 32, 10, 0, false, List.of(rate), null);
        return StickTable.open(settings, CLOCK, false, notice -> {
            throw new AssertionError(notice);
        });
    }

    /** A reference. */
    private static long entry(StickTable table) {
        return table.findOrCreate(new UnsafeBuffer(new byte[] {'k'}), 0, 1, 0);
    }
}
