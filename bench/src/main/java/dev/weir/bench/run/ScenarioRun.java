package dev.weir.bench.run;

import dev.weir.bench.BenchFailure;
import dev.weir.bench.judge.Judge;
import dev.weir.bench.judge.Workload;
import dev.weir.bench.product.Product;
import dev.weir.bench.scenario.Probe;
import dev.weir.bench.scenario.Scenario;
import dev.weir.report.data.Figure;
import dev.weir.report.data.Round;
import dev.weir.report.data.Sample;
import dev.weir.report.data.Series;
import dev.weir.report.data.WarmUp;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One scenario with its line-up on one stage: its points, one after the other. */
final class ScenarioRun {
    private static final String LOAD = "load";
    /** Of the rate asked for: who serves less has fallen behind. */
    private static final double KEPT_UP = 0.97;

    private final Settings settings;
    private final Scenario scenario;
    private final Stage stage;
    private final LineUp lineUp;
    private final Judge judge;
    private final Console console;
    private final TrafficMeter traffic;
    private final SystemCalls systemCalls;
    private final Map<String, WarmUp> saturations = new LinkedHashMap<>();
    /** By product, of the point at hand. */
    private final Map<String, String> notes = new LinkedHashMap<>();

    private String load = "";

    /** @param systemCalls null if they are not to be counted */
    ScenarioRun(
            Settings settings,
            Scenario scenario,
            Stage stage,
            LineUp lineUp,
            Judge judge,
            Console console,
            SystemCalls systemCalls) {
        this.settings = settings;
        this.scenario = scenario;
        this.stage = stage;
        this.lineUp = lineUp;
        this.judge = judge;
        this.console = console;
        this.traffic = new TrafficMeter(settings, stage, judge);
        this.systemCalls = systemCalls;
    }

    Series measure(int point, Histograms histograms) throws IOException, BenchFailure {
        notes.clear();
        return switch (scenario.probe()) {
            case Probe.Traffic probe -> load(point, probe.workload().apply(point), probe.countsBytes(), histograms);
            case Probe.Latency probe -> latency(point, probe.saturating(), histograms);
            case Probe.Idle idle ->
                series(point, Map.of(), rounds(point, histograms, (name, round) -> idle(name, point)));
            case Probe.Start probe ->
                series(point, Map.of(), rounds(point, histograms, (name, round) -> start(name, probe.workload())));
        };
    }

    private Series load(int point, Workload workload, boolean countsBytes, Histograms histograms)
            throws IOException, BenchFailure {
        Map<String, WarmUp> warmUps = warmUp(point, workload, countsBytes);
        List<Round> rounds =
                rounds(point, histograms, (name, round) -> traffic(lineUp.running(name), workload, countsBytes));
        if (systemCalls != null && !countsBytes) {
            countSystemCalls(point, workload, rounds);
        }
        return series(point, warmUps, rounds);
    }

    private Series latency(int percent, Workload saturating, Histograms histograms) throws IOException, BenchFailure {
        if (saturations.isEmpty()) { // the same for all points
            saturations.putAll(warmUp(percent, saturating, false));
        }
        double rate = Math.max(1, Math.rint(slowest(saturations) * percent / 100));
        Workload workload = saturating.withRate(rate);
        List<Round> rounds = rounds(percent, histograms, (name, round) -> {
            Measured measured = traffic(lineUp.running(name), workload, false);
            measured.figures().put(Figure.OFFERED_RATE, rate);
            return measured;
        });
        noteWhoFellBehind(rounds);
        return series(percent, saturations, rounds);
    }

    private static double slowest(Map<String, WarmUp> saturations) throws BenchFailure {
        return saturations.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(Product.DIRECT))
                .mapToDouble(entry -> TrafficMeter.lastRate(entry.getValue().rates()))
                .min()
                .orElseThrow(() -> new BenchFailure("no proxy to take the saturation of"));
    }

    /** Who is slower than what is asked for has latencies that grow with the length of the window, and mean nothing else. */
    private void noteWhoFellBehind(List<Round> rounds) {
        for (String name : lineUp.names()) {
            long behind = rounds.stream()
                    .map(round -> round.samples().get(name).figures())
                    .filter(figures -> figures.get(Figure.REQUEST_RATE) < KEPT_UP * figures.get(Figure.OFFERED_RATE))
                    .count();
            if (2 * behind > rounds.size()) {
                console.line("note: " + name + " cannot keep up with the rate");
                notes.put(name, "cannot keep up with the rate: its latencies are those of a queue that grows");
            }
        }
    }

    private Measured traffic(Running product, Workload workload, boolean countsBytes) throws IOException, BenchFailure {
        try {
            return told(product.name(), traffic.measure(product, workload, countsBytes));
        } catch (BenchFailure e) {
            throw product.causeOf(e);
        }
    }

    private Measured idle(String name, int connections) throws IOException, BenchFailure {
        IdleMeter meter = new IdleMeter(stage);
        if (name.equals(Product.DIRECT)) {
            return meter.measure(stage.direct(), connections);
        }
        Running product = stage.start(lineUp.installed(name));
        try {
            return meter.measure(product, connections);
        } catch (BenchFailure e) {
            throw product.causeOf(e);
        } finally {
            stage.stop(product);
        }
    }

    private Measured start(String name, Workload workload) throws IOException, BenchFailure {
        long startedNs = System.nanoTime();
        Running product = stage.start(lineUp.installed(name));
        try {
            return told(name, new StartMeter(settings, stage, judge).measure(product, startedNs, workload));
        } catch (BenchFailure e) {
            throw product.causeOf(e);
        } finally {
            stage.stop(product);
        }
    }

    private Map<String, WarmUp> warmUp(int point, Workload workload, boolean countsBytes)
            throws IOException, BenchFailure {
        Map<String, WarmUp> all = new LinkedHashMap<>();
        for (String name : lineUp.names()) {
            console.status(text(point) + ": warming up " + name);
            all.put(name, warmUp(lineUp.running(name), workload, countsBytes));
        }
        return all;
    }

    private WarmUp warmUp(Running product, Workload workload, boolean countsBytes) throws IOException, BenchFailure {
        try {
            return traffic.warmUp(product, workload, countsBytes);
        } catch (BenchFailure e) {
            throw product.causeOf(e);
        }
    }

    private List<Round> rounds(int point, Histograms histograms, Rounds.Step step) throws IOException, BenchFailure {
        return new Rounds(
                        settings.roundsOf(scenario),
                        settings.roundsMax(scenario),
                        settings.disturbedPercent(),
                        histograms)
                .measure(
                        lineUp.names(),
                        (number, quiet) -> console.status(text(point) + ": round " + number + ", " + quiet + " of "
                                + settings.rounds() + " done"),
                        step);
    }

    private String text(int point) {
        return scenario.name() + ", " + point + " " + scenario.axis() + ", "
                + stage.placement().text();
    }

    /** Says what went wrong in a measurement that counts all the same. */
    private Measured told(String name, Measured measured) {
        load = measured.load();
        if (!measured.errors().isEmpty()) {
            console.line("note: errors through " + name + ": " + measured.errors());
            notes.put(name, "errors: " + measured.errors());
        }
        return measured;
    }

    /** The same number for every round: it is counted once, in a pass of its own. */
    private void countSystemCalls(int point, Workload workload, List<Round> rounds) throws IOException, BenchFailure {
        for (String name : lineUp.names()) {
            if (!name.equals(Product.DIRECT)) {
                console.status(text(point) + ": counting system calls of " + name);
                double calls = systemCalls.perRequest(lineUp.running(name), workload, settings.leadSeconds());
                double rounded = Math.rint(calls * 1000) / 1000;
                rounds.forEach(round -> add(round.samples().get(name), rounded));
            }
        }
    }

    private static void add(Sample sample, double calls) {
        EnumMap<Figure, Double> figures = sample.figures();
        figures.put(Figure.SYSTEM_CALLS_PER_REQUEST, calls);
    }

    private Map<String, String> notesOfPoint() {
        Map<String, String> all = new TreeMap<>(lineUp.notes());
        all.putAll(notes);
        return all;
    }

    private Series series(int point, Map<String, WarmUp> warmUps, List<Round> rounds) {
        Map<String, String> commands = new TreeMap<>(stage.commands());
        if (!load.isEmpty()) {
            commands.put(LOAD, load);
        }
        return new Series(
                scenario.name(),
                scenario.title(),
                scenario.question(),
                stage.placement().name(),
                stage.placement().text(),
                scenario.axis(),
                point,
                commands,
                notesOfPoint(),
                warmUps,
                rounds);
    }
}
