package dev.weir.load.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.load.plan.PlanException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldDealDelaysInExactShares() {
        Delays.Dealer dealer = Delays.parse("90%:1ms,9.5%:10ms,0.5%:100ms", 3).new Dealer();
        Map<Long, Integer> counts = new HashMap<>();

        for (int i = 0; i < 20_000; i++) {
            counts.merge(dealer.nextNs(), 1, Integer::sum);
        }

        assertThat(counts).containsExactlyInAnyOrderEntriesOf(Map.of(MS, 18_000, 10 * MS, 1900, 100 * MS, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"90%:1ms", "90%1ms,10%:1s", "50%:1ms,51%:2ms", "x"})
    void shouldRefuseSharesThatAreNone(String text) {
        assertThatThrownBy(() -> Delays.parse(text, 1)).isInstanceOf(PlanException.class);
    }

    @Test
    void shouldHoldBackWhatIsDueInAStall() {
        Stall stall = Stall.parse("100ms@1s");

        assertThat(stall.answerNs(999 * MS)).isEqualTo(999 * MS);
        assertThat(stall.answerNs(1000 * MS)).isEqualTo(1100 * MS);
        assertThat(stall.answerNs(1099 * MS)).isEqualTo(1100 * MS);
        assertThat(stall.answerNs(1100 * MS)).isEqualTo(1100 * MS);
        assertThat(stall.answerNs(3050 * MS)).isEqualTo(3050 * MS);
    }

    @Test
    void shouldStallAgainAndAgain() {
        Stall stall = Stall.parse("100ms@1s/2s");

        assertThat(stall.answerNs(1050 * MS)).isEqualTo(1100 * MS);
        assertThat(stall.answerNs(2050 * MS)).isEqualTo(2050 * MS);
        assertThat(stall.answerNs(3050 * MS)).isEqualTo(3100 * MS);
        assertThatThrownBy(() -> Stall.parse("100ms")).isInstanceOf(PlanException.class);
    }
}
