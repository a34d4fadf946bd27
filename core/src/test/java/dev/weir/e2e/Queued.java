package dev.weir.e2e;

import dev.weir.Patience;
import java.io.IOException;
import java.time.Duration;

/** Waits until so many sessions wait for a server: by asking the proxy itself, through its socket {@code api}. */
final class Queued {
    private Queued() {}

    /** In backend {@code be} and at its servers. */
    static void await(BehaviourScene scene, int count) {
        Patience.await().pollInterval(Duration.ofMillis(5)).until(() -> queued(scene) == count);
    }

    /** The column {@code qcur} of its rows. */
    private static int queued(BehaviourScene scene) throws IOException {
        return scene.ask("api", "show stat")
                .lines()
                .filter(line -> line.startsWith("be,"))
                .map(line -> line.split(",", 4)[2])
                .filter(column -> !column.isEmpty())
                .mapToInt(Integer::parseInt)
                .sum();
    }
}
