package dev.weir.load.report;

import dev.weir.load.plan.Plan;
import dev.weir.load.plan.Threshold;
import dev.weir.load.run.ErrorKind;
import dev.weir.load.run.Outcome;
import dev.weir.load.run.Second;
import dev.weir.load.run.Tally;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Everything that was found, for programs: the fields are described in docs/load-generator.md. Times are microseconds unless their
 * name says otherwise.
 */
public final class JsonReport {
    private static final int FORMAT = 1;
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_SECOND = 1e9;
    private static final int TICKS_PER_HALF = 5;

    private final Outcome outcome;
    private final JsonText json = new JsonText();

    private JsonReport(Outcome outcome) {
        this.outcome = outcome;
    }

    public static String of(Outcome outcome) {
        return new JsonReport(outcome).write();
    }

    private String write() {
        json.open(null, '{').member("tool", "weir load").member("format", FORMAT);
        json.member("startEpochMs", outcome.startEpochMs);
        plan();
        result();
        histogram("latency", outcome.total.latency);
        if (outcome.plan.isOpenLoop()) {
            histogram("service", outcome.total.service);
            histogram("delay", outcome.total.delay);
        }
        histogram("connect", outcome.total.connect);
        errors();
        thresholds();
        generator();
        seconds();
        return json.close('}') + "\n";
    }

    private void plan() {
        Plan plan = outcome.plan;
        json.open("plan", '{').member("url", plan.title).member("connections", plan.connections);
        json.member("loops", plan.loops).member("durationSeconds", seconds(plan.durationNs));
        json.member("requests", plan.endsByCount() ? plan.requests : Double.NaN);
        json.member("warmupSeconds", seconds(plan.warmupNs)).member("openLoop", plan.isOpenLoop());
        json.member("arrivals", plan.arrivals.name().toLowerCase(java.util.Locale.ROOT));
        json.member("pipeline", plan.pipeline).member("connectionPerRequest", plan.isConnectionPerRequest());
        json.member("closing", plan.closing.name().toLowerCase(java.util.Locale.ROOT));
        json.member("timeoutSeconds", seconds(plan.timeoutNs)).member("seed", plan.seed);
        json.close('}');
    }

    private static double seconds(long ns) {
        return ns == Long.MAX_VALUE ? Double.NaN : ns / NS_PER_SECOND;
    }

    private void result() {
        Tally total = outcome.total;
        json.open("result", '{').member("elapsedSeconds", seconds(outcome.elapsedNs));
        json.member("requests", total.requests).member("afterEnd", total.afterEnd);
        json.member("failed", total.failed).member("unsent", total.unsent);
        json.member("requestsPerSecond", outcome.rate()).member("wantedPerSecond", outcome.wantedRate());
        json.member("bytesReceived", total.bytesReceived).member("bytesSent", total.bytesSent);
        json.member("connections", total.connections).member("interrupted", outcome.isInterrupted);
        json.close('}');
    }

    private void histogram(String name, Histogram histogram) {
        boolean isEmpty = histogram.getTotalCount() == 0;
        json.open(name, '{').member("count", histogram.getTotalCount());
        json.member("min", isEmpty ? Double.NaN : histogram.getMinValue() / NS_PER_US);
        json.member("mean", isEmpty ? Double.NaN : histogram.getMean() / NS_PER_US);
        json.member("stdev", isEmpty ? Double.NaN : histogram.getStdDeviation() / NS_PER_US);
        json.member("max", isEmpty ? Double.NaN : histogram.getMaxValue() / NS_PER_US);
        json.open("percentiles", '{');
        for (double percentile : Distribution.PERCENTILES) {
            double value = isEmpty ? Double.NaN : histogram.getValueAtPercentile(percentile) / NS_PER_US;
            json.member(Figures.format("p%s", trimmed(percentile)), value);
        }
        json.close('}').open("spectrum", '[');
        for (HistogramIterationValue step : histogram.percentiles(TICKS_PER_HALF)) {
            json.pair(step.getPercentileLevelIteratedTo(), step.getValueIteratedTo() / NS_PER_US);
        }
        json.close(']').close('}');
    }

    /** 99.9, but 50 instead of 50.0. */
    static String trimmed(double percentile) {
        return percentile == Math.rint(percentile) ? Long.toString((long) percentile) : Double.toString(percentile);
    }

    private void errors() {
        json.open("errors", '{');
        for (ErrorKind kind : ErrorKind.values()) {
            json.member(kind.label(), outcome.total.errors(kind));
        }
        json.close('}').open("statuses", '{');
        for (int status = 100; status < 1000; status++) {
            if (outcome.total.statuses(status) > 0) {
                json.member(Integer.toString(status), outcome.total.statuses(status));
            }
        }
        json.close('}');
    }

    private void thresholds() {
        json.open("thresholds", '[');
        for (Threshold threshold : outcome.plan.thresholds) {
            double measured = outcome.measured(threshold);
            json.open(null, '{').member("bound", threshold.text());
            json.member("measured", measured).member("kept", threshold.holds(measured));
            json.close('}');
        }
        json.close(']');
    }

    private void generator() {
        json.open("generator", '{').member("transport", outcome.transport);
        json.member("busiestLoop", outcome.loopLoad).member("processCpus", outcome.processLoad);
        json.member("java", System.getProperty("java.vm.version"));
        json.member("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        json.close('}');
    }

    private void seconds() {
        json.open("seconds", '[');
        for (Second second : outcome.seconds) {
            json.open(null, '{').member("start", seconds(second.startNs()));
            json.member("length", seconds(second.lengthNs())).member("warmup", second.isWarmup());
            json.member("wanted", second.wanted()).member("requests", second.requests());
            json.member("errors", second.errors()).member("connections", second.connections());
            json.member("bytesReceived", second.bytesReceived()).member("bytesSent", second.bytesSent());
            json.member("mean", second.meanNs() / NS_PER_US);
            for (int i = 0; i < Second.PERCENTILES.length; i++) {
                json.member("p" + trimmed(Second.PERCENTILES[i]), second.latency()[i] / NS_PER_US);
            }
            json.member("max", second.latency()[Second.MAX] / NS_PER_US).close('}');
        }
        json.close(']');
    }
}
