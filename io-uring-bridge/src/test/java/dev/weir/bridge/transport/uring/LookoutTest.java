package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.transport.uring.Lookout.DISTURBANCES_MAX;
import static dev.weir.bridge.transport.uring.Lookout.DISTURBANCE_NS;
import static dev.weir.bridge.transport.uring.Lookout.LOOK_NS;
import static dev.weir.bridge.transport.uring.Lookout.MISSES_MAX;
import static dev.weir.bridge.transport.uring.Lookout.REST_MAX;
import static dev.weir.bridge.transport.uring.Lookout.REST_MIN;
import static dev.weir.bridge.transport.uring.Lookout.TRIAL;
import static dev.weir.bridge.transport.uring.Lookout.WINDOW;
import static dev.weir.bridge.transport.uring.Lookout.WINDOWS_UNTIL_RECHECK;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** On a machine whose clocks are the test's. */
class LookoutTest {
    private static final long SLEEPING_NS = 30_000;

    private long nowNs = 1;
    private long processorNs;
    private long events;
    /** How long a wait is, without the CPU that it costs. */
    private long idleNs = 40_000;
    /** What a wait costs that is looked through. */
    private long lookingNs = 20_000;

    private boolean isFound = true;
    private long gapNs;
    private final Lookout lookout = new Lookout(() -> nowNs, () -> processorNs, () -> events);

    /** Waits that bring an event each; returns how many of them it has looked through. */
    private int waits(int count) {
        int looked = 0;
        for (int i = 0; i < count; i++) {
            boolean looks = lookout.looks();
            long usedNs = looks ? lookingNs : SLEEPING_NS;
            nowNs += usedNs + idleNs;
            processorNs += usedNs;
            events++;
            if (looks) {
                looked++;
                lookout.onLooked(isFound, gapNs);
            }
        }
        return looked;
    }

    @Test
    void shouldSleepUntilAWindowHasShownWhatItCosts() {
        assertThat(waits(WINDOW)).isZero();
        assertThat(waits(1)).isEqualTo(1);
    }

    @Test
    void shouldLookOnWhileThatIsCheaper() {
        waits(WINDOW);

        assertThat(waits(10 * TRIAL * WINDOW)).isEqualTo(10 * TRIAL * WINDOW);
    }

    @Test
    void shouldLookOnWhenItIsHardlyDearer() {
        lookingNs = SLEEPING_NS * 107 / 100;
        waits(WINDOW);

        assertThat(waits(10 * TRIAL * WINDOW)).isEqualTo(10 * TRIAL * WINDOW);
    }

    @Test
    void shouldSleepAgainWhenLookingIsDearer() {
        lookingNs = SLEEPING_NS * 6 / 5;
        waits(WINDOW);

        assertThat(waits(TRIAL * WINDOW)).as("the trial").isEqualTo(TRIAL * WINDOW);
        assertThat(waits(REST_MIN * WINDOW)).as("rest").isZero();
    }

    @Test
    void shouldNoticeThatLookingBecomesDearer() {
        waits(20 * WINDOW);
        lookingNs = 2 * SLEEPING_NS;

        assertThat(waits(4 * WINDOW)).isLessThan(4 * WINDOW);
        assertThat(waits(WINDOW)).isZero();
    }

    @Test
    void shouldNotLookWhenWaitsAreLong() {
        idleNs = LOOK_NS;

        assertThat(waits(100 * WINDOW)).isZero();
    }

    @Test
    void shouldNotLookWhereTheKernelDoesNotTellWhatItCosts() {
        Lookout blind = new Lookout(() -> nowNs, () -> 0, () -> events);
        for (int i = 0; i < 10 * WINDOW; i++) {
            nowNs += SLEEPING_NS;
            events++;
            assertThat(blind.looks()).isFalse();
        }
    }

    @Test
    void shouldSleepAtOnceWhenWaitsBecomeTooLong() {
        waits(2 * WINDOW);
        isFound = false;

        assertThat(waits(WINDOW)).isEqualTo(MISSES_MAX + 1);
        assertThat(waits(WINDOW)).isZero();
    }

    @Test
    void shouldSleepAtOnceWhenOthersNeedTheCpu() {
        waits(2 * WINDOW);
        gapNs = DISTURBANCE_NS + 1;

        assertThat(waits(WINDOW)).isEqualTo(DISTURBANCES_MAX + 1);
        assertThat(waits(WINDOW)).isZero();
    }

    @Test
    void shouldForgiveADisturbanceNowAndThen() {
        waits(2 * WINDOW);
        for (int i = 0; i < 10; i++) {
            gapNs = DISTURBANCE_NS + 1;
            waits(DISTURBANCES_MAX);
            gapNs = 0;

            assertThat(waits(WINDOW)).isEqualTo(WINDOW);
        }
    }

    @Test
    void shouldTryLessAndLessOftenInVain() {
        isFound = false;
        int windows = 4 * REST_MAX;

        int looked = waits(windows * WINDOW);

        assertThat(looked).isBetween(MISSES_MAX, 12 * (MISSES_MAX + 1));
    }

    @Test
    void shouldTryOftenAgainOnceItHasBeenOfUse() {
        isFound = false;
        waits(200 * WINDOW);
        isFound = true;
        waits(2 * REST_MAX * WINDOW);
        isFound = false;
        waits(WINDOW);

        isFound = true;
        assertThat(waits((REST_MIN + 3) * WINDOW)).isPositive();
    }

    @Test
    void shouldFindOutFromTimeToTimeWhatSleepingCostsByNow() {
        waits(WINDOW);

        int slept = 3 * WINDOWS_UNTIL_RECHECK * WINDOW - waits(3 * WINDOWS_UNTIL_RECHECK * WINDOW);

        assertThat(slept).isBetween(WINDOW, 6 * WINDOW);
    }
}
