package dev.weir.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.model.Severity;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StartupMessagesTest {
    /** Loops show what goes wrong on them. */
    @Test
    void shouldWaitForNobodyElsesWrite() throws Exception {
        CountDownLatch writes = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        List<String> written = new CopyOnWriteArrayList<>();
        StartupMessages messages = new StartupMessages(false, false, line -> {
            written.add(line.substring(line.lastIndexOf(' ') + 1).strip());
            writes.countDown();
            awaitQuietly(mayGoOn);
        });
        Thread stuck = Thread.ofPlatform().start(() -> messages.show(Severity.WARNING, "first"));
        writes.await();

        messages.show(Severity.WARNING, "second");
        messages.show(Severity.ALERT, "third");

        assertThat(messages.takeRecent()).hasSize(4);
        assertThat(written).containsExactly("compatible");
        mayGoOn.countDown();
        stuck.join();
        assertThat(written).containsExactly("compatible", "first", "second", "third");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
