package dev.weir.bridge.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunQueueTest {
    @Test
    void shouldGiveNothingWhenEmpty() {
        RunQueue queue = new RunQueue();

        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.poll()).isNull();
    }

    @Test
    void shouldKeepTheOrderWhileItGrowsAndWraps() {
        long seed = Long.getLong("weir.test.seed", System.nanoTime());
        System.out.println("run queue: -Dweir.test.seed=" + seed);
        Random random = new Random(seed);
        RunQueue queue = new RunQueue();
        ArrayDeque<Runnable> model = new ArrayDeque<>();

        for (int step = 0; step < 20_000; step++) {
            boolean growing = step / 2000 % 2 == 0;
            if (random.nextInt(10) < (growing ? 7 : 4)) {
                Runnable task = new Task();
                queue.add(task);
                model.add(task);
            } else {
                assertThat(queue.poll()).isSameAs(model.poll());
            }
            assertThat(queue.size()).isEqualTo(model.size());
        }
    }

    /** Each is another object: a lambda without captures would be one for all. */
    private static final class Task implements Runnable {
        @Override
        public void run() {}
    }
}
