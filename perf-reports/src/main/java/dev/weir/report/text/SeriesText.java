package dev.weir.report.text;

import dev.weir.report.data.Figure;
import dev.weir.report.data.Series;
import dev.weir.report.figures.Column;
import dev.weir.report.figures.Column.Kind;
import dev.weir.report.figures.Summary;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One series as the runner shows it when it is done: medians, and ratios to the baseline with their ranges. */
public final class SeriesText {
    /** What a terminal has no room for; the report has it. */
    private static final Set<Figure> LEFT_OUT = EnumSet.of(
            Figure.MEAN,
            Figure.P75,
            Figure.P90,
            Figure.P9999,
            Figure.MAX,
            Figure.OFFERED_RATE,
            Figure.PROXY_CPU_SHARE,
            Figure.LOAD_CPU_SHARE,
            Figure.CONTEXT_SWITCHES_PER_REQUEST,
            Figure.SYSTEM_CALLS_PER_REQUEST,
            Figure.RESIDENT_LOADED);

    /** Whose ratios have room. */
    private static final Set<Figure> COMPARED = EnumSet.of(
            Figure.REQUEST_RATE,
            Figure.BYTE_RATE,
            Figure.PROXY_CPU_PER_REQUEST,
            Figure.PROXY_CPU_PER_GIGABYTE,
            Figure.FIRST_BYTE,
            Figure.USER_BYTES_PER_CONNECTION);

    private SeriesText() {}

    /** For a terminal. */
    public static String of(Series series) {
        Summary summary = new Summary(series);
        List<Column> columns =
                Column.of(series).stream().filter(SeriesText::isShown).toList();
        List<String> heads = new ArrayList<>(List.of(ReportText.point(series)));
        columns.forEach(column -> heads.add(Cells.head(column, summary)));
        TextTable table = new TextTable(heads);
        for (String product : summary.products()) {
            List<String> cells = new ArrayList<>(List.of(product));
            columns.forEach(column -> cells.add(Cells.brief(column, summary, product)));
            table.add(cells);
        }
        StringBuilder out = new StringBuilder(table.aligned());
        for (Map.Entry<String, String> note : series.notes().entrySet()) {
            out.append("  ")
                    .append(note.getKey())
                    .append(": ")
                    .append(note.getValue())
                    .append('\n');
        }
        return out.toString();
    }

    private static boolean isShown(Column column) {
        return !LEFT_OUT.contains(column.figure())
                && (column.kind() == Kind.VALUE || column.kind() == Kind.RATIO && COMPARED.contains(column.figure()));
    }

    /** A figure's name with its unit. */
    public static String head(Figure figure) {
        return figure.unit().isEmpty() ? figure.label() : figure.label() + " " + figure.unit();
    }
}
