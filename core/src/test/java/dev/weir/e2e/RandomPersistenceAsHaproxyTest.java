package dev.weir.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.e2e.ComparedConfigurations.Ask;
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
 * Clients of backends with cookies, made at random, get to the servers and are told the cookies that HAProxy has for them. {@code
 * -Dweir.persistence} says how many backends, {@code -Dweir.persistence.seed} which.
 */
@DisplayName("HTTP: random persistence as HAProxy")
final class RandomPersistenceAsHaproxyTest {
    private static final int CONFIGURATIONS = Integer.getInteger("weir.persistence", 20);
    private static final int REQUESTS = 12;

    @Test
    @Timeout(value = 600, unit = TimeUnit.SECONDS)
    void shouldDoWhatHaproxyDoes(@TempDir Path folder) throws Exception {
        assumeTrue(BehaviourEngine.HAPROXY.absence().isEmpty(), "no HAProxy 3.x");
        long seed = Long.getLong("weir.persistence.seed", 1);
        System.out.println("random persistence: -Dweir.persistence.seed=" + seed);
        var compared = new ComparedConfigurations(BehaviourScene.PREAMBLE.replace("mode tcp", "mode http"));
        var choice = new RandomChoice(new Random(seed));
        for (int made = 0; made < CONFIGURATIONS; ) {
            var persistence = new RandomPersistence(choice, "x" + made);
            String part = persistence.configuration();
            List<Ask> asks = Stream.generate(persistence::ask).limit(REQUESTS).toList();
            if (compared.isAccepted(part, folder)) {
                compared.add(part, asks);
                made++;
            }
        }
        Map<String, RecordingOrigin> origins = new LinkedHashMap<>();
        try (var first = new RecordingOrigin(RandomPersistence.ANSWERS);
                var second = new RecordingOrigin(RandomPersistence.ANSWERS)) {
            origins.put("s1", first);
            origins.put("s2", second);
            compared.assertAsHaproxy(origins);
        }
    }
}
