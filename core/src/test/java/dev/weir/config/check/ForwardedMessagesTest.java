package dev.weir.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.compile.RuleChecks;
import dev.weir.config.model.Problems;
import dev.weir.config.parse.ConfigurationReader;
import dev.weir.config.parse.Environment;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of the expressions of {@code option forwarded}, and of which line. */
class ForwardedMessagesTest {
    private static final String LISTEN =
            "defaults\n mode http\n timeout client 1s\n timeout server 1s\n timeout connect 1s\n"
                    + "listen l\n bind :1\n server s 127.0.0.1:1\n";

    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            for-expr nope             ; true  ; unknown fetch method 'nope'
            by-expr src,nope          ; true  ; unknown converter 'nope'
            host-expr 123             ; true  ; unknown fetch method '123'
            for for_port-expr nope    ; true  ; unknown fetch method 'nope'
            for-expr res.hdr(x)       ; false ; in 'option forwarded' sample expression 'res.hdr(x)' : some args extract information from 'HTTP response headers', none of which is available here.
            """)
    void shouldSay(String words, boolean isFatal, String message) {
        var environment = Environment.of(Map.of());
        var resolver = new AddressResolver();
        byte[] text = (LISTEN + " option forwarded " + words + "\n").getBytes(StandardCharsets.ISO_8859_1);

        var configuration = ConfigurationReader.readText("test.cfg", text, environment, problems);
        RuleChecks.check(configuration, environment, resolver, problems);

        assertThat(problems.isFatal()).isEqualTo(isFatal);
        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.text()).contains(message);
            assertThat(problem.at().line()).isEqualTo(9);
        });
    }
}
