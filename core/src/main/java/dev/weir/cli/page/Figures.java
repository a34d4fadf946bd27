package dev.weir.cli.page;

import dev.weir.cli.stat.StatColumn;
import dev.weir.cli.stat.StatRow;
import java.util.Locale;

/** Figures as people read them, as HTML. No state. */
final class Figures {
    private static final long KIB = 1024;
    private static final long THOUSAND = 1000;
    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final String[] DURATIONS = {"ns", "µs", "ms", "s"};
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Figures() {}

    /** For HTML, in texts and attributes. */
    static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A dash where the row has none. */
    static String figure(StatRow row, StatColumn column) {
        if (!row.has(column)) {
            return "–";
        }
        return row.isText(column) ? text(row.text(column)) : grouped(row.number(column));
    }

    /** {@code 1 234 567}, with thin blanks. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(",", "\u202f");
    }

    static String bytes(long count) {
        return scaled(count, KIB, SIZES);
    }

    /** As plain text. What took less than a microsecond began and ended in one turn of a loop. */
    static String duration(long ns) {
        return ns < THOUSAND ? "< 1 µs" : scaled(ns, THOUSAND, DURATIONS);
    }

    /** Three digits are enough to compare. */
    private static String scaled(long number, long step, String[] units) {
        double value = number;
        int unit = 0;
        while (value >= step && unit < units.length - 1) {
            value /= step;
            unit++;
        }
        int digits = unit == 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f %s", value, units[unit]);
    }

    /** {@code 3d4h}, {@code 5m12s}: two units. */
    static String age(long seconds) {
        if (seconds >= DAY) {
            return seconds / DAY + "d" + seconds % DAY / HOUR + "h";
        }
        if (seconds >= HOUR) {
            return seconds / HOUR + "h" + seconds % HOUR / MINUTE + "m";
        }
        return seconds >= MINUTE ? seconds / MINUTE + "m" + seconds % MINUTE + "s" : seconds + "s";
    }
}
