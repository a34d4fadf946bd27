package dev.weir.load.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.EventLoop;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClockworkTest {
    private final List<Integer> rung = new ArrayList<>();
    private long nowNs;
    private long timerNs = Long.MAX_VALUE;
    private Runnable onTime;
    private Clockwork clockwork;

    /** A loop that has a time and one exact timer. */
    @BeforeEach
    void makeLoop() {
        EventLoop.ExactTimer timer = deadlineNs -> timerNs = deadlineNs;
        EventLoop loop = (EventLoop) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EventLoop.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "nanoTime":
                            return nowNs;
                        case "exactTimer":
                            onTime = (Runnable) arguments[0];
                            return timer;
                        default:
                            throw new UnsupportedOperationException(method.getName());
                    }
                });
        clockwork = new Clockwork(loop);
    }

    private Clockwork.Alarm alarm(int name) {
        return new Clockwork.Alarm() {
            @Override
            protected void ring() {
                rung.add(name);
            }
        };
    }

    private void advanceTo(long ns) {
        nowNs = ns;
        if (timerNs <= ns) {
            timerNs = Long.MAX_VALUE;
            onTime.run();
        }
    }

    @Test
    void shouldRingInOrderOfTime() {
        clockwork.set(alarm(3), 30);
        clockwork.set(alarm(1), 10);
        clockwork.set(alarm(2), 20);

        advanceTo(20);

        assertThat(rung).containsExactly(1, 2);
        assertThat(timerNs).isEqualTo(30);
    }

    @Test
    void shouldMoveAndTakeBack() {
        Clockwork.Alarm moved = alarm(1);
        Clockwork.Alarm taken = alarm(2);
        clockwork.set(moved, 10);
        clockwork.set(taken, 20);
        clockwork.set(moved, 40);
        clockwork.cancel(taken);
        clockwork.cancel(taken);

        advanceTo(39);
        assertThat(rung).isEmpty();
        advanceTo(40);

        assertThat(rung).containsExactly(1);
        assertThat(timerNs).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldBehaveAsASortedMapDoes() {
        long seed = Long.getLong("weir.test.seed", System.nanoTime());
        System.out.println("clockwork: -Dweir.test.seed=" + seed);
        Random random = new Random(seed);
        TreeMap<Long, Integer> model = new TreeMap<>();
        long[] due = new long[200];
        Clockwork.Alarm[] alarms = new Clockwork.Alarm[due.length];
        for (int i = 0; i < due.length; i++) {
            alarms[i] = alarm(i);
        }

        for (int step = 0; step < 20_000; step++) {
            int which = random.nextInt(due.length);
            model.remove(due[which], which);
            if (random.nextInt(4) == 0) {
                clockwork.cancel(alarms[which]);
            } else {
                // A time of its own for each, so that the order is known.
                due[which] = nowNs + 1 + (long) random.nextInt(1000) * due.length;
                due[which] += which - due[which] % due.length + due.length;
                model.put(due[which], which);
                clockwork.set(alarms[which], due[which]);
            }
            if (random.nextInt(3) == 0) {
                List<Integer> expected = new ArrayList<>();
                long until = nowNs + random.nextInt(50_000);
                while (!model.isEmpty() && model.firstKey() <= until) {
                    expected.add(model.pollFirstEntry().getValue());
                }
                rung.clear();
                advanceTo(until);
                assertThat(rung).isEqualTo(expected);
            }
        }
    }
}
