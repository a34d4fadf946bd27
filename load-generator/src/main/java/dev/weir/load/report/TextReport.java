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

    /** Two numbers: how fast at most, and how steady at half of that. */
    public static String canonical(Outcome fastest, Outcome steady) {
        return Figures.format("  as fast as it goes:  %s requests/s%n", Figures.grouped(Math.round(fastest.rate())))
                + Figures.format(
                        "  at half that rate:   p99 %s%n", Figures.time(steady.total.latency.getValueAtPercentile(99)));
    }

    /** The percentile spectrum, as HdrHistogram's plotter and hdr-plot read it; milliseconds. */
    public static String hgrm(Outcome outcome) {
        return Distribution.hgrm(outcome.total.latency);
    }
}
