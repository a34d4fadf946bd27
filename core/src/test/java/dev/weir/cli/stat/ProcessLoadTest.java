package dev.weir.cli.stat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.clock.Clock;
import org.junit.jupiter.api.Test;

/** Two CPUs, and a time that the test moves. */
class ProcessLoadTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private long nowNs = 17;
    private long cpuNs = 5;
    private long bytes = 1_000;
    private final ProcessLoad load = new ProcessLoad(new MovedClock(), 2, () -> cpuNs, () -> bytes);

    private final class MovedClock implements Clock {
        @Override
        public long nanoTime() {
            return nowNs;
        }

        @Override
        public long epochMicros() {
            return 0;
        }
    }

    /** Time in which a part of one CPU was used, and so many bytes were sent. */
    private void pass(double seconds, double busySeconds, long sent) {
        nowNs += (long) (seconds * SECOND_NS);
        cpuNs += (long) (busySeconds * SECOND_NS);
        bytes += sent;
    }

    @Test
    void shouldBeIdleBeforeAnythingWasMeasured() {
        assertThat(load.idlePercent()).isEqualTo(100);
        assertThat(load.bytesOutPerSecond()).isZero();
    }

    @Test
    void shouldCountFromTheStartAtFirst() {
        pass(4, 2, 800);

        assertThat(load.idlePercent()).isEqualTo(75);
        assertThat(load.bytesOutPerSecond()).isEqualTo(200);
    }

    @Test
    void shouldCountFromTheLastLookThatIsASecondOld() {
        pass(4, 4, 4_000);
        assertThat(load.idlePercent()).isEqualTo(50);

        pass(0.5, 1, 0);
        assertThat(load.idlePercent()).as("too soon: from the start on").isEqualTo(45);
        pass(1.5, 1, 600);
        assertThat(load.bytesOutPerSecond()).as("since the look at 4 s").isEqualTo(300);
        assertThat(load.idlePercent()).as("at the same time, for the same time").isEqualTo(50);
    }

    @Test
    void shouldStayWithinItsBounds() {
        pass(1, 5, 0);
        bytes = 0; // a frontend is gone, and what it has counted

        assertThat(load.idlePercent()).isZero();
        assertThat(load.bytesOutPerSecond()).isZero();
    }
}
