package dev.weir.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountersTest {
    @Test
    void shouldAddUpWhatEachLoopCounted() throws InterruptedException {
        Counters counters = new Counters(3);
        List<Thread> threads = new ArrayList<>();
        for (int i = -1; i < 3; i++) {
            int loop = i;
            threads.add(Thread.ofPlatform().start(() -> count(counters, loop)));
        }
        threads.add(Thread.ofPlatform().start(() -> count(counters, Counters.SHARED)));

        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(counters.get(Counter.SESSIONS)).isEqualTo(50_000);
        assertThat(counters.get(Counter.BYTES_IN)).isEqualTo(350_000);
        assertThat(counters.get(Counter.RETRIES)).isZero();
    }

    private static void count(Counters counters, int loop) {
        for (int i = 0; i < 10_000; i++) {
            counters.increment(loop, Counter.SESSIONS);
            counters.add(loop, Counter.BYTES_IN, 7);
        }
    }

    @Test
    void shouldNameEachColumnOnce() {
        Set<String> columns = new HashSet<>();
        Set<String> labels = new HashSet<>();
        for (Counter counter : Counter.values()) {
            assertThat(columns.add(counter.column())).as(counter.column()).isTrue();
            assertThat(labels.add(counter.label())).as(counter.label()).isTrue();
        }
    }

    @Test
    void shouldRememberTheHighest() {
        HighWater water = new HighWater();

        water.set(5);
        water.set(2);

        assertThat(water.value()).isEqualTo(2);
        assertThat(water.highest()).isEqualTo(5);
        water.clearHighest();
        assertThat(water.highest()).isEqualTo(2);
    }
}
