package dev.weir.bench.run;

import dev.weir.bench.BenchFailure;
import dev.weir.bench.judge.Judge;
import dev.weir.bench.judge.LoadRun;
import dev.weir.bench.judge.Workload;
import dev.weir.bench.machine.CpuSet;
import dev.weir.bench.process.Child;
import dev.weir.bench.process.Children;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts system calls with perf, where it is installed and may. Counting costs time itself, so nothing else is measured meanwhile. */
final class SystemCalls {
    private static final double SECONDS = 0.5;
    private static final long PATIENCE_SECONDS = 20;
    private static final String EVENT = "raw_syscalls:sys_enter";

    private final Stage stage;
    private final Judge judge;
    private final Children children;
    private final CpuSet cpus;
    private final String refusal;

    SystemCalls(Stage stage, Judge judge, Children children) throws IOException {
        this.stage = stage;
        this.judge = judge;
        this.children = children;
        this.cpus = stage.placement().load();
        this.refusal = tryOut();
    }

    /** Why nothing can be counted; empty if it can. */
    String refusal() {
        return refusal;
    }

    private String tryOut() throws IOException {
        try {
            Child perf = children.start("perf", cpus, List.of("perf", "stat", "-x,", "-e", EVENT, "true"));
            int status = perf.waitFor(PATIENCE_SECONDS);
            children.stop(perf);
            return status == 0
                    ? ""
                    : "system calls are not counted: perf is missing or not allowed (as root, with linux-perf"
                            + " installed, it works on most machines)";
        } catch (BenchFailure e) {
            return "system calls are not counted: perf does not end";
        }
    }

    /** How many for each request. */
    double perRequest(Running product, Workload workload, double leadSeconds) throws IOException, BenchFailure {
        LoadRun load = judge.start(workload, product.port(), leadSeconds, SECONDS + 1);
        try {
            Pause.seconds(leadSeconds);
            var before = stage.counters().read();
            long beforeNs = System.nanoTime();
            double callRate = count(product) / SECONDS;
            double seconds = (System.nanoTime() - beforeNs) / 1e9; // longer than perf counts
            double requestRate = stage.counters().read().since(before).requests() / seconds;
            load.checkRunning();
            return callRate / Math.max(1, requestRate);
        } finally {
            load.stop();
        }
    }

    private long count(Running product) throws IOException, BenchFailure {
        String pids = Stream.concat(
                        Stream.of(product.child().handle()),
                        product.child().handle().descendants())
                .map(process -> Long.toString(process.pid()))
                .collect(Collectors.joining(","));
        Child perf = children.start(
                "perf",
                cpus,
                List.of("perf", "stat", "-x,", "-e", EVENT, "-p", pids, "sleep", Double.toString(SECONDS)));
        perf.waitFor(PATIENCE_SECONDS);
        children.stop(perf);
        for (String line : perf.printed().lines().toList()) {
            if (line.contains(EVENT)) {
                return Long.parseLong(line.substring(0, line.indexOf(',')));
            }
        }
        throw new BenchFailure("perf counted nothing" + perf.lastLines());
    }
}
