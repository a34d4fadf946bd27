package dev.weir.load.report;

import dev.weir.load.run.Outcome;
import dev.weir.load.run.RunObserver;
import dev.weir.load.run.Second;
import dev.weir.load.run.Tally;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * HdrHistogram's log: a compressed histogram for each second, values in nanoseconds. In an open loop a second one with the tag
 * {@code service} counts from sending. The warm-up is left out.
 */
public final class HdrLog implements RunObserver, AutoCloseable {
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_SECOND = 1e9;

    private final HistogramLogWriter writer;

    public HdrLog(Path file) throws IOException {
        writer = new HistogramLogWriter(
                new PrintStream(Files.newOutputStream(file), false, java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public void onStart(Outcome outcome) {
        writer.outputComment("[weir load " + outcome.plan.title.replace('\n', ' ')
                + "; latencies in nanoseconds, maxima in milliseconds]");
        writer.outputLogFormatVersion();
        writer.outputStartTime(outcome.startEpochMs);
        writer.setBaseTime(outcome.startEpochMs);
        writer.outputLegend();
    }

    @Override
    public void onSecond(Outcome outcome, Second second, Tally tally) {
        if (second.isWarmup()) {
            return;
        }
        write(second, tally.latency, null);
        if (outcome.plan.isOpenLoop()) {
            write(second, tally.service, "service");
        }
    }

    private void write(Second second, Histogram histogram, String tag) {
        histogram.setTag(tag);
        double start = second.startNs() / NS_PER_SECOND;
        writer.outputIntervalHistogram(start, start + second.lengthNs() / NS_PER_SECOND, histogram, NS_PER_MS);
    }

    @Override
    public void close() {
        writer.close();
    }
}
