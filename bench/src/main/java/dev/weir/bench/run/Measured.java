package dev.weir.bench.run;

import dev.weir.report.data.Figure;
import java.util.EnumMap;
import org.HdrHistogram.Histogram;

/**
 * One product's figures of one round, and how quiet the machine was.
 *
 * @param histogram of latencies in nanoseconds, or null
 * @param errors what went wrong, in the judge's words; empty if nothing did
 * @param load command line of the load; empty if there was none
 */
record Measured(
        EnumMap<Figure, Double> figures,
        Histogram histogram,
        double stolenPercent,
        double foreignPercent,
        String errors,
        String load) {}
