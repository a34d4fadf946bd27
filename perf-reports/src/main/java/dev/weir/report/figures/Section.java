package dev.weir.report.figures;

import dev.weir.report.data.Results;
import dev.weir.report.data.Series;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One scenario in one placement: what a report has a heading for.
 *
 * @param points in the axis' order, at least one
 */
public record Section(List<Series> points) {
    /** All of them, scenario by scenario, as they were first measured. */
    public static List<Section> of(Results results) {
        Map<String, Section> all = new LinkedHashMap<>();
        for (Series series : results.series()) {
            all.computeIfAbsent(
                    series.scenario() + " " + series.placement(),
                    key -> new Section(results.points(series.scenario(), series.placement())));
        }
        return List.copyOf(all.values());
    }

    /** What all points have in common. */
    public Series any() {
        return points.getFirst();
    }

    /** For a link within a page. */
    public String anchor() {
        return any().scenario() + "-" + any().placement();
    }

    public String heading() {
        return any().title() + " – " + any().placementText();
    }
}
