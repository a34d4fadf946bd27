package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Same key, same server; same turn, same server. {@code haproxy-picks.properties} holds what HAProxy 3.2.26 (2.6.12 in
 * {@link Scenario#needsOldHaproxy} ones) chose; where a HAProxy is at hand it is asked again. With {@code -Dweir.picks.write=FILE} its answers are written down.
 */
class SameServerAsHaproxyTest {
    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldChooseWhatHaproxyChose(Scenario scenario) throws IOException {
        String expected = recorded().getProperty(scenario.name);

        String picks = scenario.ours();

        assertThat(picks).isEqualTo(expected);
    }

    @Test
    void shouldChooseWhatTheInstalledHaproxyChooses() throws Exception {
        String program = Haproxy.program();
        assumeTrue(program != null, "no HAProxy on this machine");
        boolean isRecent = Haproxy.version(program) >= 3.2;
        List<Scenario> scenarios = new ArrayList<>(Scenarios.all());
        scenarios.removeIf(scenario -> isRecent ? scenario.needsOldHaproxy() : scenario.needsRecentHaproxy());
        Map<String, String> theirs = new LinkedHashMap<>();
        List<String> differences = new ArrayList<>();

        try (Haproxy haproxy = Haproxy.start(program, scenarios)) {
            for (Scenario scenario : scenarios) {
                theirs.put(scenario.name, haproxy.run(scenario));
                String ours = scenario.ours();
                if (!ours.equals(theirs.get(scenario.name))) {
                    differences.add(scenario.name + "\n  " + theirs.get(scenario.name) + "\n  " + ours);
                }
            }
        }

        writeDown(theirs);
        assertThat(differences).isEmpty();
    }

    private static void writeDown(Map<String, String> picks) throws IOException {
        String file = System.getProperty("weir.picks.write");
        if (file != null) {
            StringBuilder text = new StringBuilder("# HAProxy's choices: a letter a session, a is the first server\n");
            picks.forEach((name, sequence) -> text.append(name + "=" + sequence + "\n"));
            Files.writeString(Path.of(file), text);
        }
    }

    private static Properties recorded() throws IOException {
        Properties picks = new Properties();
        try (InputStream in = SameServerAsHaproxyTest.class.getResourceAsStream("haproxy-picks.properties")) {
            picks.load(new java.io.InputStreamReader(in, StandardCharsets.US_ASCII));
        }
        return picks;
    }
}
