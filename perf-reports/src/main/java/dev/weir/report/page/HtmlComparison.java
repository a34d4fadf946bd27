package dev.weir.report.page;

import dev.weir.report.data.Results;
import dev.weir.report.figures.Pair;
import dev.weir.report.figures.Verdict;
import dev.weir.report.text.ComparisonText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Two runs beside each other, as a page. */
public final class HtmlComparison {
    private HtmlComparison() {}

    /** The names say which run is which. */
    public static String of(String firstName, Results first, String secondName, Results second) throws IOException {
        List<Pair> pairs = Pair.of(first, second);
        Html html = new Html();
        html.element("h1", "Two runs of Weir side by side")
                .element("p", "A: " + firstName)
                .element("p", "B: " + secondName)
                .element("p", ComparisonText.agreement(pairs));
        html.raw("<ul>");
        ComparisonText.differences(first.environment(), second.environment())
                .forEach((key, values) -> html.element("li", key + ": " + values));
        html.raw("</ul><div class=\"wide\"><table><thead><tr>");
        ComparisonText.HEADS.forEach(head -> html.element("th", head));
        html.raw("</tr></thead><tbody>");
        for (Pair pair : pairs) {
            html.raw("<tr>");
            List<String> cells = ComparisonText.cells(pair);
            for (int i = 0; i < cells.size(); i++) {
                html.element("td", i == cells.size() - 1 ? attributes(pair.verdict()) : "", cells.get(i));
            }
            html.raw("</tr>");
        }
        html.raw("</tbody></table></div>");
        return Page.wrap("Two runs", html.toString(), false);
    }

    private static String attributes(Verdict verdict) {
        return verdict == Verdict.NOT_SHOWN ? "" : "class=\"" + verdict.name().toLowerCase(Locale.ROOT) + "\"";
    }
}
