package dev.weir.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.Transports;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpinLockTest {
    /** Long enough for many turns of a loop; a lock that keeps its promise passes however long or short it is. */
    private static final long HELD_NS = 100_000_000L;

    /** Sessions of a loop share working memory: none may run while another is in the middle of something. */
    @ParameterizedTest
    @EnumSource(
            value = Transports.Choice.class,
            names = {"BEST", "NIO"})
    void shouldNotLetAnotherSessionOfTheLoopRunMeanwhile(Transports.Choice choice) throws Exception {
        TransportOptions options = new TransportOptions();
        options.loops = 1;
        try (Transport transport = Transports.open(choice, options)) {
            EventLoop loop = transport.loop(0);
            SpinLock lock = new SpinLock();
            List<String> order = new CopyOnWriteArrayList<>();
            CountDownLatch waiting = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(2);
            lock.lock();
            loop.execute(() -> {
                loop.start(() -> {
                    waiting.countDown();
                    lock.lock();
                    order.add("first");
                    lock.unlock();
                    done.countDown();
                });
                loop.start(() -> {
                    order.add("second");
                    done.countDown();
                });
            });
            waiting.await();

            try {
                long endNs = System.nanoTime() + HELD_NS;
                while (System.nanoTime() < endNs) {
                    Thread.onSpinWait();
                }
                assertThat(order).isEmpty();
            } finally {
                lock.unlock(); // or the loop never ends
            }

            done.await();
            assertThat(order).containsExactly("first", "second");
        }
    }
}
