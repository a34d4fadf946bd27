package dev.weir.report.text;

import dev.weir.report.data.Environment;
import dev.weir.report.data.Results;
import dev.weir.report.figures.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Two runs beside each other, as text. */
public final class ComparisonText {
    public static final List<String> HEADS =
            List.of("scenario", "placement", "point", "product", "figure", "A", "B", "B / A", "");

    private ComparisonText() {}

    public static String of(Results first, Results second) {
        List<Pair> pairs = Pair.of(first, second);
        StringBuilder out = new StringBuilder();
        differences(first.environment(), second.environment())
                .forEach((key, values) ->
                        out.append(key).append(": ").append(values).append('\n'));
        TextTable table = new TextTable(HEADS);
        pairs.forEach(pair -> table.add(cells(pair)));
        return out.append(table.aligned()).append(agreement(pairs)).append('\n').toString();
    }

    /** What is not the same, as {@code A: ..., B: ...} by name. */
    public static Map<String, String> differences(Environment first, Environment second) {
        Map<String, String> ours = ReportText.environment(first);
        Map<String, String> theirs = ReportText.environment(second);
        ours.replaceAll((key, value) -> value.equals(theirs.get(key)) ? "" : "A: " + value + ", B: " + theirs.get(key));
        ours.values().removeIf(String::isEmpty);
        return ours;
    }

    public static List<String> cells(Pair pair) {
        List<String> cells = new ArrayList<>();
        cells.add(pair.series().scenario());
        cells.add(pair.series().placement());
        cells.add(ReportText.point(pair.series()));
        cells.add(pair.product());
        cells.add(SeriesText.head(pair.figure()));
        cells.add(Numbers.withSpread(pair.first()));
        cells.add(Numbers.withSpread(pair.second()));
        cells.add(String.format(Locale.ROOT, "%.2f", pair.change()));
        cells.add(
                switch (pair.verdict()) {
                    case NOT_SHOWN -> pair.agrees() ? "ranges overlap" : "ranges apart";
                    case BETTER -> "B better";
                    case WORSE -> "B worse";
                });
        return cells;
    }

    /** One sentence over all. */
    public static String agreement(List<Pair> pairs) {
        long agreeing = pairs.stream().filter(Pair::agrees).count();
        return pairs.isEmpty()
                ? "The two runs have no measurement in common."
                : agreeing + " of " + pairs.size() + " figures agree within the ranges that both runs report.";
    }
}
