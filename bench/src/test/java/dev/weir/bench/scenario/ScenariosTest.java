package dev.weir.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenariosTest {
    @Test
    void shouldBeDescribedAndNamedOnce() {
        Set<String> names = new HashSet<>();
        for (Scenario scenario : Scenarios.all()) {
            assertThat(names.add(scenario.name())).as(scenario.name()).isTrue();
            assertThat(scenario.name()).matches("[a-z0-9-]+");
            assertThat(scenario.title()).isNotBlank();
            assertThat(scenario.question()).contains("?").doesNotContain("%s").doesNotContain("\n");
            assertThat(scenario.points()).isNotEmpty().doesNotHaveDuplicates();
            assertThat(scenario.points()).containsAll(scenario.quickPoints());
        }
    }

    @Test
    void shouldHaveAQuickSelection() {
        assertThat(Scenarios.all().stream()
                        .filter(one -> !one.quickPoints().isEmpty())
                        .count())
                .isBetween(3L, 6L);
    }
}
