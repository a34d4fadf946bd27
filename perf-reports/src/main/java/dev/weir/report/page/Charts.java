package dev.weir.report.page;

import dev.weir.report.data.Figure;
import dev.weir.report.data.Series;
import dev.weir.report.figures.Section;
import dev.weir.report.figures.Summary;
import dev.weir.report.page.Chart.Kind;
import dev.weir.report.page.Chart.Line;
import dev.weir.report.text.SeriesText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which plots a section gets. */
final class Charts {
    private static final List<Figure> DRAWN = List.of(
            Figure.REQUEST_RATE,
            Figure.BYTE_RATE,
            Figure.PROXY_CPU_PER_REQUEST,
            Figure.MACHINE_CPU_PER_REQUEST,
            Figure.PROXY_CPU_PER_GIGABYTE,
            Figure.MACHINE_CPU_PER_GIGABYTE,
            Figure.P99,
            Figure.FIRST_BYTE,
            Figure.TIME_TO_PEAK,
            Figure.RESIDENT_PEAK,
            Figure.USER_BYTES_PER_CONNECTION,
            Figure.KERNEL_BYTES_PER_CONNECTION);

    private Charts() {}

    static List<Chart> of(Section section) {
        Set<Figure> figures = new LinkedHashSet<>();
        section.points().forEach(series -> figures.addAll(new Summary(series).figures()));
        boolean isOpenLoop = figures.contains(Figure.OFFERED_RATE);
        List<Chart> charts = new ArrayList<>();
        for (Figure figure : DRAWN) {
            if (figures.contains(figure) && !(isOpenLoop && figure == Figure.REQUEST_RATE)) {
                charts.add(section.points().size() > 1 ? overAxis(section, figure) : byProduct(section.any(), figure));
            }
        }
        return charts;
    }

    private static String title(Figure figure) {
        return SeriesText.head(figure);
    }

    /** Medians as a line over the axis, rounds beside them. */
    private static Chart overAxis(Section section, Figure figure) {
        List<Line> lines = new ArrayList<>();
        for (String product : products(section)) {
            List<double[]> points = new ArrayList<>();
            List<double[]> dots = new ArrayList<>();
            for (Series series : section.points()) {
                Summary summary = new Summary(series);
                summary.spread(product, figure)
                        .ifPresent(spread -> points.add(new double[] {series.value(), spread.median()}));
                summary.values(product, figure).forEach(value -> dots.add(new double[] {series.value(), value}));
            }
            if (!points.isEmpty()) {
                lines.add(new Line(product, points, dots));
            }
        }
        return new Chart(title(figure), section.any().axis(), title(figure), Kind.LOG, lines);
    }

    /** A bar for each product, with rounds as dots on it. */
    private static Chart byProduct(Series series, Figure figure) {
        Summary summary = new Summary(series);
        List<Line> lines = new ArrayList<>();
        for (String product : summary.products()) {
            int place = lines.size();
            summary.spread(product, figure)
                    .ifPresent(spread -> lines.add(new Line(
                            product,
                            List.of(new double[] {place, spread.median()}),
                            summary.values(product, figure).stream()
                                    .map(value -> new double[] {place, value})
                                    .toList())));
        }
        return new Chart(title(figure), "", title(figure), Kind.PRODUCTS, lines);
    }

    private static List<String> products(Section section) {
        Set<String> names = new LinkedHashSet<>();
        section.points().forEach(series -> names.addAll(new Summary(series).products()));
        return List.copyOf(names);
    }
}
