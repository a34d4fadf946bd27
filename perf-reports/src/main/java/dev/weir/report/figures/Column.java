package dev.weir.report.figures;

import dev.weir.report.data.Figure;
import dev.weir.report.data.Series;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A column of a report's table.
 *
 * @param figure of which
 * @param kind itself, or something made of it
 */
public record Column(Figure figure, Kind kind) {
    /** What is made of a figure. */
    public enum Kind {
        VALUE,
        /** To the baseline, within the same round. */
        RATIO,
        /** Less the direct line's, within the same round. */
        ADDED
    }

    private static final Set<Figure> WITH_RATIO = EnumSet.of(
            Figure.REQUEST_RATE,
            Figure.CONNECTION_RATE,
            Figure.BYTE_RATE,
            Figure.PROXY_CPU_PER_REQUEST,
            Figure.MACHINE_CPU_PER_REQUEST,
            Figure.PROXY_CPU_PER_GIGABYTE,
            Figure.MACHINE_CPU_PER_GIGABYTE,
            Figure.FIRST_BYTE,
            Figure.RESIDENT_PEAK,
            Figure.USER_BYTES_PER_CONNECTION);

    private static final Set<Figure> WITH_ADDED = EnumSet.of(Figure.P50, Figure.P99, Figure.P999);

    /** Those of a series, in order. Where a rate was prescribed, latencies are the point, and what the proxy adds to them. */
    public static List<Column> of(Series series) {
        Summary summary = new Summary(series);
        List<Figure> figures = summary.figures();
        boolean isOpenLoop = figures.contains(Figure.OFFERED_RATE);
        boolean hasDirect = summary.products().contains(Summary.DIRECT);
        List<Column> columns = new ArrayList<>();
        for (Figure figure : figures) {
            columns.add(new Column(figure, Kind.VALUE));
            if (WITH_RATIO.contains(figure)
                    && summary.baseline().isPresent()
                    && !(isOpenLoop && figure == Figure.REQUEST_RATE)) {
                columns.add(new Column(figure, Kind.RATIO));
            }
            if (WITH_ADDED.contains(figure) && isOpenLoop && hasDirect) {
                columns.add(new Column(figure, Kind.ADDED));
            }
        }
        return columns;
    }
}
