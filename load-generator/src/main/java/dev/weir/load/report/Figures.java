package dev.weir.load.report;

import java.util.Locale;

/** Numbers as wrk writes them, so that what reads wrk's output reads ours. */
final class Figures {
    private static final double[] TIME_STEPS = {1e3, 1e6, 60e6, 3600e6};
    private static final double[] TIME_UNITS_US = {1, 1e3, 1e6, 60e6, 3600e6};
    private static final String[] TIME_NAMES = {"us", "ms", "s", "m", "h"};

    private Figures() {}

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** {@code 635.91us}, {@code 12.92ms}, {@code 1.20s}. */
    static String time(double ns) {
        double us = ns / 1e3;
        int unit = 0;
        while (unit < TIME_STEPS.length && us >= TIME_STEPS[unit]) {
            unit++;
        }
        return format("%.2f%s", us / TIME_UNITS_US[unit], TIME_NAMES[unit]);
    }

    /** {@code 30s}, {@code 2m}, {@code 100ms}: a time that somebody asked for. */
    static String wholeTime(long ns) {
        long ms = ns / 1_000_000;
        if (ms % 3_600_000 == 0 && ms > 0) {
            return ms / 3_600_000 + "h";
        }
        if (ms % 60_000 == 0 && ms > 0) {
            return ms / 60_000 + "m";
        }
        return ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
    }

    /** {@code 56.20k}: powers of 1000. */
    static String metric(double value) {
        return scaled(value, 1000, "kMG");
    }

    /** {@code 17.76GB}: powers of 1024. */
    static String bytes(double value) {
        return scaled(value, 1024, "KMG") + "B";
    }

    private static String scaled(double value, double base, String names) {
        double left = value;
        int unit = -1;
        while (left >= base && unit + 1 < names.length()) {
            left /= base;
            unit++;
        }
        return format("%.2f%s", left, unit < 0 ? "" : names.substring(unit, unit + 1));
    }

    /** {@code 1,234,567}. */
    static String grouped(long value) {
        return format("%,d", value);
    }
}
