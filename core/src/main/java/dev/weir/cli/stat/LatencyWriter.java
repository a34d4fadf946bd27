package dev.weir.cli.stat;

import dev.weir.stats.LatencyPhase;
import dev.weir.stats.LatencySnapshot;
import java.util.List;
import java.util.Locale;

/** Writes durations of rows: a table in milliseconds for people, JSON in microseconds for programs. One thread. */
public final class LatencyWriter {
    private static final double[] PERCENTS = {50, 90, 95, 99, 99.9};
    private static final int FIGURE_COLUMNS = 11;
    private static final double MS_NS = 1e6;
    private static final long MICROSECOND_NS = 1_000;

    private final String nameForm;

    /** @param rows whose names decide how wide the table is */
    public LatencyWriter(List<StatRow> rows) {
        int width = "# proxy/server".length();
        for (StatRow row : rows) {
            width = Math.max(width, name(row).length());
        }
        nameForm = "%-" + width + "s %-8s %10s";
    }

    // ---- for people ----

    public void header(StringBuilder out) {
        out.append(String.format(Locale.ROOT, nameForm, "# proxy/server", "phase", "count"));
        figure("mean", out);
        for (double percent : PERCENTS) {
            figure(title(percent), out);
        }
        figure("max ms", out);
        out.append('\n');
    }

    /** A line for each phase that was reached; one with dashes if none was. */
    public void row(StatRow row, StringBuilder out) {
        boolean isAny = false;
        for (LatencyPhase phase : LatencyPhase.values()) {
            LatencySnapshot snapshot = row.latencies().snapshot(phase);
            if (!snapshot.isEmpty()) {
                isAny = true;
                begin(row, phase, snapshot, out);
                figure(ms(snapshot.meanNs()), out);
                for (double percent : PERCENTS) {
                    figure(ms(snapshot.percentileNs(percent)), out);
                }
                figure(ms(snapshot.maximumNs()), out);
                out.append('\n');
            }
        }
        if (!isAny) {
            out.append(String.format(Locale.ROOT, nameForm, name(row), "-", "0"));
            for (int i = 0; i < PERCENTS.length + 2; i++) {
                figure("-", out);
            }
            out.append('\n');
        }
    }

    private void begin(StatRow row, LatencyPhase phase, LatencySnapshot snapshot, StringBuilder out) {
        out.append(String.format(Locale.ROOT, nameForm, name(row), phase.word(), snapshot.count()));
    }

    private static String name(StatRow row) {
        return row.text(StatColumn.PXNAME) + "/" + row.text(StatColumn.SVNAME);
    }

    private static void figure(String text, StringBuilder out) {
        out.repeat(' ', Math.max(1, FIGURE_COLUMNS - text.length())).append(text);
    }

    private static String ms(long ns) {
        return String.format(Locale.ROOT, "%.3f", ns / MS_NS);
    }

    private static String title(double percent) {
        return "p" + (percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent));
    }

    // ---- for programs ----

    /** An object; phases that were not reached are left out. */
    public static void json(StatRow row, StringBuilder out) {
        out.append("{\"proxy\":");
        Json.string(row.text(StatColumn.PXNAME), out);
        out.append(",\"name\":");
        Json.string(row.text(StatColumn.SVNAME), out);
        out.append(",\"type\":\"").append(row.kind().title().toLowerCase(Locale.ROOT));
        out.append("\",\"phases\":{");
        String separator = "";
        for (LatencyPhase phase : LatencyPhase.values()) {
            LatencySnapshot snapshot = row.latencies().snapshot(phase);
            if (!snapshot.isEmpty()) {
                out.append(separator).append('"').append(phase.word()).append("\":");
                json(snapshot, out);
                separator = ",";
            }
        }
        out.append("}}");
    }

    private static void json(LatencySnapshot snapshot, StringBuilder out) {
        out.append("{\"count\":").append(snapshot.count());
        json("mean", snapshot.meanNs(), out);
        for (double percent : PERCENTS) {
            json(title(percent), snapshot.percentileNs(percent), out);
        }
        json("max", snapshot.maximumNs(), out);
        out.append(",\"cells\":[");
        int start = out.length();
        snapshot.forEach((endMicroseconds, count) -> {
            out.append(out.length() == start ? "[" : ",[").append(endMicroseconds);
            out.append(',').append(count).append(']');
        });
        out.append("]}");
    }

    private static void json(String name, long ns, StringBuilder out) {
        out.append(",\"").append(name).append("_us\":").append(ns / MICROSECOND_NS);
    }
}
