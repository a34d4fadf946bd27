package dev.weir.load.run;

import dev.weir.load.plan.Plan;
import dev.weir.load.plan.Threshold;
import java.util.ArrayList;
import java.util.List;

/** All that a run has found. Written by the main thread while it runs, then only read. */
public final class Outcome {
    public final Plan plan;
    /** Everything that was measured. */
    public final Tally total = new Tally();
    /** In order, warm-up included. */
    public final List<Second> seconds = new ArrayList<>();
    /** Requests per second of each loop in each second of measuring, for wrk's line about threads. */
    public final List<Double> loopRates = new ArrayList<>();

    /** Milliseconds since 1970 at which measuring began. */
    public long startEpochMs;
    /** How long was measured: the rate is taken over this. */
    public long elapsedNs;
    /** Greatest part of the measured time that one of the loops was busy, 0 to 1. */
    public double loopLoad;
    /** Processor time of this process per second of measuring. */
    public double processLoad;
    /** How the loops reach the kernel. */
    public String transport = "";
    /** Whether it was broken off, by the user or by a threshold. */
    public boolean isInterrupted;

    public boolean isAbortedByThreshold;
    /** Why there was no run at all, or null. */
    public String problem;

    public Outcome(Plan plan) {
        this.plan = plan;
    }

    /** Answered requests per second, those that were answered after the end left out. */
    public double rate() {
        return elapsedNs == 0 ? 0 : total.requests * 1e9 / elapsedNs;
    }

    /** All requests that were answered as expected. */
    public long answered() {
        return total.requests + total.afterEnd;
    }

    /** Requests per second that the rate profile wanted on average; NaN in a closed loop. */
    public double wantedRate() {
        return plan.isOpenLoop() && elapsedNs > 0 ? plan.rate.countIn(elapsedNs) * 1e9 / elapsedNs : Double.NaN;
    }

    /** What a threshold compares. */
    public double measured(Threshold threshold) {
        double value = switch (threshold.metric()) {
            case PERCENTILE -> total.latency.getValueAtPercentile(threshold.percentile());
            case MEAN -> total.latency.getTotalCount() == 0 ? 0 : total.latency.getMean();
            case MIN -> total.latency.getTotalCount() == 0 ? 0 : total.latency.getMinValue();
            case MAX -> total.latency.getMaxValue();
            case RATE -> rate();
            case REQUESTS -> answered();
            case ERRORS -> threshold.isRatio() ? total.failed : total.errorsOfAllKinds();
            case TIMEOUTS -> total.errors(ErrorKind.TIMEOUT);
            case UNSENT -> total.unsent;
        };
        return threshold.isRatio() ? value / Math.max(1, total.finished() + total.unsent) : value;
    }

    /** Thresholds that the run does not keep. */
    public List<Threshold> missed() {
        return plan.thresholds.stream()
                .filter(threshold -> !threshold.holds(measured(threshold)))
                .toList();
    }

    /** Exit status as wrk's users and k6's users expect it. */
    public int exitStatus() {
        if (problem != null) {
            return 1;
        }
        if (isInterrupted && !isAbortedByThreshold) {
            return 130;
        }
        if (!missed().isEmpty()) {
            return 99;
        }
        return answered() == 0 ? 1 : 0;
    }
}
