package dev.weir.load.report;

import dev.weir.load.plan.Plan;
import dev.weir.load.run.Outcome;

/** What a person reads on standard output. */
public final class TextReport {
    private TextReport() {}

    /** Before the run. */
    public static String opening(Plan plan) {
        return WrkText.opening(plan);
    }

    /** After it. */
    public static String result(Outcome outcome, boolean wholeSpectrum) {
        return WrkText.result(outcome) + Distribution.of(outcome, wholeSpectrum);
    }

    /** The percentile spectrum, as HdrHistogram's plotter and hdr-plot read it; milliseconds. */
    public static String hgrm(Outcome outcome) {
        return Distribution.hgrm(outcome.total.latency);
    }
}
