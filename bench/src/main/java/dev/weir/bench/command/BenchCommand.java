package dev.weir.bench.command;

import dev.weir.bench.machine.CpuSet;
import dev.weir.bench.run.Placement;
import dev.weir.bench.run.Session;
import dev.weir.bench.run.Settings;
import dev.weir.bench.scenario.Scenario;
import dev.weir.bench.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir bench [options] [scenario...]}. */
@Command(
        name = "bench",
        description = {
            "Measures Weir, HAProxy, nginx, a relay on Netty and the line without a proxy side by side on this machine, in"
                    + " interleaved rounds, and writes a report.",
            "Touches loopback only; ends all that it started."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "weir bench micro [REGULAR-EXPRESSION] [JMH options] runs the JMH benchmarks.",
            "",
            "Examples:",
            "  ./weir bench --quick",
            "  ./weir bench http-64b http-rules --points 1,64 --placement one-cpu --haproxy ~/haproxy-3.2/haproxy",
            "  ./weir bench l4-latency --into perf-reports/local/mine     (adds to what is there)",
            "  ./weir report --compare perf-reports/local/mine perf-reports/local/other"
        },
        subcommands = {OriginCommand.class, NettyCommand.class})
public final class BenchCommand implements Callable<Integer> {
    private static final double QUICK_WINDOW_SECONDS = 0.8;
    private static final double QUICK_WARM_UP_SECONDS = 2;
    private static final double QUICK_LEAD_SECONDS = 0.3;
    private static final int QUICK_ROUNDS = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SCENARIO", description = "Default: all. --list says which there are.")
    private List<String> scenarios = new ArrayList<>();

    @Option(names = "--list", description = "Lists the scenarios.")
    private boolean list;

    @Option(names = "--quick", description = "A look: few points, short rounds; ends within 3 minutes.")
    private boolean quick;

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "Where the report goes; data that is there is added to.")
    private Path into;

    @Option(
            names = "--points",
            split = ",",
            paramLabel = "N",
            description = "Points on the scenarios' axes, such as numbers of connections, in place of their own.")
    private Set<Integer> points = new LinkedHashSet<>();

    @Option(
            names = "--placement",
            split = ",",
            paramLabel = "NAME",
            description =
                    "one-cpu: everything on one. own-cpus: the proxy on one of its own; own-cpus-2, -4, ...: on as"
                            + " many, with a thread for each. Default: what fits the machine.")
    private Set<String> placements = new LinkedHashSet<>();

    @Option(
            names = "--cpus",
            paramLabel = "LIST",
            description = "CPUs to use, such as 0-3. Default: all that are allowed.")
    private String cpus;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds that count. Default: 5; quick: 3.")
    private Integer rounds;

    @Option(names = "--window", paramLabel = "SECONDS", description = "Of each measurement. Default: 4; quick: 0.8.")
    private Double window;

    @Option(names = "--lead", paramLabel = "SECONDS", description = "Load before each window. Default: 1; quick: 0.3.")
    private Double lead;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "At most; it ends once the rate is steady. Default: 15; quick: 2.")
    private Double warmUp;

    @Option(
            names = "--disturbed",
            paramLabel = "PERCENT",
            description = "A round in which the host or other processes took more than this is measured again. Default:"
                    + " ${DEFAULT-VALUE}.")
    private double disturbed = 4;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PRODUCT",
            description = "Only these: direct, haproxy, nginx, weir, netty.")
    private Set<String> only = new LinkedHashSet<>();

    @Option(names = "--haproxy", paramLabel = "PATH", description = "Another HAProxy than the one on the PATH.")
    private Path haproxy;

    @Option(names = "--nginx", paramLabel = "PATH", description = "Another nginx than the one on the PATH.")
    private Path nginx;

    @Option(names = "--weir", paramLabel = "PATH", description = "Another build of Weir than this one.")
    private Path weir;

    @Option(
            names = "--judge",
            paramLabel = "NAME",
            description = "Who makes the load: weir or wrk. Default: ${DEFAULT-VALUE}.")
    private String judge = "weir";

    @Option(names = "--busy-polling", description = "Products that can look for work without sleeping do.")
    private boolean busyPolling;

    @Option(
            names = "--system-calls",
            negatable = true,
            description = "Count system calls with perf, in a pass of its own. Default: yes; quick: no.")
    private Boolean systemCalls;

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            description = "The origin's port; the products' follow. Default: ${DEFAULT-VALUE}.")
    private int portBase = 19400;

    @Override
    public Integer call() throws IOException {
        if (list) {
            Scenarios.all().forEach(one -> System.out.printf("%-14s %s%n", one.name(), one.title()));
            return 0;
        }
        try {
            return new Session(settings(), into, commandLine()).run();
        } catch (IOException e) {
            System.err.println("weir bench: " + e);
            return 1;
        }
    }

    private Settings settings() throws IOException {
        CpuSet allowed = CpuSet.allowed();
        CpuSet chosen = cpus == null ? allowed : cpuSet(allowed);
        return new Settings(
                Path.of(System.getProperty("weir.root", ".")).toAbsolutePath().normalize(),
                chosenScenarios(),
                points,
                chosenPlacements(chosen),
                only,
                executables(),
                chosenJudge(),
                portBase,
                orElse(rounds, 5, QUICK_ROUNDS),
                orElse(window, 4.0, QUICK_WINDOW_SECONDS),
                orElse(lead, 1.0, QUICK_LEAD_SECONDS),
                orElse(warmUp, 15.0, QUICK_WARM_UP_SECONDS),
                disturbed,
                quick,
                busyPolling,
                orElse(systemCalls, true, false));
    }

    private String chosenJudge() {
        if (!List.of("weir", "wrk").contains(judge)) {
            throw wrong("--judge " + judge + ": there are weir and wrk");
        }
        return judge;
    }

    private <T> T orElse(T chosen, T full, T ifQuick) {
        return chosen != null ? chosen : quick ? ifQuick : full;
    }

    private CpuSet cpuSet(CpuSet allowed) {
        try {
            CpuSet chosen = CpuSet.parse(cpus);
            if (!allowed.contains(chosen)) {
                throw wrong("--cpus " + cpus + ": only " + allowed + " may be used here");
            }
            return chosen;
        } catch (IllegalArgumentException e) {
            throw wrong("--cpus: " + e.getMessage());
        }
    }

    private List<Scenario> chosenScenarios() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        Scenarios.all().forEach(one -> all.put(one.name(), one));
        for (String name : scenarios) {
            if (!all.containsKey(name)) {
                throw wrong("no scenario '" + name + "'; there are: " + String.join(", ", all.keySet()));
            }
        }
        if (!scenarios.isEmpty()) {
            all.keySet().retainAll(scenarios);
        } else if (quick) {
            all.values().removeIf(one -> one.quickPoints().isEmpty());
        }
        return List.copyOf(all.values());
    }

    /** What fits the machine; where a CPU of its own was asked for and there is none, that is an error, else just a note. */
    private List<Placement> chosenPlacements(CpuSet chosen) {
        List<Placement> fitting = Placement.fitting(chosen);
        for (String name : placements) {
            if (fitting.stream().noneMatch(one -> one.name().equals(name))) {
                throw wrong("--placement " + name + " does not fit CPUs " + chosen + "; what does: "
                        + String.join(
                                ", ", fitting.stream().map(Placement::name).toList()));
            }
        }
        if (fitting.size() == 1) {
            System.out.println(
                    "note: one CPU only: everything runs on it, and how products do on CPUs of their own is left out");
        }
        if (placements.isEmpty()) {
            return quick ? fitting.subList(0, 1) : fitting;
        }
        return fitting.stream().filter(one -> placements.contains(one.name())).toList();
    }

    private Map<String, Path> executables() {
        Map<String, Path> all = new LinkedHashMap<>();
        if (haproxy != null) {
            all.put("haproxy", haproxy);
        }
        if (nginx != null) {
            all.put("nginx", nginx);
        }
        if (weir != null) {
            all.put("weir", weir);
        }
        return all;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private String commandLine() {
        return String.join(
                        " ",
                        "./weir bench",
                        String.join(" ", spec.commandLine().getParseResult().originalArgs()))
                .strip();
    }
}
