package dev.weir.load.report;

import dev.weir.load.plan.Plan;
import dev.weir.load.run.ErrorKind;
import dev.weir.load.run.Outcome;
import dev.weir.load.run.RunObserver;
import dev.weir.load.run.Second;
import dev.weir.load.run.Tally;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is seen while a run lasts: one line that changes on a terminal, now and then a plain line elsewhere. */
public final class Progress implements RunObserver {
    private static final int BAR_CELLS = 20;
    private static final int PLAIN_LINES = 10;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean isTerminal;
    private long passedNs;
    private long nextLineNs;

    public Progress(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /** Whether standard error is a terminal, as far as /proc tells. */
    public static boolean isErrorTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException noProc) {
            return false;
        }
    }

    @Override
    public void onStart(Outcome outcome) {
        show(outcome.plan, 0, "");
    }

    @Override
    public void onSecond(Outcome outcome, Second second, Tally tally) {
        Plan plan = outcome.plan;
        passedNs += second.lengthNs();
        String figures = figures(second, outcome);
        if (isTerminal) {
            show(plan, part(outcome), figures);
        } else if (passedNs >= nextLineNs) {
            nextLineNs =
                    passedNs + Math.max(SECOND_NS, plan.wholeNs() == Long.MAX_VALUE ? 0 : plan.wholeNs() / PLAIN_LINES);
            out.print(Figures.format("%6.1fs%s%s%n", passedNs / 1e9, second.isWarmup() ? "  (warm-up)" : "", figures));
            out.flush();
        }
    }

    private static String figures(Second second, Outcome outcome) {
        return Figures.format(
                        "  %s/s  p50 %s  p99 %s  errors %s",
                        Figures.grouped(Math.round(second.rate())),
                        Figures.time(second.latency()[0]),
                        Figures.time(second.latency()[2]),
                        Figures.grouped(outcome.total.errorsOfAllKinds()))
                + timeouts(outcome.total);
    }

    private static String timeouts(Tally total) {
        long timeouts = total.errors(ErrorKind.TIMEOUT);
        return timeouts == 0 ? "" : Figures.format(" (%s timeouts)", Figures.grouped(timeouts));
    }

    private double part(Outcome outcome) {
        Plan plan = outcome.plan;
        double byTime = plan.wholeNs() == Long.MAX_VALUE ? 0 : (double) passedNs / plan.wholeNs();
        double byCount = plan.endsByCount() ? (double) outcome.total.finished() / plan.requests : 0;
        return Math.min(1, Math.max(byTime, byCount));
    }

    private void show(Plan plan, double part, String figures) {
        if (!isTerminal) {
            return;
        }
        int done = (int) (part * BAR_CELLS);
        String left = plan.wholeNs() == Long.MAX_VALUE
                ? ""
                : Figures.format("  %.0fs left", Math.max(0, plan.wholeNs() - passedNs) / 1e9);
        out.print(ERASE_LINE + "[" + "=".repeat(done) + " ".repeat(BAR_CELLS - done) + "]"
                + Figures.format(" %3.0f%%", 100 * part) + left + figures);
        out.flush();
    }

    /** The line goes away: the result takes its place. */
    public void end() {
        if (isTerminal) {
            out.print(ERASE_LINE);
            out.flush();
        }
    }
}
