package dev.weir.config.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.model.GlobalSection.Tuning;
import dev.weir.config.model.Problem;
import dev.weir.config.model.Problems;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCodesKeywordsTest {
    private final Problems problems = new Problems();

    private Tuning read(String lines) {
        byte[] text = ("global\n" + lines + "\n").getBytes(StandardCharsets.ISO_8859_1);
        return ConfigurationReader.readText("test.cfg", text, Environment.of(Map.of()), problems)
                .global()
                .tuning();
    }

    private static BitSet codes(int... codes) {
        var set = new BitSet();
        for (int code : codes) {
            set.set(code);
        }
        return set;
    }

    @Test
    void shouldHaveHaproxysDefaults() {
        Tuning tuning = read("");

        assertThat(tuning.errorStatuses().stream()).hasSize(100).contains(400, 499);
        assertThat(tuning.failureStatuses().stream())
                .hasSize(98)
                .contains(500, 599)
                .doesNotContain(501, 505);
    }

    @Test
    void shouldReplaceAddAndRemoveFromLineToLine() {
        Tuning tuning = read("http-err-codes 400,402-404 +100,0599 -403\nhttp-err-codes -400\nhttp-fail-codes 500 502");

        assertThat(problems.all()).isEmpty();
        assertThat(tuning.errorStatuses()).isEqualTo(codes(100, 402, 404, 599));
        assertThat(tuning.failureStatuses()).isEqualTo(codes(502));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http-err-codes", "http-fail-codes"})
    void shouldMissRanges(String line) {
        read(line);

        assertThat(problems.all())
                .extracting(Problem::text)
                .startsWith("Missing status codes range for '" + line + "'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc|0",
                "+|1",
                "+-400|1",
                "'400,'|4",
                "'400,,401'|4",
                "'400,+500'|4",
                "400-|4",
                "400--500|4",
                "400x|3",
                "400-499x|7",
                "0x190|1",
                "'400-499,500-x'|12"
            })
    void shouldPointAtWhatIsNoRange(String word, int position) {
        Tuning tuning = read("http-err-codes " + word);

        assertThat(problems.all())
                .extracting(Problem::text)
                .startsWith("Invalid status codes range '" + word + "' in 'http-err-codes' at position " + position
                        + ". Ranges must be in the form [+-]{low[-{high}]}[,...].");
        assertThat(tuning.errorStatuses().cardinality()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99", "600", "499-400", "-400-600", "400,50", "99999999999999999999", "4294967696"})
    void shouldRefuseWhatIsNoStatus(String word) {
        read("http-fail-codes " + word);

        assertThat(problems.all())
                .extracting(Problem::text)
                .startsWith("Invalid status codes range '" + word + "' in 'http-fail-codes'.\n"
                        + " Codes must be between 100 and 599 and ranges in ascending order.");
    }
}
