package dev.weir.bench.run;

import dev.weir.bench.machine.MachineCounters;
import dev.weir.bench.machine.ProcessCounters;
import dev.weir.bench.origin.OriginFigures;
import dev.weir.bench.product.Product;
import dev.weir.report.data.Figure;
import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Set;

/**
 * Everything that counts, at one moment. Two of them make the figures of a window.
 *
 * @param timeNs when
 * @param origin what was served
 * @param product what the product under test has used
 * @param ours what this program and all its children have used
 * @param machine what all CPUs have done
 */
record Snapshot(
        long timeNs, OriginFigures origin, ProcessCounters product, ProcessCounters ours, MachineCounters machine) {
    private static final double MICROS = 1e6;
    private static final double BYTES_PER_GIGABYTE = 1e9;
    private static final double BITS_PER_BYTE = 8;

    private static final Set<Figure> OF_PROXIES = EnumSet.of(
            Figure.PROXY_CPU_PER_REQUEST,
            Figure.PROXY_CPU_PER_GIGABYTE,
            Figure.PROXY_CPU_SHARE,
            Figure.CONTEXT_SWITCHES_PER_REQUEST);

    static Snapshot of(Stage stage, Running product) throws IOException {
        return new Snapshot(
                System.nanoTime(),
                stage.counters().read(),
                product.counters(),
                ProcessCounters.of(ProcessHandle.current()),
                stage.machine());
    }

    double secondsSince(Snapshot before) {
        return (timeNs - before.timeNs) / 1e9;
    }

    double stolenPercentSince(Snapshot before) {
        return machine.stolenPercentSince(before.machine);
    }

    /** What others than this run used of the whole machine. Kernel threads count as others. */
    double foreignPercentSince(Snapshot before) {
        double foreign = machine.busySecondsSince(before.machine) - ours.cpuSecondsSince(before.ours);
        return Math.max(0, 100 * foreign / (secondsSince(before) * machine.cpus()));
    }

    /** Rates, CPU and switches; latencies are the judge's. */
    EnumMap<Figure, Double> figuresSince(Snapshot before, Stage stage, String name, boolean countsBytes) {
        EnumMap<Figure, Double> figures = new EnumMap<>(Figure.class);
        if (countsBytes) {
            putPerByte(figures, before);
        } else {
            putPerRequest(figures, before);
        }
        putShares(figures, before, stage.placement());
        if (name.equals(Product.DIRECT)) {
            figures.keySet().removeAll(OF_PROXIES);
        }
        return figures;
    }

    private void putPerByte(EnumMap<Figure, Double> figures, Snapshot before) {
        double gigabytes = origin.since(before.origin).bytes() / BYTES_PER_GIGABYTE;
        figures.put(Figure.BYTE_RATE, gigabytes * BITS_PER_BYTE / secondsSince(before));
        figures.put(Figure.PROXY_CPU_PER_GIGABYTE, product.cpuSecondsSince(before.product) / gigabytes);
        figures.put(Figure.MACHINE_CPU_PER_GIGABYTE, machine.busySecondsSince(before.machine) / gigabytes);
    }

    private void putPerRequest(EnumMap<Figure, Double> figures, Snapshot before) {
        double requests = origin.since(before.origin).requests();
        figures.put(Figure.REQUEST_RATE, requests / secondsSince(before));
        figures.put(Figure.PROXY_CPU_PER_REQUEST, product.cpuSecondsSince(before.product) * MICROS / requests);
        figures.put(Figure.MACHINE_CPU_PER_REQUEST, machine.busySecondsSince(before.machine) * MICROS / requests);
        figures.put(Figure.CONTEXT_SWITCHES_PER_REQUEST, product.contextSwitchesSince(before.product) / requests);
    }

    private void putShares(EnumMap<Figure, Double> figures, Snapshot before, Placement placement) {
        double seconds = secondsSince(before);
        double proxyCpu = product.cpuSecondsSince(before.product);
        double loadCpu = machine.loadBusySecondsSince(before.machine);
        figures.put(
                Figure.PROXY_CPU_SHARE,
                100 * proxyCpu / seconds / placement.proxy().size());
        if (!placement.sharesCpus()) {
            figures.put(
                    Figure.LOAD_CPU_SHARE,
                    100 * loadCpu / seconds / placement.load().size());
        }
    }
}
