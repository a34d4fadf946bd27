package dev.weir.report.text;

import dev.weir.report.data.Environment;
import dev.weir.report.data.Product;
import dev.weir.report.data.Results;
import dev.weir.report.data.Series;
import dev.weir.report.figures.Column;
import dev.weir.report.figures.Section;
import dev.weir.report.figures.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code report.md}: everything that the page says, without plots. */
public final class MarkdownReport {
    private final Results results;
    private final String introduction;
    private final StringBuilder out = new StringBuilder();

    /** @param introduction what a person wrote about this run, in Markdown; may be empty */
    public MarkdownReport(Results results, String introduction) {
        this.results = results;
        this.introduction = introduction;
    }

    public String render() {
        paragraph("# " + ReportText.TITLE);
        paragraph(ReportText.measuredAt(results));
        if (!introduction.isBlank()) {
            paragraph(introduction.strip());
        }
        paragraph("## At a glance");
        glance();
        paragraph("## How to read the figures");
        paragraph(ReportText.READING);
        for (Section section : Section.of(results)) {
            section(section);
        }
        environment();
        return out.toString();
    }

    private void paragraph(String text) {
        out.append(text).append("\n\n");
    }

    private void glance() {
        Glance glance = new Glance(results);
        if (glance.rows().isEmpty()) {
            paragraph(ReportText.NOTHING_TO_COMPARE);
            return;
        }
        paragraph(ReportText.GLANCE);
        TextTable table = new TextTable(glance.heads());
        glance.rows()
                .forEach(row ->
                        table.add(row.cells().stream().map(Glance.Cell::text).toList()));
        paragraph(table.markdown().strip());
    }

    private void section(Section section) {
        paragraph("## " + section.heading());
        paragraph(section.any().question());
        for (Series series : section.points()) {
            point(series);
        }
        paragraph("Started by:");
        out.append("```\n");
        section.any()
                .commands()
                .forEach((name, command) ->
                        out.append(name).append(": ").append(command).append('\n'));
        paragraph("```");
    }

    private void point(Series series) {
        Summary summary = new Summary(series);
        List<Column> columns = Column.of(series);
        List<String> heads = new ArrayList<>(List.of(ReportText.point(series)));
        columns.forEach(column -> heads.add(Cells.head(column, summary)));
        TextTable table = new TextTable(heads);
        for (String product : summary.products()) {
            List<String> cells = new ArrayList<>(List.of(product));
            columns.forEach(column -> cells.add(Cells.cell(column, summary, product)));
            table.add(cells);
        }
        paragraph(table.markdown().strip());
        paragraph(ReportText.rounds(series));
        for (Map.Entry<String, String> note : series.notes().entrySet()) {
            paragraph("Note on " + note.getKey() + ": " + note.getValue());
        }
    }

    private void environment() {
        paragraph("## Where it was measured");
        Environment environment = results.environment();
        TextTable table = new TextTable(List.of("what", "value"));
        ReportText.environment(environment).forEach((key, value) -> table.add(List.of(key, value)));
        paragraph(table.markdown().strip());
        TextTable products = new TextTable(List.of("product", "version", "executable", "note"));
        for (Product product : results.products()) {
            products.add(List.of(product.name(), product.version(), product.executable(), product.note()));
        }
        paragraph(products.markdown().strip());
        paragraph("Commands, which `reproduce.sh` repeats:");
        out.append("```\n");
        results.invocations()
                .forEach(one -> out.append(one.command())
                        .append("   # ")
                        .append(one.startedAt())
                        .append(", ")
                        .append(one.seconds())
                        .append(" s\n"));
        out.append("```\n");
    }
}
