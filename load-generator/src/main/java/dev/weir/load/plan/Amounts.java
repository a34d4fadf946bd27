package dev.weir.load.plan;

/** Times, sizes and counts as people write them. */
public final class Amounts {
    private static final String[] TIME_UNITS = {"us", "ms", "s", "m", "h"};
    private static final long[] TIME_UNITS_NS = {1_000, 1_000_000, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L};
    private static final long TIME_NS_MAX = 1_000_000_000_000_000_000L;

    private Amounts() {}

    /** Nanoseconds of {@code 500us}, {@code 10ms}, {@code 1.5s}, {@code 2m}, {@code 1h}; a bare number is seconds. */
    public static long timeNs(String text) {
        int end = numberEnd(text);
        String unit = end == text.length() ? "s" : text.substring(end);
        for (int i = 0; i < TIME_UNITS.length; i++) {
            if (TIME_UNITS[i].equals(unit)) {
                double ns = number(text, end, "a time such as 30s, 100ms or 2m") * TIME_UNITS_NS[i];
                if (ns > TIME_NS_MAX) {
                    throw new PlanException("'" + text + "' is too long a time");
                }
                return Math.round(ns);
            }
        }
        throw new PlanException("'" + text + "' is no time such as 30s, 100ms or 2m");
    }

    /** Bytes of {@code 100}, {@code 64k}, {@code 1m}, {@code 2g} (powers of 1024). */
    public static long bytes(String text) {
        int end = numberEnd(text);
        long unit = switch (text.substring(end).toLowerCase(java.util.Locale.ROOT)) {
            case "", "b" -> 1;
            case "k", "kb", "kib" -> 1 << 10;
            case "m", "mb", "mib" -> 1 << 20;
            case "g", "gb", "gib" -> 1 << 30;
            default -> throw new PlanException("'" + text + "' is no size such as 512, 64k or 1m");
        };
        return Math.round(number(text, end, "a size such as 512, 64k or 1m") * unit);
    }

    /** A count or rate of {@code 100}, {@code 2.5}, {@code 10k}, {@code 1m} (powers of 1000). */
    public static double count(String text) {
        int end = numberEnd(text);
        double unit = switch (text.substring(end).toLowerCase(java.util.Locale.ROOT)) {
            case "" -> 1;
            case "k" -> 1e3;
            case "m" -> 1e6;
            default -> throw new PlanException("'" + text + "' is no number such as 500, 10k or 1m");
        };
        return number(text, end, "a number such as 500, 10k or 1m") * unit;
    }

    private static int numberEnd(String text) {
        int end = 0;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return end;
    }

    private static double number(String text, int end, String wanted) {
        try {
            return Double.parseDouble(text.substring(0, end));
        } catch (NumberFormatException e) {
            throw new PlanException("'" + text + "' is not " + wanted);
        }
    }
}
