package dev.weir.bench.judge;

import dev.weir.report.data.Figure;
import java.util.EnumMap;
import org.HdrHistogram.Histogram;

/**
 * What a judge has seen.
 *
 * @param latencies percentiles in microseconds, those that it tells
 * @param histogram of latencies in nanoseconds, or null
 * @param errors what went wrong, in words; empty if nothing did
 */
public record Judgement(EnumMap<Figure, Double> latencies, Histogram histogram, String errors) {}
