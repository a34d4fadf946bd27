package dev.weir.proxy;

import dev.weir.stream.ProcessVariables;
import dev.weir.stream.VariableLimits;
import java.util.List;
import java.util.Map;

/**
 * A configuration ready to run. Immutable; put in force as a whole.
 *
 * @param backends by name
 * @param frontends by name
 * @param variables what the configuration itself sets of the process's variables
 */
public record Snapshot(
        Map<String, Backend> backends,
        Map<String, Frontend> frontends,
        List<Bind> binds,
        ProcessLimits limits,
        ProcessVariables variables) {

    /** Limits of the process, 0 for none; rates a second. */
    public record ProcessLimits(
            int connectionsMax,
            int connectionsPerSecond,
            int sessionsPerSecond,
            String node,
            String description,
            long closeSpreadNs,
            boolean rejectsPrivilegedPorts,
            VariableLimits variables) {}
}
