package dev.weir.server;

/** A weight that an operator or an agent asks for: {@code 5}, or {@code 50%} of the configured one. No state. */
public final class WeightRequest {
    private static final int WEIGHT_MAX = 256;
    private static final int PERCENT_MAX = 100 * WEIGHT_MAX;
    private static final int DIGITS_MAX = 9;

    private WeightRequest() {}

    /** Sets the weight. @return null, or why it cannot be had */
    public static String apply(Server server, String text) {
        boolean isRelative = text.endsWith("%");
        int number = number(isRelative ? text.substring(0, text.length() - 1) : text);
        if (number < 0) {
            return "Trailing garbage in weight string";
        }
        if (!isRelative && number > WEIGHT_MAX) {
            return "Absolute weight can only be between 0 and 256 inclusive.";
        }
        int weight = isRelative ? relative(server.initialWeight(), number) : number;
        boolean isExtreme = weight == 0 || weight == server.initialWeight();
        if (!server.pool().isDynamic() && !isExtreme) {
            return "Backend is using a static LB algorithm and only accepts weights '0%' and '100%'.";
        }
        if (weight != server.userWeight()) {
            server.pool().control().weight(server, weight);
        }
        return null;
    }

    private static int relative(int weight, int percent) {
        return Math.min(WEIGHT_MAX, weight * Math.min(percent, PERCENT_MAX) / 100);
    }

    private static int number(String digits) {
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= DIGITS_MAX
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Integer.parseInt(digits) : -1;
    }
}
