package dev.weir.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventRateTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final EventRate rate = new EventRate(2);

    @Test
    void shouldCountTheCurrentSecond() {
        add(10, 5 * SECOND_NS);

        assertThat(rate.perSecond(5 * SECOND_NS + 1)).isEqualTo(10);
    }

    @Test
    void shouldLetThePastSecondFade() {
        add(100, 5 * SECOND_NS);
        add(10, 6 * SECOND_NS);

        assertThat(rate.perSecond(6 * SECOND_NS)).isEqualTo(110);
        assertThat(rate.perSecond(6 * SECOND_NS + SECOND_NS / 4)).isEqualTo(85);
        assertThat(rate.perSecond(7 * SECOND_NS + SECOND_NS / 2)).isEqualTo(5);
        assertThat(rate.perSecond(9 * SECOND_NS)).isZero();
    }

    @Test
    void shouldNotFlickerAtAVeryLowRate() {
        add(1, 5 * SECOND_NS);

        assertThat(rate.perSecond(7 * SECOND_NS - 1)).isEqualTo(1);
        assertThat(rate.perSecond(7 * SECOND_NS)).isZero();
    }

    @Test
    void shouldAddUpLoopsAndOthers() {
        rate.add(0, SECOND_NS);
        rate.add(1, SECOND_NS);
        rate.add(Counters.SHARED, SECOND_NS);

        assertThat(rate.perSecond(SECOND_NS)).isEqualTo(3);
        assertThat(rate.maximum(SECOND_NS)).isEqualTo(3);
    }

    @Test
    void shouldRememberTheMaximum() {
        add(100, 5 * SECOND_NS);
        add(1, 6 * SECOND_NS);

        assertThat(rate.maximum(20 * SECOND_NS)).isGreaterThanOrEqualTo(100);
        rate.clearMaximum();
        assertThat(rate.maximum(20 * SECOND_NS)).isZero();
    }

    @Test
    void shouldSayHowLongToWait() {
        RateLimit limit = new RateLimit(rate, 10);

        assertThat(limit.waitNs(SECOND_NS)).isZero();
        add(10, SECOND_NS);
        assertThat(limit.waitNs(SECOND_NS)).isEqualTo(SECOND_NS / 10);
        assertThat(limit.waitNs(3 * SECOND_NS)).isZero();
        assertThat(new RateLimit(rate, 0).waitNs(SECOND_NS)).isZero();
    }

    private void add(int events, long atNs) {
        for (int i = 0; i < events; i++) {
            rate.add(i % 2, atNs);
        }
    }
}
