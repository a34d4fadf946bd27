package dev.weir.bench.scenario;

import dev.weir.bench.product.Mode;
import java.util.List;

/**
 * A kind of traffic, at several points.
 *
 * @param name on the command line
 * @param title a line
 * @param question what it answers, what decides it, what it does not show
 * @param mode of the proxies
 * @param splices bulk: splice(2) is on where a product has it
 * @param hasRules conditions and header rules are in the configurations of {@code mode http}
 * @param axis what differs between the points
 * @param points of a full run
 * @param quickPoints of {@code --quick}; empty if it is not part of that
 * @param probe how figures are taken
 */
public record Scenario(
        String name,
        String title,
        String question,
        Mode mode,
        boolean splices,
        boolean hasRules,
        String axis,
        List<Integer> points,
        List<Integer> quickPoints,
        Probe probe) {}
