package dev.weir.stats;

import static dev.weir.stats.LatencyPhase.QUEUE;
import static dev.weir.stats.LatencyPhase.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final long HOUR = 3_600_000 * MS;

    @Test
    void shouldSayPercentilesThatAreNeverTooLowAndAtMostThreePercentTooHigh() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Latencies latencies = new Latencies(1);
        long[] durations = new long[20_000];
        for (int i = 0; i < durations.length; i++) {
            durations[i] = (long) Math.exp(random.nextDouble() * Math.log(HOUR));
            latencies.record(0, TOTAL, durations[i]);
        }
        Arrays.sort(durations);

        LatencySnapshot snapshot = latencies.snapshot(TOTAL);

        assertThat(snapshot.count()).isEqualTo(durations.length);
        assertThat(snapshot.maximumNs()).isEqualTo(durations[durations.length - 1]);
        assertThat(snapshot.sumNs()).isEqualTo(Arrays.stream(durations).sum());
        for (double percent : new double[] {0.1, 25, 50, 90, 99, 99.9, 100}) {
            long exact = durations[(int) Math.ceil(durations.length * percent / 100) - 1];
            assertThat(snapshot.percentileNs(percent))
                    .as("p%s, seed %d", percent, seed)
                    .isBetween(exact, exact + Math.max(US, exact / 32));
        }
    }

    @Test
    void shouldCountExactlyBelowPowersOfTwo() {
        Latencies latencies = new Latencies(1);
        for (long us : new long[] {0, 1, 31, 32, 63, 64, 127, 128, 1023, 1024, 5000}) {
            latencies.record(0, TOTAL, us * US + 999);
        }

        LatencySnapshot snapshot = latencies.snapshot(TOTAL);

        assertThat(snapshot.countBelow(1)).isEqualTo(1);
        assertThat(snapshot.countBelow(32)).isEqualTo(3);
        assertThat(snapshot.countBelow(64)).isEqualTo(5);
        assertThat(snapshot.countBelow(128)).isEqualTo(7);
        assertThat(snapshot.countBelow(1024)).isEqualTo(9);
        assertThat(snapshot.countBelow(1L << 36)).isEqualTo(11);
    }

    @Test
    void shouldCountEachDurationInACellThatEndsBehindIt() {
        for (int bits = 0; bits < 62; bits++) {
            for (long ns : new long[] {1L << bits, (1L << bits) - 1, (1L << bits) + (1L << bits >> 1)}) {
                Latencies latencies = new Latencies(1);
                latencies.record(0, TOTAL, ns);
                List<Long> ends = new ArrayList<>();

                latencies.snapshot(TOTAL).forEach((end, count) -> ends.add(end));

                long us = Math.min(ns / US, (1L << 36) - 1);
                assertThat(ends).as("%d ns", ns).hasSize(1);
                assertThat(ends.getFirst()).as("%d ns", ns).isGreaterThan(us).isLessThanOrEqualTo(us + us / 32 + 1);
            }
        }
    }

    @Test
    void shouldRecordNothingOfPhasesThatWereNotReached() {
        Latencies latencies = new Latencies(2);

        latencies.record(1, QUEUE, -1);

        assertThat(latencies.snapshot(QUEUE).isEmpty()).isTrue();
        assertThat(latencies.snapshot(QUEUE).percentileNs(99)).isZero();
        assertThat(latencies.snapshot(QUEUE).meanNs()).isZero();
    }

    @Test
    void shouldAddUpLoopsThatRecordWhileSomebodyReads() throws InterruptedException {
        Latencies latencies = new Latencies(3);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int loop = i;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < 50_000; n++) {
                    latencies.record(loop, TOTAL, (n % 1000) * US);
                }
            }));
        }

        long before = 0;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            long now = latencies.snapshot(TOTAL).count();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }

        assertThat(latencies.snapshot(TOTAL).count()).isEqualTo(150_000);
        assertThat(latencies.snapshot(QUEUE).isEmpty()).isTrue();
    }

    @Test
    void shouldForgetTheLongestOrEverythingWhenCleared() {
        Latencies latencies = new Latencies(1);
        latencies.record(0, TOTAL, 80 * MS);

        latencies.clear(false);
        assertThat(latencies.snapshot(TOTAL).maximumNs())
                .as("before the loop records")
                .isZero();
        latencies.record(0, TOTAL, 3 * MS);
        assertThat(latencies.snapshot(TOTAL).maximumNs()).isEqualTo(3 * MS);
        assertThat(latencies.snapshot(TOTAL).count()).isEqualTo(2);

        latencies.clear(true);
        latencies.clear(false);
        assertThat(latencies.snapshot(TOTAL).isEmpty())
                .as("before the loop records")
                .isTrue();
        latencies.record(0, TOTAL, 2 * MS);
        assertThat(latencies.snapshot(TOTAL).count()).isEqualTo(1);
        assertThat(latencies.snapshot(TOTAL).sumNs()).isEqualTo(2 * MS);
        assertThat(latencies.snapshot(TOTAL).recentMeanNs()).isEqualTo(2 * MS);
    }

    @Test
    void shouldForgetOldDurationsInTheRecentAverage() {
        Latencies latencies = new Latencies(1);
        for (int i = 0; i < 5_000; i++) {
            latencies.record(0, TOTAL, 900 * MS);
        }
        for (int i = 0; i < 20_000; i++) {
            latencies.record(0, TOTAL, 2 * MS);
        }

        assertThat(latencies.snapshot(TOTAL).recentMeanNs()).isBetween(2 * MS - 1000, 2 * MS + 1000);
        assertThat(latencies.snapshot(TOTAL).meanNs()).isGreaterThan(100 * MS);
    }
}
