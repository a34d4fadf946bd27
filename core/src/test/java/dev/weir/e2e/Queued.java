package dev.weir.e2e;

import java.time.Duration;
import org.awaitility.Awaitility;

/** Waits until so many sessions wait for a server: by asking the proxy itself, through a second frontend that only answers. */
final class Queued {
    private Queued() {}

    /** Backend {@code be}. */
    static void await(BehaviourEngine engine, BehaviourScene scene, int count) {
        if (scene.running() instanceof BehaviourEngine.Inside inside) {
            var pools = inside.weir().instance().pools();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> pools.pool("be").totalQueued() == count);
        } else {
            settle(engine);
        }
    }

    /** HAProxy has one thread here and takes connections in order: all it needs is to have been given the time. */
    private static void settle(BehaviourEngine engine) {
        Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> engine == BehaviourEngine.HAPROXY);
    }
}
