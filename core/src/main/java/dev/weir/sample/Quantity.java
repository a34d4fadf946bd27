package dev.weir.sample;

/** Numbers with units, as HAProxy reads them: digits and one unit, no sign, no decimals; too much is an error, not a wrap. */
public final class Quantity {
    /** A result that is no quantity: too large. */
    public static final long OVERFLOW = -1;

    /** A result that is no quantity: see {@link #offender}. */
    public static final long MALFORMED = -2;

    /** The largest time: 2^31-1 milliseconds, 24.8 days. */
    public static final long TIME_MAX_MS = Integer.MAX_VALUE;

    private static final long SIZE_MAX = 0xFFFF_FFFFL;

    private Quantity() {}

    /** Milliseconds; {@code defaultUnitMs} is what a bare number counts. Parts of a millisecond round up. */
    public static long timeMs(String text, long defaultUnitMs) {
        return timeMs(text, defaultUnitMs, TIME_MAX_MS);
    }

    /** The same with another limit than {@link #TIME_MAX_MS}, where HAProxy counts in a larger unit. */
    public static long timeMs(String text, long defaultUnitMs, long maxMs) {
        int end = digits(text, 0);
        if (end == 0) {
            return MALFORMED;
        }
        long value = value(text, end);
        long unitUs = unitUs(text, end, defaultUnitMs);
        if (unitUs < 0) {
            return MALFORMED;
        }
        if (value < 0 || value > maxMs * 1000 / unitUs) {
            return OVERFLOW;
        }
        return (value * unitUs + 999) / 1000;
    }

    private static long unitUs(String text, int at, long defaultUnitMs) {
        return switch (text.substring(at)) {
            case "" -> defaultUnitMs * 1000;
            case "us" -> 1;
            case "ms" -> 1000;
            case "s" -> 1_000_000;
            case "m" -> 60_000_000;
            case "h" -> 3_600_000_000L;
            case "d" -> 86_400_000_000L;
            default -> -1;
        };
    }

    /** Bytes, with {@code k}, {@code m} and {@code g} as powers of 1024. */
    public static long size(String text) {
        int end = digits(text, 0);
        if (end == 0 || end < text.length() - 1) {
            return MALFORMED;
        }
        int shift = shift(end == text.length() ? 0 : text.charAt(end));
        long value = value(text, end);
        if (shift < 0) {
            return MALFORMED;
        }
        return value < 0 || value > SIZE_MAX >> shift ? OVERFLOW : value << shift;
    }

    private static int shift(int unit) {
        return switch (unit) {
            case 0 -> 0;
            case 'k', 'K' -> 10;
            case 'm', 'M' -> 20;
            case 'g', 'G' -> 30;
            default -> -1;
        };
    }

    /** A plain number of at most 2^53; negative ones are refused. */
    public static long integer(String text) {
        int end = digits(text, 0);
        if (end == 0 || end < text.length()) {
            return MALFORMED;
        }
        return value(text, end);
    }

    /** The first char that makes it malformed. */
    public static char offender(String text) {
        int end = digits(text, 0);
        return end < text.length() ? text.charAt(end) : ' ';
    }

    private static int digits(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static long value(String text, int end) {
        long value = 0;
        for (int i = 0; i < end; i++) {
            value = value * 10 + text.charAt(i) - '0';
            if (value > 1L << 53) {
                return OVERFLOW;
            }
        }
        return value;
    }
}
