package dev.weir.bench.run;

import dev.weir.bench.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was asked for.
 *
 * @param root the project's folder
 * @param scenarios what to measure
 * @param points of each scenario's axis, empty for the scenario's own
 * @param placements where
 * @param only names of products, empty for all
 * @param executables chosen by the user, by product
 * @param judge {@code weir} or {@code wrk}
 * @param portBase the origin's port; the products' follow
 * @param rounds that are to count
 * @param windowSeconds of a measurement
 * @param leadSeconds of load before it
 * @param warmUpSecondsMax patience of the warm-up's rule
 * @param disturbedPercent a round in which the host or others took more is measured again
 * @param isQuick the short form
 * @param spins busy polling, where a product has it
 * @param countsSystemCalls with perf, in a pass of its own
 */
public record Settings(
        Path root,
        List<Scenario> scenarios,
        Set<Integer> points,
        List<Placement> placements,
        Set<String> only,
        Map<String, Path> executables,
        String judge,
        int portBase,
        int rounds,
        double windowSeconds,
        double leadSeconds,
        double warmUpSecondsMax,
        double disturbedPercent,
        boolean isQuick,
        boolean spins,
        boolean countsSystemCalls) {
    private static final int ATTEMPTS = 3;

    boolean includes(String product) {
        return only.isEmpty() || only.contains(product);
    }

    /** What has to start a product for each round is measured once when time is short. */
    int roundsOf(Scenario scenario) {
        return isQuick && !scenario.probe().needsRunningProducts() ? 1 : rounds;
    }

    /** A busy machine may not make a quick look a long one. */
    int roundsMax(Scenario scenario) {
        return isQuick ? roundsOf(scenario) : ATTEMPTS * rounds;
    }

    List<Integer> pointsOf(Scenario scenario) {
        List<Integer> own = isQuick && !scenario.quickPoints().isEmpty() ? scenario.quickPoints() : scenario.points();
        return points.isEmpty() ? own : List.copyOf(points);
    }
}
