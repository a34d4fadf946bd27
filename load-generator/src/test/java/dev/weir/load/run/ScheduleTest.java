package dev.weir.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.load.plan.Arrivals;
import dev.weir.load.plan.RateProfile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long SECOND = 1_000_000_000L;

    private static List<Long> times(Schedule schedule, long untilNs) {
        List<Long> times = new ArrayList<>();
        schedule.start(0);
        for (long ns = schedule.next(); ns < untilNs; ns = schedule.next()) {
            times.add(ns);
        }
        return times;
    }

    /** Three loops with 2, 2 and 1 of five connections. */
    @Test
    void shouldBeEvenOverAllLoopsTogether() {
        RateProfile profile = RateProfile.constant(1000);
        int[][] places = {{0, 3}, {1, 4}, {2}};
        List<Long> all = new ArrayList<>();

        for (int[] own : places) {
            all.addAll(times(new Schedule(profile, Arrivals.UNIFORM, 1, own, 5, 1), SECOND));
        }

        all.sort(null);
        assertThat(all).hasSize(1000);
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i)).isEqualTo(i * 1_000_000L);
        }
    }

    @Test
    void shouldTakeItsShareOfTheWholeRate() {
        Schedule quarter = new Schedule(RateProfile.constant(1000), Arrivals.UNIFORM, 0.25, new int[] {0}, 1, 1);

        assertThat(times(quarter, SECOND)).hasSize(250);
    }

    /** Exponential gaps: their mean is the rate's, and as large as their deviation; about a third is longer than the mean. */
    @Test
    void shouldComeAtRandomAsIndependentUsersDo() {
        Schedule schedule = new Schedule(RateProfile.constant(1000), Arrivals.POISSON, 1, new int[] {0}, 2, 42);

        List<Long> times = times(schedule, 100 * SECOND);

        assertThat(times.size()).isBetween(49_000, 51_000);
        double meanNs = 100.0 * SECOND / times.size();
        long longer = 0;
        double squares = 0;
        for (int i = 1; i < times.size(); i++) {
            double gap = times.get(i) - times.get(i - 1);
            longer += gap > meanNs ? 1 : 0;
            squares += (gap - meanNs) * (gap - meanNs);
        }
        assertThat(Math.sqrt(squares / times.size()) / meanNs).isBetween(0.95, 1.05);
        assertThat((double) longer / times.size()).isBetween(0.35, 0.385);
    }

    @Test
    void shouldEndWithTheProfile() {
        Schedule schedule = new Schedule(RateProfile.parse("10@1s", -1), Arrivals.UNIFORM, 1, new int[] {0}, 1, 1);

        assertThat(times(schedule, Long.MAX_VALUE)).hasSize(10);
        assertThat(schedule.next()).isEqualTo(Long.MAX_VALUE);
    }
}
