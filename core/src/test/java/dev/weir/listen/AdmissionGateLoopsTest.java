package dev.weir.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.Transports;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As sessions use it: entered on a virtual thread, left on the loop that carries it, by several loops at once. */
class AdmissionGateLoopsTest {
    private static final int LOOPS = 2;
    private static final int SESSIONS_AT_ONCE = 16;
    private static final int SESSIONS_EACH = 20_000;

    @ParameterizedTest
    @EnumSource(
            value = Transports.Choice.class,
            names = {"BEST", "NIO"})
    void shouldNeverStopALoop(Transports.Choice choice) throws Exception {
        var options = new TransportOptions();
        options.loops = LOOPS;
        var gate = new AdmissionGate(1_000_000);
        var last = new CountDownLatch(LOOPS * SESSIONS_AT_ONCE);
        try (var transport = Transports.open(choice, options)) {
            for (int i = 0; i < LOOPS * SESSIONS_AT_ONCE; i++) {
                begin(transport.loop(i % LOOPS), gate, SESSIONS_EACH / SESSIONS_AT_ONCE, last);
            }

            assertTrue(last.await(60, TimeUnit.SECONDS), () -> "sessions left: " + last.getCount());
        }
        assertEquals(0, gate.inside());
    }

    private static void begin(EventLoop loop, AdmissionGate gate, int rounds, CountDownLatch last) {
        loop.start(() -> {
            gate.enter(loop);
            loop.execute(() -> {
                gate.leave();
                if (rounds == 0) {
                    last.countDown();
                } else {
                    begin(loop, gate, rounds - 1, last);
                }
            });
        });
    }
}
