package dev.weir.report.data;

import java.util.List;
import java.util.Map;

/**
 * One point of a scenario in one placement: the same traffic for all products, in interleaved rounds.
 *
 * @param scenario its name on the command line
 * @param title a line
 * @param question what it answers, what decides it and what it does not show
 * @param placement its name
 * @param placementText which CPUs the proxy has and which the load
 * @param axis what differs between the points of this scenario ({@code connections})
 * @param value where this point is on it
 * @param commands by product, how it was started, and under {@code load} and {@code origin} those
 * @param notes by product, what could not be measured and why
 * @param warmUps by product
 * @param rounds in time's order, also those that do not count
 */
public record Series(
        String scenario,
        String title,
        String question,
        String placement,
        String placementText,
        String axis,
        double value,
        Map<String, String> commands,
        Map<String, String> notes,
        Map<String, WarmUp> warmUps,
        List<Round> rounds) {
    /** Whether the other one is another measurement of the same point. */
    public boolean isSamePointAs(Series other) {
        return scenario.equals(other.scenario) && placement.equals(other.placement) && value == other.value;
    }

    public List<Round> keptRounds() {
        return rounds.stream().filter(Round::isKept).toList();
    }
}
