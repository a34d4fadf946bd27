package dev.weir.report.text;

import dev.weir.report.data.Figure;
import dev.weir.report.data.Results;
import dev.weir.report.data.Series;
import dev.weir.report.figures.Section;
import dev.weir.report.figures.Spread;
import dev.weir.report.figures.Summary;
import dev.weir.report.figures.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Weir beside the baseline over all points, winners and losers in one table. */
public final class Glance {
    private static final String OURS = "weir";

    /** Each column takes the first of its figures that a series has. */
    private static final List<List<Figure>> COLUMNS = List.of(
            List.of(Figure.REQUEST_RATE, Figure.BYTE_RATE),
            List.of(Figure.PROXY_CPU_PER_REQUEST, Figure.PROXY_CPU_PER_GIGABYTE),
            List.of(Figure.MACHINE_CPU_PER_REQUEST, Figure.MACHINE_CPU_PER_GIGABYTE),
            List.of(Figure.P50),
            List.of(Figure.P99),
            List.of(Figure.FIRST_BYTE, Figure.USER_BYTES_PER_CONNECTION));

    private static final List<String> HEADS = List.of(
            "scenario",
            "placement",
            "point",
            "throughput",
            "proxy CPU",
            "machine CPU",
            "p50",
            "p99",
            "first byte or memory");

    private final List<Row> rows;
    /** Numbers of the columns that say something somewhere. */
    private final List<Integer> shown;

    /**
     * A cell.
     *
     * @param verdict null where there is nothing to judge
     */
    public record Cell(String text, Verdict verdict) {
        static Cell plain(String text) {
            return new Cell(text, null);
        }
    }

    /**
     * A row.
     *
     * @param anchor of the section that says more
     */
    public record Row(String anchor, List<Cell> cells) {}

    public Glance(Results results) {
        List<Row> all = all(results);
        shown = IntStream.range(0, HEADS.size())
                .filter(column ->
                        all.stream().anyMatch(row -> !row.cells.get(column).text.isEmpty()))
                .boxed()
                .toList();
        rows = all.stream()
                .map(row ->
                        new Row(row.anchor, shown.stream().map(row.cells::get).toList()))
                .toList();
    }

    public List<String> heads() {
        return shown.stream().map(HEADS::get).toList();
    }

    public List<Row> rows() {
        return rows;
    }

    private static List<Row> all(Results results) {
        List<Row> rows = new ArrayList<>();
        for (Section section : Section.of(results)) {
            for (Series series : section.points()) {
                Summary summary = new Summary(series);
                if (summary.products().contains(OURS)
                        && !summary.baseline().orElse(OURS).equals(OURS)) {
                    rows.add(new Row(section.anchor(), cells(series, summary)));
                }
            }
        }
        return rows;
    }

    private static List<Cell> cells(Series series, Summary summary) {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.plain(series.scenario()));
        cells.add(Cell.plain(series.placement()));
        cells.add(Cell.plain(ReportText.point(series)));
        List<Figure> present = new ArrayList<>(summary.figures());
        if (present.contains(Figure.OFFERED_RATE)) {
            present.remove(Figure.REQUEST_RATE); // the same for all, by order
        }
        for (List<Figure> column : COLUMNS) {
            cells.add(column.stream()
                    .filter(present::contains)
                    .findFirst()
                    .map(figure -> cell(summary, figure))
                    .orElse(Cell.plain("")));
        }
        return cells;
    }

    private static Cell cell(Summary summary, Figure figure) {
        Optional<Spread> ratio = summary.ratio(OURS, summary.baseline().orElseThrow(), figure);
        return ratio.map(spread -> new Cell(Numbers.ratio(spread), summary.verdict(figure, spread)))
                .orElse(Cell.plain(""));
    }
}
