package dev.weir.report.text;

import dev.weir.report.data.Environment;
import dev.weir.report.data.Results;
import dev.weir.report.data.Round;
import dev.weir.report.data.Series;
import dev.weir.report.figures.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sentences that the page and the Markdown share. */
public final class ReportText {
    public static final String TITLE = "Weir side by side";

    public static final String GLANCE =
            "Weir's figure divided by the baseline's, in the same round: the median over the rounds and, in brackets, the range."
                    + " Where the range contains 1, no difference was shown.";

    public static final String NOTHING_TO_COMPARE =
            "Weir and the product that it is measured against did not both take part: there is nothing to compare.";

    public static final String READING =
            "Rounds are interleaved: everybody once, then everybody again, another one first each time. A round in which the host took"
                    + " CPU away, or other processes used it, is measured again, and the quietest rounds count. A cell is the median over"
                    + " them with the range in brackets. CPU of a proxy is the run time of all its threads, by the kernel's scheduler;"
                    + " CPU of the machine is everything that all CPUs did, kernel threads, load and origin included. Requests and bytes"
                    + " are counted by the origin within the window. The direct line is the origin without a proxy: the floor, and how"
                    + " far its own figures move is the machine's drift, which no proxy explains.";

    private ReportText() {}

    /** When, on which commit. */
    public static String measuredAt(Results results) {
        String when = results.invocations().isEmpty()
                ? ""
                : " on " + results.invocations().getFirst().startedAt().substring(0, "2000-01-01".length());
        return "Measured" + when + " at commit " + results.environment().commit() + " with "
                + results.environment().cpus() + " CPUs ("
                + results.environment().cpu() + "), Linux "
                + results.environment().kernel().split(" ")[0] + ".";
    }

    public static String point(Series series) {
        return Numbers.point(series.value()) + " " + series.axis();
    }

    /** How quiet it was, and whether everybody was warm. */
    public static String rounds(Series series) {
        List<Round> kept = series.keptRounds();
        StringBuilder out = new StringBuilder(ReportText.point(series) + ": " + kept.size() + " of "
                + series.rounds().size() + " rounds count");
        double stolen = kept.stream().mapToDouble(Round::stolenPercent).max().orElse(0);
        double foreign = kept.stream().mapToDouble(Round::foreignPercent).max().orElse(0);
        out.append(
                String.format(Locale.ROOT, "; the host took up to %.1f %%, other processes %.1f %%", stolen, foreign));
        new Summary(series)
                .drift()
                .ifPresent(spread -> out.append("; the direct line moved by ").append(Numbers.percent(spread.width())));
        List<String> cold = series.warmUps().entrySet().stream()
                .filter(entry -> !entry.getValue().isSteady())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!cold.isEmpty()) {
            out.append("; not steady by the end of the warm-up: ").append(String.join(", ", cold));
        }
        return out.append('.').toString();
    }

    /** As rows. */
    public static Map<String, String> environment(Environment environment) {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("CPU", environment.cpu() + ", " + environment.cpus() + " used");
        rows.put("memory", environment.memoryMegabytes() + " MB");
        rows.put("kernel", environment.kernel());
        rows.put("virtualization", environment.virtualization());
        rows.put("frequency governor", environment.governor());
        rows.put("io_uring", environment.ioUring());
        rows.put("JDK", environment.jdk());
        rows.put("commit", environment.commit());
        environment.settings().forEach(rows::put);
        environment.mitigations().forEach((name, state) -> rows.put("mitigation: " + name, state));
        return rows;
    }
}
