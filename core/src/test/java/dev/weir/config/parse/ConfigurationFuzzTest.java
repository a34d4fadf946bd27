package dev.weir.config.parse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.config.check.AddressResolver;
import dev.weir.config.check.ConfigurationChecks;
import dev.weir.config.model.Problems;
import java.util.Map;

/**
 * Whatever bytes a file holds, the reader reports problems and throws nothing. A plain test run replays the inputs beside this
 * class; {@code JAZZER_FUZZ=1 mvn test -Dtest=ConfigurationFuzzTest} looks for new ones.
 */
class ConfigurationFuzzTest {
    @FuzzTest
    void shouldOnlyEverReportProblems(byte[] bytes) {
        var problems = new Problems();
        var environment = Environment.of(Map.of("A", "a", "LIST", "a b"));

        var configuration = ConfigurationReader.readText("fuzz.cfg", bytes, environment, problems);

        if (!problems.isFatal()) {
            ConfigurationChecks.check(configuration, problems, new LiteralsOnly(), false);
        }
    }

    /** Asks no name server, which could be slow. */
    private static final class LiteralsOnly extends AddressResolver {
        @Override
        protected java.net.InetAddress[] ask(String host) {
            return new java.net.InetAddress[0];
        }
    }
}
