package dev.weir.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.model.Problem;
import dev.weir.config.model.Problems;
import dev.weir.config.model.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationLoaderTest {
    @TempDir
    Path folder;

    @Test
    void shouldReportFaultsOfEveryKindInOneRun() throws Exception {
        List<Problem> problems = load("""
                global
                    nbthred 2
                defaults
                    mode tcp
                frontend fe
                    bind 127.0.0.1:1
                    bind 10.1.2.300:80
                    acl a src 1.2.3.400
                    use_backend nope if TRUE
                    tcp-request content frobnicate
                    tcp-request content accept if { req.len gt x }
                    log-format "%[src,bogus]"
                backend be
                    server s1 127.0.0.1:2 weight 300
                    server s1 127.0.0.1:3
                    server s2 127.0.0.1:4 track be/s9
                """);

        assertThat(problems)
                .filteredOn(problem -> problem.severity() == Severity.ALERT)
                .extracting(problem -> problem.at().line())
                .contains(2, 7, 8, 9, 10, 11, 12, 14, 15, 16);
    }

    @Test
    void shouldSayEveryFaultOnce() throws Exception {
        List<Problem> problems = load("""
                listen l
                    mode tcp
                    bind 127.0.0.1:1
                    server s1 127.0.0.1:2
                    server s1 127.0.0.1:3
                """);

        assertThat(problems)
                .filteredOn(problem -> problem.severity() == Severity.ALERT)
                .hasSize(1);
    }

    /** What was not read because of a fault is not missed. */
    @Test
    void shouldNotWarnOfWhatAFaultyLineWouldHaveSaid() throws Exception {
        List<Problem> problems = load("""
                listen l
                    mode tcp
                    timeout client 1x
                    bind 127.0.0.1:1
                    server s1 127.0.0.1:2
                """);

        assertThat(problems).extracting(Problem::severity).containsOnly(Severity.ALERT);
    }

    private List<Problem> load(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("weir.cfg"), text);
        var problems = new Problems();
        ConfigurationLoader.load(CommandLine.parse("-f", file.toString()), problems);
        return problems.all();
    }
}
