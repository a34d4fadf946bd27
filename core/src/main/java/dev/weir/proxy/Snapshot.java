package dev.weir.proxy;

import java.util.List;
import java.util.Map;

/**
 * A configuration ready to run. Immutable; put in force as a whole.
 *
 * @param backends by name
 * @param frontends by name
 */
public record Snapshot(
        Map<String, Backend> backends, Map<String, Frontend> frontends, List<Bind> binds, ProcessLimits limits) {

    /** Limits of the process, 0 for none; rates a second. */
    public record ProcessLimits(int connectionsMax, int connectionsPerSecond, int sessionsPerSecond, String node) {}
}
