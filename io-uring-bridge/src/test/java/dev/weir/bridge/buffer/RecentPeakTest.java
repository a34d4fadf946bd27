package dev.weir.bridge.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentPeakTest {
    private static final long SECOND = 1_000_000_000L;

    private final RecentPeak peak = new RecentPeak(2);
    private long nowNs = 100 * SECOND;
    private int kept;

    private void use(int count) {
        for (int i = 0; i < count; i++) {
            peak.onTaken(nowNs);
            kept = Math.max(0, kept - 1);
        }
        for (int i = 0; i < count; i++) {
            kept += peak.onGivenBack(kept) ? 1 : 0;
        }
    }

    @Test
    void shouldKeepSomeInAnyCase() {
        use(1);
        use(1);

        assertThat(kept).isEqualTo(1);
        assertThat(peak.inUse()).isZero();
    }

    @Test
    void shouldKeepAsManyAsWereInUseAtOnce() {
        use(7);

        assertThat(kept).isEqualTo(7);
    }

    @Test
    void shouldKeepAPeakForItsTime() {
        use(7);
        nowNs += 9 * SECOND;
        use(3);

        assertThat(kept).isEqualTo(7);
    }

    @Test
    void shouldForgetAPeakThatWasLongAgo() {
        use(7);
        nowNs += 9 * SECOND;
        use(3);
        nowNs += 9 * SECOND;
        use(3);

        assertThat(kept).isEqualTo(4); // three were taken, none of which is kept
    }
}
