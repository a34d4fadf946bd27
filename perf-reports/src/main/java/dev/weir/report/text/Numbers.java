package dev.weir.report.text;

import dev.weir.report.figures.Spread;
import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {
    private static final double WHOLE_FROM = 1000;
    private static final double ONE_DIGIT_FROM = 100;
    private static final double TWO_DIGITS_FROM = 1;

    private Numbers() {}

    /** Three to four digits that mean something. */
    public static String plain(double value) {
        double size = Math.abs(value);
        String format = size >= WHOLE_FROM ? "%,.0f" : size >= ONE_DIGIT_FROM ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, size >= TWO_DIGITS_FROM || size == 0 ? format : "%.3f", value);
    }

    /** {@code 0.76 (0.70–0.83)}. */
    public static String ratio(Spread spread) {
        return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", spread.median(), spread.low(), spread.high());
    }

    /** {@code 31,200 (30,100–32,800)}. */
    public static String withSpread(Spread spread) {
        return plain(spread.median()) + " (" + plain(spread.low()) + "–" + plain(spread.high()) + ")";
    }

    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** A point on an axis: whole numbers only. */
    public static String point(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
