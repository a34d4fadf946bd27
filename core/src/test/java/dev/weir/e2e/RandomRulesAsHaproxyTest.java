package dev.weir.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.e2e.ComparedConfigurations.Ask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lists of rules with conditions, made at random, do to random requests and their responses what they do under HAProxy; a list that
 * HAProxy does not take is passed over. {@code -Dweir.rules} says how many, {@code -Dweir.rules.seed} which.
 */
@DisplayName("HTTP: random rules as HAProxy")
final class RandomRulesAsHaproxyTest {
    private static final int CONFIGURATIONS = Integer.getInteger("weir.rules", 12);
    private static final int REQUESTS = 10;
    private static final String PAGE =
            "HTTP/1.1 403 Forbidden\r\nX-File: 1\r\nContent-Type: text/plain\r\n\r\nfile body\n";

    @Test
    @Timeout(value = 600, unit = TimeUnit.SECONDS)
    void shouldDoWhatHaproxyDoes(@TempDir Path folder) throws Exception {
        assumeTrue(BehaviourEngine.HAPROXY.absence().isEmpty(), "no HAProxy 3.x");
        long seed = Long.getLong("weir.rules.seed", 1);
        System.out.println("random rules: -Dweir.rules.seed=" + seed);
        Files.writeString(folder.resolve("page"), PAGE);
        var compared = new ComparedConfigurations(
                (BehaviourScene.PREAMBLE.replace("mode tcp", "mode http") + """
                                timeout tarpit 20ms
                            """ + RandomRules.COMMON)
                        .replace("@folder@", folder.toString()));
        var choice = new RandomChoice(new Random(seed));
        var requests = new RandomRequests(choice);
        for (int made = 0; made < CONFIGURATIONS; ) {
            var rules = new RandomRules(choice, "x" + made);
            String part = rules.configuration().replace("@folder@", folder.toString());
            List<Ask> asks = Stream.generate(() -> requests.ask(rules.frontend()))
                    .limit(REQUESTS)
                    .toList();
            if (compared.isAccepted(part, folder)) {
                compared.add(part, asks);
                made++;
            }
        }
        Map<String, RecordingOrigin> origins = new LinkedHashMap<>();
        try (var first = new RecordingOrigin(RandomRequests.ANSWERS);
                var second = new RecordingOrigin(RandomRequests.ANSWERS)) {
            origins.put("s1", first);
            origins.put("s2", second);
            compared.assertAsHaproxy(origins);
        }
    }
}
