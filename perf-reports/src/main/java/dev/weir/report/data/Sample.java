package dev.weir.report.data;

import java.util.EnumMap;

/**
 * What one product did in one round.
 *
 * @param figures what was measured
 * @param histogram file with the latencies, relative to the data folder; empty if there is none
 */
public record Sample(EnumMap<Figure, Double> figures, String histogram) {}
