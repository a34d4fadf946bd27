package dev.weir.bench.run;

import dev.weir.bench.BenchFailure;
import dev.weir.bench.judge.Judge;
import dev.weir.bench.judge.Judgement;
import dev.weir.bench.judge.LoadRun;
import dev.weir.bench.judge.Workload;
import dev.weir.bench.machine.ProcessCounters;
import dev.weir.report.data.Figure;
import dev.weir.report.data.WarmUp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/** Puts load on a running product and looks at counters at both ends of a window within it. */
final class TrafficMeter {
    /** Load goes on for longer than the window, so that its end does not fall into it. */
    private static final double TAIL_SECONDS = 0.15;
    /** The rule: this many windows in a row that differ by no more than this. */
    private static final int STEADY_WINDOWS = 3;

    private static final double STEADY_RATIO = 0.95;
    private static final double WARM_UP_WINDOW_SECONDS = 0.5;

    private final Settings settings;
    private final Stage stage;
    private final Judge judge;

    TrafficMeter(Settings settings, Stage stage, Judge judge) {
        this.settings = settings;
        this.stage = stage;
        this.judge = judge;
    }

    /** @param countsBytes whether CPU is told per byte, not per request */
    Measured measure(Running product, Workload workload, boolean countsBytes) throws IOException, BenchFailure {
        product.checkAlive();
        double windowSeconds = settings.windowSeconds();
        LoadRun load = judge.start(workload, product.port(), settings.leadSeconds(), windowSeconds + TAIL_SECONDS);
        stage.pause(product, settings.leadSeconds());
        Snapshot before = Snapshot.of(stage, product);
        stage.pause(product, windowSeconds);
        Snapshot after = Snapshot.of(stage, product);
        Judgement judgement = load.finish();
        product.checkAlive();
        stage.origin().checkAlive();

        EnumMap<Figure, Double> figures = after.figuresSince(before, stage, product.name(), countsBytes);
        checkServed(product, after, before, judgement);
        figures.putAll(judgement.latencies());
        return new Measured(
                figures,
                judgement.histogram(),
                after.stolenPercentSince(before),
                after.foreignPercentSince(before),
                judgement.errors(),
                load.commandLine());
    }

    private static void checkServed(Running product, Snapshot after, Snapshot before, Judgement judgement)
            throws BenchFailure {
        if (after.origin().since(before.origin()).bytes() == 0) {
            throw new BenchFailure("nothing arrived at the origin through " + product.name()
                    + (judgement.errors().isEmpty() ? "" : " (" + judgement.errors() + ")"));
        }
    }

    /** Load until neither the rate nor the product's CPU for it changes any more, or patience ends: a JVM that still compiles is not warm. */
    WarmUp warmUp(Running product, Workload workload, boolean countsBytes) throws IOException, BenchFailure {
        LoadRun load = judge.start(workload, product.port(), 0, settings.warmUpSecondsMax() + 1);
        try {
            List<Double> rates = new ArrayList<>();
            List<Double> costs = new ArrayList<>();
            int windowsMax = (int) Math.ceil(settings.warmUpSecondsMax() / WARM_UP_WINDOW_SECONDS);
            while (rates.size() < windowsMax && !isWarm(product, rates, costs)) {
                ProcessCounters used = product.counters();
                rates.add(rateOfWindow(countsBytes));
                costs.add(product.counters().cpuSecondsSince(used) / rates.getLast());
                load.checkRunning();
                product.checkAlive();
            }
            return new WarmUp(
                    rates.stream().map(rate -> Math.rint(rate * 100) / 100).toList(), isWarm(product, rates, costs));
        } finally {
            load.stop();
        }
    }

    private static boolean isWarm(Running product, List<Double> rates, List<Double> costs) {
        return isSteady(rates) && (product.isDirect() || isSteady(costs));
    }

    /** What a warm-up arrived at: the middle one of the windows that its rule looks at. */
    static double lastRate(List<Double> rates) {
        List<Double> last = rates.subList(Math.max(0, rates.size() - STEADY_WINDOWS), rates.size());
        return last.stream().sorted().toList().get(last.size() / 2);
    }

    private double rateOfWindow(boolean countsBytes) throws BenchFailure {
        var before = stage.counters().read();
        long beforeNs = System.nanoTime();
        Pause.seconds(WARM_UP_WINDOW_SECONDS);
        var served = stage.counters().read().since(before);
        double seconds = (System.nanoTime() - beforeNs) / 1e9;
        return countsBytes ? served.bytes() * 8 / seconds / 1e9 : served.requests() / seconds;
    }

    /** The first window has the connections' opening in it and never counts. */
    static boolean isSteady(List<Double> rates) {
        if (rates.size() <= STEADY_WINDOWS) {
            return false;
        }
        List<Double> last = rates.subList(rates.size() - STEADY_WINDOWS, rates.size());
        double low = last.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double high = last.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return low > 0 && low >= STEADY_RATIO * high;
    }
}
