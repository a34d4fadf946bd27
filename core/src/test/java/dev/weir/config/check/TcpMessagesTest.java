package dev.weir.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.compile.RuleChecks;
import dev.weir.config.model.Problem;
import dev.weir.config.model.Problems;
import dev.weir.config.parse.ConfigurationReader;
import dev.weir.config.parse.Environment;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of lines that mean nothing in {@code mode tcp}, or where they stand. The words are those of HAProxy 3.2.26. */
class TcpMessagesTest {
    private static final String DEFAULTS =
            "defaults\n mode tcp\n timeout client 1s\n timeout server 1s\n timeout connect 1s\n";

    private final Problems problems = new Problems();

    private void read(String proxy, String line) {
        var environment = Environment.of(Map.of());
        var resolver = new AddressResolver();
        String section = proxy.equals("backend") ? "frontend fe\n bind :1\nbackend be\n" : proxy + " fe\n bind :1\n";
        byte[] text = (DEFAULTS + section + " " + line + "\n").getBytes(StandardCharsets.ISO_8859_1);
        var configuration = ConfigurationReader.readText("test.cfg", text, environment, problems);
        if (!problems.isFatal()) {
            ConfigurationChecks.check(configuration, problems, resolver, false);
            RuleChecks.check(configuration, environment, resolver, problems);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            backend  ; tcp-request session accept     ; tcp-request session is not allowed because backend be is not a frontend
            backend  ; tcp-request connection accept  ; tcp-request connection is not allowed because backend be is not a frontend
            frontend ; tcp-response content accept    ; tcp-response content is only allowed in 'backend' sections or 'defaults' section with a name
            frontend ; tcp-response inspect-delay 1s  ; tcp-response inspect-delay is only allowed in 'backend' sections or 'defaults' section with a name
            frontend ; tcp-request content use-service x ; 'content' unknown service name.
            frontend ; tcp-request content use-service ; 'tcp-request' expects a service name.
            frontend ; option tcp-smart-accept x      ; 'option tcp-smart-accept' cannot handle unexpected argument 'x'.
            frontend ; option tcp-smart-connect       ; 'tcp-smart-connect' ignored because frontend 'fe' has no backend capability.
            backend  ; option tcp-smart-accept        ; 'tcp-smart-accept' ignored because backend 'be' has no frontend capability.
            backend  ; no option tcp-smart-accept     ; negation/default is not supported for option 'tcp-smart-accept'.
            backend  ; option disable-h2-upgrade      ; 'disable-h2-upgrade' ignored because backend 'be' has no frontend capability.
            frontend ; option disable-h2-upgrade      ; 'option disable-h2-upgrade' ignored for frontend 'fe' as it requires HTTP mode.
            backend  ; option http-no-delay           ; 'option http-no-delay' ignored for backend 'be' as it requires HTTP mode.
            """)
    void shouldSay(String proxy, String line, String message) {
        read(proxy, line);

        assertThat(problems.all()).extracting(Problem::text).contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            tcp-request content set-var-fmt(txn.x) %[res.len] ; sample fetch <res.len> may not be reliably used here because it needs 'response buffer' which is not available here
            tcp-request content sc-inc-gpc(0,3)               ; invalid stick table track ID 'sc-inc-gpc(0,3)'. The max allowed ID is 2
            tcp-request content sc-set-gpt0(7) 1              ; invalid stick table track ID 'sc-set-gpt0(7)'. The max allowed ID is 2
            """)
    void shouldSayOfRules(String line, String message) {
        read("frontend", line);

        assertThat(problems.all()).extracting(Problem::text).anyMatch(text -> text.contains(message));
    }
}
