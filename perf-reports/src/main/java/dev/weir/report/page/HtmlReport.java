package dev.weir.report.page;

import com.google.gson.Gson;
import dev.weir.report.data.DataFolder;
import dev.weir.report.data.Product;
import dev.weir.report.data.Results;
import dev.weir.report.data.Series;
import dev.weir.report.figures.Column;
import dev.weir.report.figures.Column.Kind;
import dev.weir.report.figures.Section;
import dev.weir.report.figures.Summary;
import dev.weir.report.figures.Verdict;
import dev.weir.report.text.Cells;
import dev.weir.report.text.Glance;
import dev.weir.report.text.ReportText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page of one report. */
public final class HtmlReport {
    private final Results results;
    private final String introduction;
    private final LatencyCurves curves;
    private final Html html = new Html();
    private final List<Chart> charts = new ArrayList<>();

    /** @param introduction what a person wrote about this run: paragraphs and lists of Markdown; may be empty */
    public HtmlReport(Results results, String introduction, DataFolder data) {
        this.results = results;
        this.introduction = introduction;
        this.curves = new LatencyCurves(data);
    }

    public String render() throws IOException {
        List<Section> sections = Section.of(results);
        html.element("h1", ReportText.TITLE).element("p", "class=\"when\"", ReportText.measuredAt(results));
        if (!introduction.isBlank()) {
            html.raw(Prose.toHtml(introduction));
        }
        contents(sections);
        glance();
        html.element("h2", "How to read the figures").element("p", ReportText.READING);
        for (Section section : sections) {
            section(section);
        }
        environment();
        html.raw("<script type=\"application/json\" id=\"charts\">"
                + new Gson().toJson(charts).replace("</", "<\\/") + "</script>");
        return Page.wrap(ReportText.TITLE, html.toString(), true);
    }

    private void contents(List<Section> sections) {
        html.raw("<nav><ul>");
        for (Section section : sections) {
            html.raw("<li><a href=\"#" + section.anchor() + "\">" + Html.escape(section.heading()) + "</a></li>");
        }
        html.raw("</ul></nav>");
    }

    private void glance() {
        Glance glance = new Glance(results);
        html.element("h2", "At a glance");
        if (glance.rows().isEmpty()) {
            html.element("p", ReportText.NOTHING_TO_COMPARE);
            return;
        }
        html.element("p", ReportText.GLANCE).raw("<div class=\"wide\"><table>");
        html.raw("<thead><tr>");
        glance.heads().forEach(head -> html.element("th", head));
        html.raw("</tr></thead><tbody>");
        for (Glance.Row row : glance.rows()) {
            html.raw("<tr>");
            html.element("th", row.cells().getFirst().text());
            for (Glance.Cell cell : row.cells().subList(1, row.cells().size())) {
                html.element("td", verdictClass(cell.verdict()), cell.text());
            }
            html.raw("</tr>");
        }
        html.raw("</tbody></table></div>");
    }

    private static String verdictClass(Verdict verdict) {
        return verdict == null || verdict == Verdict.NOT_SHOWN
                ? ""
                : "class=\"" + verdict.name().toLowerCase(Locale.ROOT) + "\"";
    }

    private void section(Section section) throws IOException {
        html.element("h2", "id=\"" + section.anchor() + "\"", section.heading());
        html.element("p", section.any().question());
        html.raw("<div class=\"charts\">");
        Charts.of(section).forEach(this::chart);
        for (Series series : section.points()) {
            curves.of(series).ifPresent(this::chart);
        }
        html.raw("</div>");
        for (Series series : section.points()) {
            point(series);
        }
        html.raw("<details><summary>Commands</summary><pre>");
        section.any().commands().forEach((name, command) -> html.raw(Html.escape(name + ": " + command)));
        html.raw("</pre></details>");
    }

    private void chart(Chart chart) {
        html.raw("<figure><figcaption>" + Html.escape(chart.title()) + "</figcaption><div class=\"chart\" data-chart=\""
                + charts.size() + "\"></div></figure>");
        charts.add(chart);
    }

    private void point(Series series) {
        Summary summary = new Summary(series);
        List<Column> columns = Column.of(series);
        html.raw("<div class=\"wide\"><table><thead><tr>").element("th", ReportText.point(series));
        columns.forEach(column -> html.element("th", Cells.head(column, summary)));
        html.raw("</tr></thead><tbody>");
        for (String product : summary.products()) {
            html.raw("<tr>").element("th", "class=\"product " + product + "\"", product);
            columns.forEach(column -> html.element(
                    "td", verdictClass(verdict(column, summary, product)), Cells.cell(column, summary, product)));
            html.raw("</tr>");
        }
        html.raw("</tbody></table></div>").element("p", "class=\"rounds\"", ReportText.rounds(series));
        for (Map.Entry<String, String> note : series.notes().entrySet()) {
            html.element("p", "class=\"rounds\"", "Note on " + note.getKey() + ": " + note.getValue());
        }
    }

    private static Verdict verdict(Column column, Summary summary, String product) {
        if (column.kind() != Kind.RATIO || product.equals(Summary.DIRECT)) {
            return null;
        }
        return Cells.ratio(column, summary, product)
                .map(ratio -> summary.verdict(column.figure(), ratio))
                .orElse(null);
    }

    private void environment() {
        html.element("h2", "Where it was measured").raw("<div class=\"wide\"><table class=\"plain\"><tbody>");
        ReportText.environment(results.environment())
                .forEach((key, value) ->
                        html.raw("<tr>").element("th", key).element("td", value).raw("</tr>"));
        html.raw("</tbody></table></div><div class=\"wide\"><table class=\"plain\"><thead><tr>");
        List.of("product", "version", "executable", "note").forEach(head -> html.element("th", head));
        html.raw("</tr></thead><tbody>");
        for (Product product : results.products()) {
            html.raw("<tr>")
                    .element("th", product.name())
                    .element("td", product.version())
                    .element("td", product.executable())
                    .element("td", product.note())
                    .raw("</tr>");
        }
        html.raw("</tbody></table></div>")
                .element("p", "Commands, which reproduce.sh repeats:")
                .raw("<pre>");
        results.invocations()
                .forEach(one ->
                        html.raw(Html.escape(one.command() + "   # " + one.startedAt() + ", " + one.seconds() + " s")));
        html.raw("</pre>");
    }
}
