package dev.weir.report.text;

import dev.weir.report.data.Environment;
import dev.weir.report.data.Results;
import dev.weir.report.figures.Agreement;
import dev.weir.report.figures.Agreement.Count;
import dev.weir.report.figures.Pair;
import dev.weir.report.figures.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Two runs beside each other, as text; its sentences are the page's, too. */
public final class ComparisonText {
    /** Which of the columns says whether the two agree. */
    public static final int WORD = 4;

    public static final List<String> HEADS =
            List.of("scenario", "point", "product", "figure", "A and B", "A", "B", "B / A");

    public static final String DEFINITION =
            "A figure agrees if the ranges that both runs report for it, from the lowest to the highest of the rounds that count, have a"
                    + " value in common; else the two are apart, by the gap between the ranges, as a share of A's median. Ranges of"
                    + " m and n rounds of the very same thing are apart by chance in 2 m! n! / (m + n)! of all cases (10 % for 3 and 3,"
                    + " 2.9 % for 4 and 4, 0.8 % for 5 and 5). Figures hang together, so several tend to be apart at once: with everything"
                    + " on one CPU, requests/s is the inverse of machine CPU. What the rounds of one run have in common, such as how the"
                    + " JIT compiled a process or where its memory lies, is not in their range, and does differ between two runs.";

    private ComparisonText() {}

    public static String of(Results first, Results second) {
        Agreement agreement = new Agreement(Pair.of(first, second));
        StringBuilder out = new StringBuilder();
        verdict(agreement).forEach(sentence -> out.append(sentence).append('\n'));
        differences(first.environment(), second.environment())
                .forEach((key, values) ->
                        out.append(key).append(": ").append(values).append('\n'));
        if (!agreement.apart().isEmpty()) {
            out.append("\nApart, the largest gap first:\n").append(table(agreement.apart()));
        }
        if (!agreement.pairs().isEmpty()) {
            out.append("\nAll:\n")
                    .append(table(agreement.pairs()))
                    .append('\n')
                    .append(DEFINITION)
                    .append('\n');
        }
        return out.toString();
    }

    private static String table(List<Pair> pairs) {
        TextTable table = new TextTable(HEADS);
        pairs.forEach(pair -> table.add(cells(pair)));
        return table.aligned();
    }

    /** What is not the same, as {@code A: ..., B: ...} by name. */
    public static Map<String, String> differences(Environment first, Environment second) {
        Map<String, String> ours = ReportText.environment(first);
        Map<String, String> theirs = ReportText.environment(second);
        ours.replaceAll((key, value) -> value.equals(theirs.get(key)) ? "" : "A: " + value + ", B: " + theirs.get(key));
        ours.values().removeIf(String::isEmpty);
        return ours;
    }

    /** Under {@link #HEADS}. */
    public static List<String> cells(Pair pair) {
        List<String> cells = new ArrayList<>();
        cells.add(pair.series().scenario() + " " + pair.series().placement());
        cells.add(point(pair));
        cells.add(pair.product());
        cells.add(figure(pair));
        cells.add(word(pair));
        cells.add(Numbers.withSpread(pair.first()));
        cells.add(Numbers.withSpread(pair.second()));
        cells.add(String.format(Locale.ROOT, "%.2f", pair.change()));
        return cells;
    }

    /** With the rates of an open loop, which is not quite the same load in both runs. */
    private static String point(Pair pair) {
        OptionalDouble first = new Summary(pair.series()).offeredRate();
        OptionalDouble second = new Summary(pair.other()).offeredRate();
        return ReportText.point(pair.series())
                + (first.isPresent() && second.isPresent()
                        ? ", " + Numbers.point(first.getAsDouble()) + " and " + Numbers.point(second.getAsDouble())
                                + "/s"
                        : "");
    }

    private static String figure(Pair pair) {
        return pair.isRatio()
                ? pair.column().figure().label() + " / "
                        + new Summary(pair.series()).baseline().orElseThrow()
                : SeriesText.head(pair.column().figure());
    }

    private static String word(Pair pair) {
        if (!pair.isJudged()) {
            return "one round, no spread";
        }
        if (pair.agrees()) {
            return "agree";
        }
        return "apart by " + share(pair.gap())
                + switch (pair.verdict()) {
                    case NOT_SHOWN -> "";
                    case BETTER -> ", B better";
                    case WORSE -> ", B worse";
                };
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** Sentences over all; the first one is the count. */
    public static List<String> verdict(Agreement agreement) {
        List<String> sentences = new ArrayList<>();
        Count figures = agreement.figures();
        Count ratios = agreement.ratios();
        if (agreement.pairs().isEmpty()) {
            return List.of("The two runs have no measurement in common.");
        }
        sentences.add(count(figures) + " figures agree within the ranges that both runs report"
                + (ratios.all() == 0 ? "." : ", and " + count(ratios) + " ratios to the baseline."));
        List<Pair> apart = agreement.apart();
        if (!apart.isEmpty()) {
            sentences.add(apart(apart, agreement.expectedApart()));
            sentences.add("Agreeing figures by product: " + byProduct(agreement) + ".");
        }
        if (ratios.all() > 0) {
            sentences.add(reversed(agreement.reversed()));
        }
        if (agreement.unjudged() > 0) {
            sentences.add(
                    agreement.unjudged() + " more have only one round in a run, so no range, and are not counted.");
        }
        return sentences;
    }

    private static String count(Count count) {
        return count.agreeing() + " of " + count.all();
    }

    private static String apart(List<Pair> apart, double expected) {
        double middle = apart.get(apart.size() / 2).gap();
        return String.format(
                Locale.ROOT,
                "%d are apart: by %s at most, half of them by %s or less; chance alone would set %s apart.",
                apart.size(),
                share(apart.getFirst().gap()),
                share(middle),
                expected < 0.5 ? "hardly any" : String.format(Locale.ROOT, "about %.0f", expected));
    }

    private static String byProduct(Agreement agreement) {
        List<String> parts = new ArrayList<>();
        agreement.figuresByProduct().forEach((product, count) -> parts.add(product + " " + count(count)));
        return String.join(", ", parts);
    }

    private static String reversed(List<Pair> reversed) {
        return reversed.isEmpty()
                ? "No ratio that shows a product to be better than the baseline in one run shows it to be worse in the other."
                : reversed.size()
                        + " ratios show a product to be better than the baseline in one run and worse in the other.";
    }
}
