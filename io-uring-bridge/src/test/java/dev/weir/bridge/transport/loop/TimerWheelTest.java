package dev.weir.bridge.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
    private static final long ORIGIN_NS = 987_654_321_000L;
    private static final long MS = 1_000_000;
    private static final long TICK_NS = 1 << 20;
    private static final long DAY_NS = 86_400_000 * MS;

    private final List<Throwable> faults = new ArrayList<>();
    private final TimerWheel wheel = new TimerWheel(ORIGIN_NS, faults::add);
    private final List<String> fired = new ArrayList<>();

    private final class Named extends TimerWheel.Node {
        private final String name;
        private Runnable then = () -> {};

        Named(String name) {
            this.name = name;
        }

        @Override
        protected void fire() {
            fired.add(name);
            then.run();
        }
    }

    private Named add(String name, long afterNs) {
        Named timer = new Named(name);
        wheel.add(timer, ORIGIN_NS + afterNs);
        return timer;
    }

    @Test
    void shouldFireNeverEarlyAndAtMostATickLate() {
        add("a", 10 * MS);

        wheel.advance(ORIGIN_NS + 10 * MS - 1);
        assertThat(fired).isEmpty();

        wheel.advance(ORIGIN_NS + 10 * MS + TICK_NS);
        assertThat(fired).containsExactly("a");
        assertThat(wheel.pending()).isZero();
    }

    @Test
    void shouldFireWhatIsDueAlreadyAtTheNextAdvance() {
        wheel.advance(ORIGIN_NS + 100 * MS);
        add("past", 50 * MS);

        wheel.advance(ORIGIN_NS + 100 * MS + 2 * TICK_NS);

        assertThat(fired).containsExactly("past");
    }

    @Test
    void shouldMoveATimerThatIsAddedAgain() {
        Named timer = add("moved", 10 * MS);

        wheel.add(timer, ORIGIN_NS + 50 * MS);
        wheel.advance(ORIGIN_NS + 40 * MS);

        assertThat(fired).isEmpty();
        assertThat(wheel.pending()).isEqualTo(1);
        wheel.advance(ORIGIN_NS + 60 * MS);
        assertThat(fired).containsExactly("moved");
    }

    @Test
    void shouldNotFireWhatATimerOfTheSameSlotCancelled() {
        Named first = add("first", 10 * MS);
        Named second = add("second", 10 * MS);
        Named third = add("third", 10 * MS);
        Runnable cancelOthers = () -> List.of(first, second, third).forEach(wheel::cancel);
        first.then = cancelOthers;
        second.then = cancelOthers;
        third.then = cancelOthers;

        wheel.advance(ORIGIN_NS + DAY_NS);

        assertThat(fired).hasSize(1);
        assertThat(wheel.pending()).isZero();
        assertThat(wheel.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldFireOnceAnAdvanceWhenATimerAddsItselfInThePast() {
        Named timer = add("again", MS);
        timer.then = () -> wheel.add(timer, ORIGIN_NS);

        wheel.advance(ORIGIN_NS + 1000 * MS);
        assertThat(fired).hasSize(1);

        wheel.advance(ORIGIN_NS + 2000 * MS);
        assertThat(fired).hasSize(2);
    }

    @Test
    void shouldKeepDeadlinesBeyondItsRange() {
        long fourYearsNs = 4 * 365 * DAY_NS;
        add("far", fourYearsNs);
        add("never", Long.MAX_VALUE - ORIGIN_NS);

        wheel.advance(ORIGIN_NS + fourYearsNs - DAY_NS);
        assertThat(fired).isEmpty();

        wheel.advance(ORIGIN_NS + fourYearsNs + TICK_NS);
        assertThat(fired).containsExactly("far");
        assertThat(wheel.pending()).isEqualTo(1);
    }

    @Test
    void shouldTakeTheGreatestDeadlineWithANegativeOrigin() {
        TimerWheel early = new TimerWheel(-DAY_NS, faults::add);
        early.add(new Named("never"), Long.MAX_VALUE);

        early.advance(DAY_NS);

        assertThat(fired).isEmpty();
        assertThat(early.nextDeadlineNs()).isGreaterThan(DAY_NS);
    }

    @Test
    void shouldFireTheOthersWhenOneThrows() {
        add("a", 10 * MS).then = () -> {
            throw new IllegalStateException("a fault");
        };
        add("b", 10 * MS);
        add("c", 11 * MS);

        wheel.advance(ORIGIN_NS + 20 * MS);

        assertThat(fired).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(faults).hasSize(1);
        assertThat(wheel.pending()).isZero();
    }

    // ---- against a plain list ----

    /** A timer of the model: knows the tick at which the wheel has to fire it, -1 while it is not pending. */
    private static final class Modelled extends TimerWheel.Node {
        private final Model model;
        private long dueTick = -1;

        Modelled(Model model) {
            this.model = model;
        }

        @Override
        protected void fire() {
            model.onFire(this);
        }
    }

    /** Does the same as the wheel, slowly. */
    private final class Model {
        private final Random random;
        private final List<Modelled> timers = new ArrayList<>();
        private long nowNs = ORIGIN_NS;
        private long targetTick;

        Model(Random random) {
            this.random = random;
            for (int i = 0; i < 200; i++) {
                timers.add(new Modelled(this));
            }
        }

        private long earliestTick() {
            return timers.stream()
                    .mapToLong(timer -> timer.dueTick)
                    .filter(tick -> tick >= 0)
                    .min()
                    .orElse(Long.MAX_VALUE);
        }

        void onFire(Modelled timer) {
            assertThat(timer.dueTick).as("in order, none forgotten").isEqualTo(earliestTick());
            assertThat(timer.dueTick).as("not early").isLessThanOrEqualTo(targetTick);
            timer.dueTick = -1;
            if (random.nextInt(3) == 0) {
                add(timer);
            }
            if (random.nextInt(3) == 0) {
                cancel(anyTimer());
            }
        }

        Modelled anyTimer() {
            return timers.get(random.nextInt(timers.size()));
        }

        void add(Modelled timer) {
            long delayNs = (random.nextLong() & Long.MAX_VALUE) >>> (10 + random.nextInt(50));
            long deadlineNs = nowNs + delayNs - (random.nextInt(8) == 0 ? 5 * MS : 0);
            wheel.add(timer, deadlineNs);
            long ticks = Math.ceilDiv(deadlineNs - ORIGIN_NS, TICK_NS);
            timer.dueTick = Math.max(ticks, targetTick + 1);
        }

        void cancel(Modelled timer) {
            wheel.cancel(timer);
            timer.dueTick = -1;
        }

        void advance() {
            nowNs += (random.nextLong() & Long.MAX_VALUE) >>> (22 + random.nextInt(42));
            targetTick = (nowNs - ORIGIN_NS) / TICK_NS;
            wheel.advance(nowNs);
        }

        void check() {
            long earliestTick = earliestTick();
            assertThat(earliestTick).as("all that was due has fired").isGreaterThan(targetTick);
            long pending = timers.stream().filter(timer -> timer.dueTick >= 0).count();
            assertThat(wheel.pending()).isEqualTo((int) pending);
            assertNextDeadline(earliestTick);
        }

        private void assertNextDeadline(long earliestTick) {
            long nextNs = wheel.nextDeadlineNs();
            if (earliestTick == Long.MAX_VALUE) {
                assertThat(nextNs).isEqualTo(Long.MAX_VALUE);
            } else {
                assertThat(nextNs)
                        .as("not later than the first")
                        .isLessThanOrEqualTo(ORIGIN_NS + earliestTick * TICK_NS);
                assertThat(nextNs).as("not in the past").isGreaterThan(ORIGIN_NS + targetTick * TICK_NS);
            }
        }
    }

    @Test
    void shouldFireAsAPlainListWould() {
        long seed = Long.getLong("weir.test.seed", System.nanoTime());
        System.out.println("timer wheel: -Dweir.test.seed=" + seed);
        Random random = new Random(seed);
        Model model = new Model(random);

        for (int step = 0; step < 30_000; step++) {
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> model.add(model.anyTimer());
                case 3 -> model.cancel(model.anyTimer());
                default -> model.advance();
            }
            model.check();
            assertThat(faults).isEmpty();
        }
    }
}
