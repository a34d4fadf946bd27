package dev.weir.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.report.Runs;
import dev.weir.report.data.Results;
import dev.weir.report.page.HtmlComparison;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seven figures of each of two proxies (five measured, two ratios) and two of the direct line. */
class ComparisonTextTest {
    private static final List<Double> HAPROXY = List.of(10.0, 11.0, 12.0, 13.0);
    private static final List<Double> WEIR = List.of(8.0, 8.4, 8.8, 9.2);

    private final Results first = Runs.results("aaa", Runs.series(64, HAPROXY, WEIR));

    @Test
    void shouldSayThatARunAgreesWithItself() {
        String text = ComparisonText.of(first, first);

        assertThat(text.lines().findFirst().orElseThrow())
                .isEqualTo(
                        "12 of 12 figures agree within the ranges that both runs report, and 3 of 3 ratios to the baseline.");
        assertThat(text).contains("No ratio").doesNotContain("Apart").doesNotContain("commit:");
    }

    @Test
    void shouldCountWhatIsApartAndSayByHowMuch() {
        Results second = Runs.results("aaa", Runs.series(64, HAPROXY, List.of(10.12, 10.3, 10.5, 10.6)));

        String text = ComparisonText.of(first, second);

        assertThat(text)
                .startsWith("8 of 12 figures agree")
                .contains("and 0 of 3 ratios")
                .contains("7 are apart: by 10.7 % at most, half of them by 8.5 % or less")
                .contains("chance alone would set hardly any apart")
                .contains("direct 2 of 2, haproxy 5 of 5, weir 1 of 5");
        assertThat(text.lines().filter(line -> line.contains("proxy CPU µs/request")))
                .anyMatch(line -> line.contains("weir") && line.contains("apart by 10.7 %, B worse"))
                .anyMatch(line -> line.contains("haproxy") && line.contains(" agree "));
    }

    @Test
    void shouldSayWhenAWinnerLoses() {
        Results second = Runs.results("aaa", Runs.series(64, HAPROXY, List.of(14.0, 14.4, 15.0, 16.0)));

        assertThat(ComparisonText.of(first, second)).contains("3 ratios show a product to be better");
    }

    @Test
    void shouldNotCountWhatHasNoSpread() {
        Results once = Runs.results("aaa", Runs.series(64, List.of(10.0), List.of(8.0)));

        assertThat(ComparisonText.of(first, once))
                .startsWith("0 of 0 figures agree")
                .contains("15 more have only one round")
                .contains("one round, no spread");
    }

    @Test
    void shouldSayThatNothingIsInCommon() {
        Results second = Runs.results("aaa", Runs.series(512, HAPROXY, WEIR));

        assertThat(ComparisonText.of(first, second)).isEqualTo("The two runs have no measurement in common.\n");
    }

    @Test
    void shouldSayWhatDiffersBetweenTheMachines() {
        Results second = Runs.results("bbb", Runs.series(64, HAPROXY, WEIR));

        assertThat(ComparisonText.of(first, second))
                .contains("commit: A: aaa, B: bbb")
                .doesNotContain("memory:");
    }

    @Test
    void shouldSayTheSameInThePage() throws IOException {
        Results second = Runs.results("aaa", Runs.series(64, HAPROXY, List.of(10.12, 10.3, 10.5, 10.6)));

        String page = HtmlComparison.of("one", first, "two", second);

        assertThat(page)
                .contains("<p class=\"verdict\">8 of 12 figures agree")
                .contains("<td class=\"worse\">apart by 10.7 %, B worse</td>")
                .contains("<td>agree</td>")
                .contains("2 m! n! / (m + n)!")
                .contains("Same machine, same commit.")
                .doesNotContainPattern("(src|href)=\"(http|//)");
    }
}
