package dev.weir.bench.run;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** One series' latencies in HdrHistogram's log format: a line for each product and round, with {@code product.round} as its tag. Nanoseconds. */
final class Histograms implements AutoCloseable {
    private final Path file;
    private HistogramLogWriter writer;

    /** @param file created with the first histogram */
    Histograms(Path file) {
        this.file = file;
    }

    /** @return the tag; empty if there is nothing to add */
    String add(String product, int round, Histogram histogram) throws FileNotFoundException {
        if (histogram == null) {
            return "";
        }
        if (writer == null) {
            writer = new HistogramLogWriter(file.toFile());
            writer.outputLogFormatVersion();
            writer.outputComment("[latencies in nanoseconds; the third column is the largest, in milliseconds]");
            writer.outputLegend();
        }
        histogram.setTag(product + "." + round);
        writer.outputIntervalHistogram(histogram);
        return histogram.getTag();
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
