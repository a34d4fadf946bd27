package dev.weir.stream;

import dev.weir.clock.Clock;
import java.util.function.Function;

/** The process as it is, but with variables that nobody else sees, limits for them, and frontends of its own. */
public record SketchedProcess(
        ProcessView process,
        ProcessVariables variables,
        VariableLimits variableLimits,
        Function<String, FrontendView> frontends)
        implements ProcessView {
    @Override
    public Clock clock() {
        return process.clock();
    }

    @Override
    public int pid() {
        return process.pid();
    }

    @Override
    public String nodeName() {
        return process.nodeName();
    }

    @Override
    public String hostName() {
        return process.hostName();
    }

    @Override
    public int connections() {
        return process.connections();
    }

    @Override
    public long startNs() {
        return process.startNs();
    }

    @Override
    public boolean isStopping() {
        return process.isStopping();
    }

    @Override
    public int threadCount() {
        return process.threadCount();
    }

    @Override
    public FrontendView frontend(String name) {
        return frontends.apply(name);
    }

    @Override
    public BackendView backend(String name) {
        return process.backend(name);
    }
}
