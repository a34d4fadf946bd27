package dev.weir.load.command;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.TransportException;
import dev.weir.load.origin.Origin;
import dev.weir.load.origin.OriginOptions;
import dev.weir.load.plan.Closing;
import dev.weir.load.plan.Job;
import dev.weir.load.plan.Plan;
import dev.weir.load.plan.RateProfile;
import dev.weir.load.plan.Target;
import dev.weir.load.plan.Targets;
import dev.weir.load.report.TextReport;
import dev.weir.load.run.Outcome;
import dev.weir.load.run.Run;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/**
 * Has the JVM compile this program before it measures: at a low rate that would go on for a long time beside the measuring, and on
 * a CPU that it shares with the loops it would be seen in the upper percentiles. So the same kind of load is first put, as fast as
 * it goes, on an origin in this process; the target sees nothing of it. Thread: main.
 */
final class Priming {
    private static final int CONNECTIONS = 16;
    private static final int PIPELINE_MAX = 16;
    private static final double RATE = 100_000;
    private static final long DURATION_NS = 1_000_000_000L;

    private Priming() {}

    static void prime(Plan measured, Consumer<String> log) {
        try (Origin origin = new Origin(new OriginOptions(), log)) {
            Job job = measured.targets.getFirst().jobs().getFirst();
            Endpoint.Inet any = new Endpoint.Inet(InetAddress.getLoopbackAddress(), 0);
            int port = origin.serve(any, job instanceof Job.Http ? null : job);
            Plan plan = plan(measured);
            plan.targets = targets(job, new Endpoint.Inet(any.address(), port));
            Outcome outcome = new Run(plan, new Observers(List.of()), log).execute();
            // Reports are code, too.
            TextReport.result(outcome, true);
        } catch (TransportException e) {
            log.accept("no priming: " + e.getMessage());
        }
    }

    private static List<Target> targets(Job job, Endpoint.Inet endpoint) {
        if (job instanceof Job.Http) {
            Targets targets = new Targets(new Targets.Common());
            targets.add("http://127.0.0.1:" + endpoint.port() + "/", 1);
            return targets.targets();
        }
        return List.of(new Target("priming", endpoint, List.of(job), new int[] {0}, 1));
    }

    private static Plan plan(Plan measured) {
        Plan plan = new Plan();
        plan.connections = CONNECTIONS;
        plan.cpuMasks = measured.cpuMasks;
        plan.durationNs = DURATION_NS;
        plan.rate = measured.isOpenLoop() ? RateProfile.constant(RATE) : null;
        plan.arrivals = measured.arrivals;
        plan.keepAlive = measured.keepAlive;
        plan.requestsPerConnection = measured.requestsPerConnection;
        plan.closing = Closing.RESET;
        plan.pipeline = Math.min(PIPELINE_MAX, measured.pipeline);
        plan.transport = measured.transport;
        return plan;
    }
}
