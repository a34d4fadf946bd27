package dev.weir;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long tests wait for what has to come. Only one that fails waits so long: it is more than a busy machine needs. */
public final class Patience {
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private Patience() {}

    public static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT);
    }
}
