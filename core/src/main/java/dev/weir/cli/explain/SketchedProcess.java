package dev.weir.cli.explain;

import dev.weir.clock.Clock;
import dev.weir.stream.BackendView;
import dev.weir.stream.FrontendView;
import dev.weir.stream.ProcessVariables;
import dev.weir.stream.ProcessView;
import dev.weir.stream.VariableLimits;
import java.util.function.Function;

/** The process as it is, but with variables that nobody else sees, and the frontends of a sketch. */
record SketchedProcess(ProcessView process, ProcessVariables variables, Function<String, FrontendView> frontends)
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
    public VariableLimits variableLimits() {
        return process.variableLimits();
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
