package dev.weir.report.page;

import dev.weir.report.data.Results;
import dev.weir.report.figures.Agreement;
import dev.weir.report.figures.Pair;
import dev.weir.report.figures.Verdict;
import dev.weir.report.text.ComparisonText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Two runs beside each other, as a page. */
public final class HtmlComparison {
    private static final String TITLE = "Two runs of Weir side by side";

    private HtmlComparison() {}

    /** The names say which run is which. */
    public static String of(String firstName, Results first, String secondName, Results second) throws IOException {
        Agreement agreement = new Agreement(Pair.of(first, second));
        Html html = new Html();
        html.element("h1", TITLE).element("p", "A: " + firstName).element("p", "B: " + secondName);
        List<String> sentences = ComparisonText.verdict(agreement);
        html.element("p", "class=\"verdict\"", sentences.getFirst());
        sentences.subList(1, sentences.size()).forEach(sentence -> html.element("p", sentence));
        differences(html, ComparisonText.differences(first.environment(), second.environment()));
        if (!agreement.apart().isEmpty()) {
            html.element("h2", "Apart, the largest gap first");
            table(html, agreement.apart());
        }
        if (!agreement.pairs().isEmpty()) {
            html.element("h2", "What agreeing means").element("p", ComparisonText.DEFINITION);
            html.element("h2", "All figures");
            table(html, agreement.pairs());
        }
        return Page.wrap(TITLE, html.toString(), false);
    }

    private static void differences(Html html, Map<String, String> differences) {
        if (differences.isEmpty()) {
            html.element("p", "Same machine, same commit.");
            return;
        }
        html.element("p", "What differs between the two:").raw("<ul>");
        differences.forEach((key, values) -> html.element("li", key + ": " + values));
        html.raw("</ul>");
    }

    private static void table(Html html, List<Pair> pairs) {
        html.raw("<div class=\"wide\"><table class=\"pairs\"><thead><tr>");
        ComparisonText.HEADS.forEach(head -> html.element("th", head));
        html.raw("</tr></thead><tbody>");
        for (Pair pair : pairs) {
            html.raw("<tr>");
            List<String> cells = ComparisonText.cells(pair);
            html.element("th", cells.getFirst());
            for (int i = 1; i < cells.size(); i++) {
                html.element("td", i == ComparisonText.WORD ? attributes(pair) : "", cells.get(i));
            }
            html.raw("</tr>");
        }
        html.raw("</tbody></table></div>");
    }

    private static String attributes(Pair pair) {
        Verdict verdict = pair.isJudged() ? pair.verdict() : Verdict.NOT_SHOWN;
        return verdict == Verdict.NOT_SHOWN ? "" : "class=\"" + verdict.name().toLowerCase(Locale.ROOT) + "\"";
    }
}
