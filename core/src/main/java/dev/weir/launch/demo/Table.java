package dev.weir.launch.demo;

import java.util.List;
import java.util.Locale;

/** Lays the rows out in columns. */
final class Table {
    private static final String FORMAT = "  %-10s %-16s %-10s %-26s %8s %9s %6s %9s %9s";

    private Table() {}

    static String header() {
        return FORMAT.formatted("server", "address", "state", "last check", "sessions", "total", "per s", "in", "out");
    }

    static String line(Row row) {
        return FORMAT.formatted(
                row.name(),
                row.address(),
                row.state(),
                row.check(),
                row.sessions(),
                row.total(),
                row.perSecond(),
                bytes(row.bytesIn()),
                bytes(row.bytesOut()));
    }

    static String summary(List<Row> rows) {
        long up = rows.stream().filter(Row::isUp).count();
        long total = rows.stream().mapToLong(Row::total).sum();
        long in = rows.stream().mapToLong(Row::bytesIn).sum();
        long out = rows.stream().mapToLong(Row::bytesOut).sum();
        return "%d of %d servers up, %d sessions, %s in, %s out"
                .formatted(up, rows.size(), total, bytes(in), bytes(out));
    }

    /** Three significant digits, with a unit. */
    static String bytes(long count) {
        if (count < 1000) {
            return count + " B";
        }
        double value = count;
        int unit = -1;
        while (value >= 999.5) {
            value /= 1000;
            unit++;
        }
        String format = value < 9.995 ? "%.2f %sB" : value < 99.95 ? "%.1f %sB" : "%.0f %sB";
        return String.format(Locale.ROOT, format, value, "kMGTPE".charAt(unit));
    }
}
