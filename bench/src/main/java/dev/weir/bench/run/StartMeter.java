package dev.weir.bench.run;

import dev.weir.bench.BenchFailure;
import dev.weir.bench.judge.Judge;
import dev.weir.bench.judge.LoadRun;
import dev.weir.bench.judge.Workload;
import dev.weir.bench.machine.Memory;
import dev.weir.bench.origin.OriginFigures;
import dev.weir.report.data.Figure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/** A product from {@code exec} to its full speed. */
final class StartMeter {
    private static final double LOOK_SECONDS = 0.001;
    private static final double SLICE_SECONDS = 0.1;
    private static final double SETTLE_SECONDS = 0.5;
    /** Slices that a rate is taken over: shorter ones jump. */
    private static final int SMOOTHED_SLICES = 5;

    private static final double NEARLY = 0.95;
    private static final double MEGABYTE = 1e6;

    private final Settings settings;
    private final Stage stage;
    private final Judge judge;

    /**
     * A slice of the load.
     *
     * @param seconds since the load began, at its end
     * @param length of it, in seconds
     * @param requests served in it
     * @param cpuSeconds that the product used in it
     */
    private record Slice(double seconds, double length, long requests, double cpuSeconds) {}

    StartMeter(Settings settings, Stage stage, Judge judge) {
        this.settings = settings;
        this.stage = stage;
        this.judge = judge;
    }

    /** @param startedNs when the product was started, just before */
    Measured measure(Running product, long startedNs, Workload workload) throws IOException, BenchFailure {
        EnumMap<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.FIRST_BYTE, awaitFirstByte(product, startedNs));
        Pause.seconds(SETTLE_SECONDS);
        figures.put(Figure.RESIDENT_IDLE, Memory.resident(product.child().handle()) / MEGABYTE);

        Snapshot before = Snapshot.of(stage, product);
        String load = toFullSpeed(product, workload, figures);
        Snapshot after = Snapshot.of(stage, product);

        figures.put(Figure.RESIDENT_LOADED, Memory.resident(product.child().handle()) / MEGABYTE);
        figures.put(Figure.RESIDENT_PEAK, Memory.residentPeak(product.child().handle()) / MEGABYTE);
        return new Measured(
                figures, null, after.stolenPercentSince(before), after.foreignPercentSince(before), "", load);
    }

    /** Milliseconds. */
    private static double awaitFirstByte(Running product, long startedNs) throws BenchFailure {
        while (!Exchange.answers(product.port())) {
            product.checkAlive();
            Pause.seconds(LOOK_SECONDS);
        }
        return (System.nanoTime() - startedNs) / 1e6;
    }

    private String toFullSpeed(Running product, Workload workload, EnumMap<Figure, Double> figures)
            throws IOException, BenchFailure {
        double seconds = settings.warmUpSecondsMax();
        LoadRun load = judge.start(workload, product.port(), 0, seconds + 1);
        try {
            List<Slice> slices = new ArrayList<>();
            long beganNs = System.nanoTime();
            while (slices.isEmpty() || slices.getLast().seconds < seconds) {
                slices.add(slice(product, beganNs));
                load.checkRunning();
            }
            judgeSlices(slices, figures);
            return load.commandLine();
        } finally {
            load.stop();
        }
    }

    private Slice slice(Running product, long beganNs) throws IOException, BenchFailure {
        product.checkAlive();
        OriginFigures served = stage.counters().read();
        var used = product.counters();
        long beforeNs = System.nanoTime();
        Pause.seconds(SLICE_SECONDS);
        long requests = stage.counters().read().since(served).requests();
        double cpuSeconds = product.counters().cpuSecondsSince(used);
        long nowNs = System.nanoTime();
        return new Slice((nowNs - beganNs) / 1e9, (nowNs - beforeNs) / 1e9, requests, cpuSeconds);
    }

    private static void judgeSlices(List<Slice> slices, EnumMap<Figure, Double> figures) {
        List<Slice> peak = slices.subList(slices.size() * 2 / 3, slices.size());
        double peakRate = rate(peak);
        int reached = 0;
        while (reached < slices.size() - 1 && rate(around(slices, reached)) < NEARLY * peakRate) {
            reached++;
        }
        List<Slice> warmUp = slices.subList(0, reached + 1);
        double peakCpuPerRequest = cpu(peak) / requests(peak);
        figures.put(Figure.REQUEST_RATE, peakRate);
        figures.put(Figure.TIME_TO_PEAK, slices.get(reached).seconds);
        figures.put(Figure.WARM_UP_CPU, Math.max(0, cpu(warmUp) - requests(warmUp) * peakCpuPerRequest));
    }

    private static List<Slice> around(List<Slice> slices, int at) {
        int from = Math.max(0, at - SMOOTHED_SLICES + 1);
        return slices.subList(from, at + 1);
    }

    private static double rate(List<Slice> slices) {
        return requests(slices) / slices.stream().mapToDouble(Slice::length).sum();
    }

    private static double requests(List<Slice> slices) {
        return slices.stream().mapToLong(Slice::requests).sum();
    }

    private static double cpu(List<Slice> slices) {
        return slices.stream().mapToDouble(Slice::cpuSeconds).sum();
    }
}
