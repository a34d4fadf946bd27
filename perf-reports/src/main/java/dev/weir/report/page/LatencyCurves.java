package dev.weir.report.page;

import dev.weir.report.data.DataFolder;
import dev.weir.report.data.Round;
import dev.weir.report.data.Sample;
import dev.weir.report.data.Series;
import dev.weir.report.figures.Summary;
import dev.weir.report.page.Chart.Kind;
import dev.weir.report.page.Chart.Line;
import dev.weir.report.text.ReportText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.HistogramLogReader;

/** Latency by percentile from the histograms of a series: all rounds that count put together for the line, each by itself for the dots. */
final class LatencyCurves {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final int STEPS_PER_HALF_DISTANCE = 4;
    private static final double[] MARKED = {50, 90, 99, 99.9, 99.99};

    private final DataFolder data;

    LatencyCurves(DataFolder data) {
        this.data = data;
    }

    /** Empty if there are no histograms. */
    Optional<Chart> of(Series series) throws IOException {
        Path file = data.file(
                "histograms/" + series.scenario() + "-" + series.placement() + "-" + (long) series.value() + ".hlog");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<String, Histogram> byTag = read(file);
        List<Line> lines = new ArrayList<>();
        for (String product : new Summary(series).products()) {
            line(series, product, byTag).ifPresent(lines::add);
        }
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Chart(
                        "Latency by percentile, " + ReportText.point(series),
                        "percentile",
                        "latency µs",
                        Kind.PERCENTILES,
                        lines));
    }

    private static Map<String, Histogram> read(Path file) throws IOException {
        Map<String, Histogram> all = new HashMap<>();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) {
                EncodableHistogram next = reader.nextIntervalHistogram();
                if (next instanceof Histogram histogram) {
                    all.put(histogram.getTag(), histogram);
                }
            }
        }
        return all;
    }

    private static Optional<Line> line(Series series, String product, Map<String, Histogram> byTag) {
        Histogram together = null;
        List<double[]> dots = new ArrayList<>();
        for (Round round : series.keptRounds()) {
            Sample sample = round.samples().get(product);
            Histogram one = sample == null ? null : byTag.get(sample.histogram());
            if (one != null) {
                together = together == null ? one.copy() : together;
                if (dots.size() > 0) {
                    together.add(one);
                }
                addDots(one, dots);
            }
        }
        return together == null ? Optional.empty() : Optional.of(new Line(product, curve(together), dots));
    }

    private static void addDots(Histogram histogram, List<double[]> dots) {
        for (double percentile : MARKED) {
            if (1 / (1 - percentile / 100) <= histogram.getTotalCount()) {
                dots.add(new double[] {
                    1 / (1 - percentile / 100), histogram.getValueAtPercentile(percentile) / NANOS_PER_MICRO
                });
            }
        }
    }

    private static List<double[]> curve(Histogram histogram) {
        List<double[]> points = new ArrayList<>();
        for (HistogramIterationValue value : histogram.percentiles(STEPS_PER_HALF_DISTANCE)) {
            double share = value.getPercentileLevelIteratedTo() / 100;
            if (share < 1) {
                points.add(new double[] {1 / (1 - share), value.getValueIteratedTo() / NANOS_PER_MICRO});
            }
        }
        return points;
    }
}
