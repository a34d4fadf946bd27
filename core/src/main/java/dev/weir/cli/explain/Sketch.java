package dev.weir.cli.explain;

import dev.weir.proxy.Snapshot;
import dev.weir.stream.ProcessView;
import dev.weir.stream.SketchedProcess;
import java.util.function.Function;

/**
 * A configuration compiled for trying something out.
 *
 * @param snapshot whose rules may do what they like: what they change are copies
 * @param process as rules see it, with variables of its own
 * @param rules how its rules were written
 * @param release gives the copies back
 */
public record Sketch(Snapshot snapshot, ProcessView process, RuleText rules, Runnable release)
        implements AutoCloseable {
    @Override
    public void close() {
        release.run();
    }

    /** Makes the process's side of a sketch. */
    public static ProcessView process(ProcessView process, Function<String, dev.weir.stream.FrontendView> frontends) {
        return new SketchedProcess(process, process.variables().copy(), process.variableLimits(), frontends);
    }
}
