package dev.weir.load.report;

import dev.weir.load.plan.Threshold;
import dev.weir.load.run.ErrorKind;
import dev.weir.load.run.Outcome;
import dev.weir.load.run.Tally;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.HdrHistogram.Histogram;

/** What follows wrk's block: percentiles, errors by kind, what was wanted, what the generator itself did. */
final class Distribution {
    static final double[] PERCENTILES = {50, 75, 90, 99, 99.9, 99.99, 99.999, 100};
    /** Busier loops measure themselves. */
    private static final double BUSY = 0.9;

    private static final double NS_PER_MS = 1e6;
    private static final int TICKS_PER_HALF = 5;

    private Distribution() {}

    static String of(Outcome outcome, boolean wholeSpectrum) {
        StringBuilder text = new StringBuilder(System.lineSeparator());
        text.append(table(outcome));
        text.append(errors(outcome.total));
        text.append(wanted(outcome));
        text.append(generator(outcome));
        text.append(thresholds(outcome));
        if (wholeSpectrum) {
            text.append(spectrum(outcome));
        }
        return text.toString();
    }

    private static String table(Outcome outcome) {
        if (outcome.total.latency.getTotalCount() == 0) {
            return "";
        }
        boolean isOpen = outcome.plan.isOpenLoop();
        StringBuilder text = new StringBuilder(Figures.format(
                isOpen
                        ? "  Latency Distribution (HdrHistogram - Recorded Latency)   from sending (uncorrected)%n"
                        : "  Latency Distribution (HdrHistogram - Recorded Latency)%n"));
        for (double percentile : PERCENTILES) {
            text.append(Figures.format("%8.3f%%  %10s", percentile, value(outcome.total.latency, percentile)));
            if (isOpen) {
                text.append(
                        Figures.format("                             %10s", value(outcome.total.service, percentile)));
            }
            text.append(System.lineSeparator());
        }
        return text.toString();
    }

    private static String value(Histogram histogram, double percentile) {
        return Figures.time(histogram.getValueAtPercentile(percentile));
    }

    private static String errors(Tally total) {
        StringBuilder text = new StringBuilder();
        for (ErrorKind kind : ErrorKind.values()) {
            if (total.errors(kind) > 0) {
                text.append(Figures.format(
                        "    %-16s %10s  %s%n", kind.label(), Figures.grouped(total.errors(kind)), kind.meaning()));
            }
        }
        if (!text.isEmpty()) {
            text.insert(0, Figures.format("  Errors (%s requests failed)%n", Figures.grouped(total.failed)));
        }
        return text + statuses(total);
    }

    /** Only if there is something to tell apart. */
    private static String statuses(Tally total) {
        StringBuilder text = new StringBuilder();
        int different = 0;
        for (int status = 100; status < 1000; status++) {
            if (total.statuses(status) > 0) {
                different++;
                text.append(Figures.format("    %-16d %10s%n", status, Figures.grouped(total.statuses(status))));
            }
        }
        return different > 1 || total.errors(ErrorKind.STATUS) > 0 ? "  Statuses" + System.lineSeparator() + text : "";
    }

    private static String wanted(Outcome outcome) {
        if (!outcome.plan.isOpenLoop()) {
            return "";
        }
        Tally total = outcome.total;
        StringBuilder text = new StringBuilder(Figures.format(
                "  Rate: wanted %.2f/s, achieved %.2f/s (%.2f%%)%n",
                outcome.wantedRate(), outcome.rate(), 100 * outcome.rate() / outcome.wantedRate()));
        if (total.unsent > 0) {
            text.append(Figures.format(
                    "  Unsent: %s requests were due, but no connection was free for them until the end%n",
                    Figures.grouped(total.unsent)));
        }
        if (total.delay.getTotalCount() > 0) {
            text.append(Figures.format(
                    "  Pacing: sent 50%% within %s, 99%% within %s, all within %s of the intended time%n",
                    value(total.delay, 50), value(total.delay, 99), value(total.delay, 100)));
        }
        return text.toString();
    }

    private static String generator(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        if (outcome.total.connections > 0) {
            text.append(Figures.format(
                    "  Connections: %s opened, 50%% within %s, 99%% within %s%n",
                    Figures.grouped(outcome.total.connections),
                    value(outcome.total.connect, 50),
                    value(outcome.total.connect, 99)));
        }
        text.append(Figures.format(
                "  Generator: busiest loop %.0f%%, process %.2f CPUs, %s%n",
                100 * outcome.loopLoad, outcome.processLoad, outcome.transport));
        if (outcome.loopLoad > BUSY && outcome.plan.isOpenLoop()) {
            text.append(Figures.format("  Warning: the generator was at its own limit; use more loops (-t)%n"));
        }
        if (sentLate(outcome.total)) {
            text.append(Figures.format(
                    "  Warning: this machine was late with sending; the upper percentiles are partly its own%n"));
        }
        return text.toString();
    }

    /** Whether the generator's own delays are a good part of what it reports. */
    private static boolean sentLate(Tally total) {
        long delayNs = total.delay.getValueAtPercentile(99);
        return delayNs > NS_PER_MS && delayNs > total.latency.getValueAtPercentile(99) / 4;
    }

    private static String thresholds(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        for (Threshold threshold : outcome.plan.thresholds) {
            double measured = outcome.measured(threshold);
            text.append(Figures.format(
                    "  %s  %s (%s)%n",
                    threshold.holds(measured) ? "kept  " : "MISSED",
                    threshold.text(),
                    measuredText(threshold, measured)));
        }
        return text.isEmpty()
                ? ""
                : Figures.format("  Thresholds%n") + text.toString().indent(2);
    }

    private static String measuredText(Threshold threshold, double measured) {
        return switch (threshold.metric()) {
            case PERCENTILE, MEAN, MIN, MAX -> Figures.time(measured);
            case RATE -> Figures.format("%.2f/s", measured);
            case REQUESTS, ERRORS, TIMEOUTS, UNSENT ->
                threshold.isRatio() ? Figures.format("%.3f%%", 100 * measured) : Figures.format("%.0f", measured);
        };
    }

    /** As wrk2 -L and HdrHistogram's plotter have it; milliseconds. */
    static String spectrum(Outcome outcome) {
        return Figures.format("%n  Detailed Percentile spectrum:%n") + hgrm(outcome.total.latency);
    }

    /** The text that HdrHistogram's plotter reads. */
    static String hgrm(Histogram histogram) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        histogram.outputPercentileDistribution(stream, TICKS_PER_HALF, NS_PER_MS);
        stream.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
