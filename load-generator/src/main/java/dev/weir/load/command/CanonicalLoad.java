package dev.weir.load.command;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.TransportException;
import dev.weir.load.origin.Origin;
import dev.weir.load.origin.OriginOptions;
import dev.weir.load.plan.Plan;
import dev.weir.load.plan.RateProfile;
import dev.weir.load.plan.Targets;
import dev.weir.load.report.TextReport;
import dev.weir.load.run.Outcome;
import dev.weir.load.run.Run;
import dev.weir.load.run.RunObserver;
import java.net.InetAddress;
import java.util.function.Consumer;

/**
 * What {@code weir load} does when it is told nothing: one load that is the same everywhere, against an origin in the same process,
 * and two numbers that say what to expect of this machine. The build has it run for the AOT cache, too. Thread: main.
 */
final class CanonicalLoad {
    private static final int CONNECTIONS = 64;
    private static final long DURATION_NS = 3_000_000_000L;
    private static final long WARMUP_NS = 1_000_000_000L;

    private final Consumer<String> log;
    private final RunObserver observer;
    private final Consumer<Run> onRun;
    private final double scale;

    /**
     * @param onRun told of each run before it starts
     * @param scale shortens all times, for the build
     */
    CanonicalLoad(RunObserver observer, Consumer<Run> onRun, Consumer<String> log, double scale) {
        this.observer = observer;
        this.onRun = onRun;
        this.log = log;
        this.scale = scale;
    }

    /** Returns the exit status. */
    int run(Consumer<String> out) {
        try (Origin origin = new Origin(new OriginOptions(), log)) {
            int port = origin.serve(new Endpoint.Inet(InetAddress.getLoopbackAddress(), 0), null);
            String url = "http://127.0.0.1:" + port + "/";
            out.accept("No URL: an origin in this process, 13-byte answers, " + CONNECTIONS
                    + " connections over loopback, one loop on either side (see --help)\n");
            Outcome fastest = execute(url, null);
            if (fastest.exitStatus() != 0) {
                return fail(fastest);
            }
            double half = Math.max(1, fastest.rate() / 2);
            Outcome steady = execute(url, RateProfile.constant(half));
            if (steady.exitStatus() != 0) {
                return fail(steady);
            }
            out.accept(TextReport.canonical(fastest, steady));
            return 0;
        } catch (TransportException e) {
            log.accept(e.getMessage());
            return 1;
        }
    }

    private int fail(Outcome outcome) {
        if (outcome.problem != null) {
            log.accept(outcome.problem);
        }
        return outcome.exitStatus();
    }

    private Outcome execute(String url, RateProfile rate) {
        Plan plan = new Plan();
        Targets targets = new Targets(new Targets.Common());
        targets.add(url, 1);
        plan.title = url;
        plan.targets = targets.targets();
        plan.connections = CONNECTIONS;
        plan.durationNs = Math.round(scale * DURATION_NS);
        plan.warmupNs = Math.round(scale * WARMUP_NS);
        plan.rate = rate;
        Run run = new Run(plan, observer, log);
        onRun.accept(run);
        return run.execute();
    }
}
