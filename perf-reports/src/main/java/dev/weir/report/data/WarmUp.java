package dev.weir.report.data;

import java.util.List;

/**
 * How long a product ran before it was measured.
 *
 * @param rates of the windows, in the unit of the series' first figure
 * @param isSteady whether the rule was met (the last windows agree), or patience ended first
 */
public record WarmUp(List<Double> rates, boolean isSteady) {}
