package dev.weir.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateProfileTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldSpaceAConstantRateEvenlyForEver() {
        RateProfile profile = RateProfile.parse("1000", 10 * SECOND);

        assertThat(profile.timeNs(0)).isZero();
        assertThat(profile.timeNs(1)).isEqualTo(1_000_000);
        assertThat(profile.timeNs(1_000_000_000L)).isEqualTo(1_000_000 * SECOND);
    }

    @Test
    void shouldReachTheEndOfARampWithAllItsRequests() {
        RateProfile profile = RateProfile.parse("0..1000", 10 * SECOND);

        assertThat(profile.durationNs()).isEqualTo(10 * SECOND);
        assertThat(profile.countIn(10 * SECOND)).isCloseTo(5000, within(1e-6));
        // A quarter of them in half of the time.
        assertThat(profile.timeNs(1250)).isCloseTo(5 * SECOND, within(1000L));
        assertThat(profile.timeNs(5000)).isEqualTo(Long.MAX_VALUE);
        assertThat(profile.rateAt(5 * SECOND)).isCloseTo(500, within(1e-6));
    }

    @Test
    void shouldGoFromStepToStep() {
        RateProfile profile = RateProfile.parse("100@1s,0@2s,200..0@1s", -1);

        assertThat(profile.durationNs()).isEqualTo(4 * SECOND);
        assertThat(profile.timeNs(99)).isEqualTo(990_000_000);
        assertThat(profile.timeNs(100)).isEqualTo(3 * SECOND);
        assertThat(profile.countIn(4 * SECOND)).isCloseTo(200, within(1e-6));
        assertThat(profile.timeNs(199.999)).isLessThan(4 * SECOND);
        assertThat(profile.timeNs(200.001)).isEqualTo(Long.MAX_VALUE);
    }

    /** Sending late never makes the schedule later: times depend on the number alone, and grow with it. */
    @ParameterizedTest
    @ValueSource(strings = {"1000", "1..5000@3s,5000", "5000..10@2s,10..5000", "0..3000@1s,3000..0@1s"})
    void shouldBeTheInverseOfTheCount(String text) {
        RateProfile profile = RateProfile.parse(text, 5 * SECOND);
        long before = 0;

        for (int n = 0; n < 3000; n++) {
            long ns = profile.timeNs(n);
            assertThat(ns).isGreaterThanOrEqualTo(before);
            assertThat(profile.countIn(ns)).isCloseTo(n, within(0.001));
            before = ns;
        }
    }

    @Test
    void shouldPutTheWarmUpBefore() {
        RateProfile profile = RateProfile.parse("100@1s,200@1s", -1).after(2 * SECOND);

        assertThat(profile.timeNs(200)).isEqualTo(2 * SECOND);
        assertThat(profile.timeNs(300)).isEqualTo(3 * SECOND);
        assertThat(profile.durationNs()).isEqualTo(4 * SECOND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "100,200", "x", "100..200", "1@0s", "100@1s,", "0@1s,0..0@1s"})
    void shouldRefuseWhatSendsNothingOrHasNoEnd(String text) {
        assertThatThrownBy(() -> RateProfile.parse(text, -1)).isInstanceOf(PlanException.class);
    }
}
