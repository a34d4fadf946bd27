package dev.weir.load.plan;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound that the run must keep, such as {@code p99<5ms}, {@code rate>=1000}, {@code errors<0.1%}, {@code timeouts==0}.
 *
 * @param text as written
 * @param metric what is compared
 * @param percentile of {@link Metric#PERCENTILE}
 * @param isRatio errors in percent of all requests instead of their number
 * @param comparison of what was measured with {@code value}
 * @param value nanoseconds, a number, or a ratio from 0 to 1
 */
public record Threshold(
        String text, Metric metric, double percentile, boolean isRatio, Comparison comparison, double value) {
    /** What can be compared. Closed set. */
    public enum Metric {
        PERCENTILE,
        MEAN,
        MIN,
        MAX,
        RATE,
        REQUESTS,
        ERRORS,
        TIMEOUTS,
        UNSENT
    }

    /** How. Closed set. */
    public enum Comparison {
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">="),
        EQUAL("==");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        boolean holds(double measured, double bound) {
            return switch (this) {
                case LESS -> measured < bound;
                case AT_MOST -> measured <= bound;
                case MORE -> measured > bound;
                case AT_LEAST -> measured >= bound;
                case EQUAL -> measured == bound;
            };
        }

        static Comparison of(String sign) {
            for (Comparison comparison : values()) {
                if (comparison.sign.equals(sign)) {
                    return comparison;
                }
            }
            throw new PlanException("'" + sign + "' is no comparison");
        }
    }

    private static final Pattern FORM = Pattern.compile("\\s*([a-z]+)([0-9.]*)\\s*(<=|>=|==|<|>)\\s*(\\S+)\\s*");
    private static final List<String> NAMES =
            List.of("p50 ... p99.99", "mean", "min", "max", "rate", "requests", "errors", "timeouts", "unsent");

    /** Reads one bound. */
    public static Threshold parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new PlanException("'" + text + "' is no threshold such as p99<5ms or errors<1%");
        }
        Comparison comparison = Comparison.of(form.group(3));
        String value = form.group(4);
        Metric metric = metric(form.group(1), text);
        boolean hasNumber = !form.group(2).isEmpty();
        if (hasNumber != (metric == Metric.PERCENTILE)) {
            throw unknown(text);
        }
        return switch (metric) {
            case PERCENTILE ->
                new Threshold(text, metric, percentile(form.group(2), text), false, comparison, Amounts.timeNs(value));
            case MEAN, MIN, MAX -> new Threshold(text, metric, 0, false, comparison, Amounts.timeNs(value));
            case RATE, REQUESTS -> new Threshold(text, metric, 0, false, comparison, Amounts.count(value));
            case ERRORS, TIMEOUTS, UNSENT -> countOrRatio(text, metric, comparison, value);
        };
    }

    private static Threshold countOrRatio(String text, Metric metric, Comparison comparison, String value) {
        if (value.endsWith("%")) {
            double percent = Amounts.count(value.substring(0, value.length() - 1));
            return new Threshold(text, metric, 0, true, comparison, percent / 100);
        }
        return new Threshold(text, metric, 0, false, comparison, Amounts.count(value));
    }

    private static double percentile(String text, String whole) {
        try {
            double percentile = Double.parseDouble(text);
            if (percentile > 0 && percentile <= 100) {
                return percentile;
            }
        } catch (NumberFormatException e) {
            throw unknown(whole);
        }
        throw unknown(whole);
    }

    private static Metric metric(String name, String text) {
        return switch (name) {
            case "p" -> Metric.PERCENTILE;
            case "mean", "avg" -> Metric.MEAN;
            case "min" -> Metric.MIN;
            case "max" -> Metric.MAX;
            case "rate", "rps" -> Metric.RATE;
            case "requests" -> Metric.REQUESTS;
            case "errors" -> Metric.ERRORS;
            case "timeouts" -> Metric.TIMEOUTS;
            case "unsent" -> Metric.UNSENT;
            default -> throw unknown(text);
        };
    }

    private static PlanException unknown(String text) {
        return new PlanException("'" + text + "' compares something unknown (known: " + String.join(", ", NAMES) + ")");
    }

    /** Whether a measured value keeps it. */
    public boolean holds(double measured) {
        return comparison.holds(measured, value);
    }

    /** Whether more requests can only make it worse, so that a run may be ended as soon as it is missed. */
    public boolean isUpperBound() {
        return comparison == Comparison.LESS || comparison == Comparison.AT_MOST;
    }
}
