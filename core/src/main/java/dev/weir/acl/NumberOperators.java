package dev.weir.acl;

import dev.weir.sample.ParseProblem;
import dev.weir.sample.pattern.NumberRanges;
import java.util.Set;

/** {@code eq ge gt le lt} before integer patterns, and dotted versions: both become ranges. No state. */
final class NumberOperators {
    private static final Set<String> OPERATORS = Set.of("eq", "ge", "gt", "le", "lt");

    private NumberOperators() {}

    static boolean isOperator(String word) {
        return OPERATORS.contains(word);
    }

    /** The range in the form {@code least:most} that the operator and its operand mean. */
    static String range(String operator, String operand, boolean isVersion) throws ParseProblem {
        if (NumberRanges.separator(operand) >= 0) {
            if (!operator.equals("eq")) {
                throw new ParseProblem("range value '%s' with operator '%s' is not supported", operand, operator);
            }
            return isVersion ? versionRange(operand) : operand;
        }
        long value = number(operand, isVersion);
        return switch (operator) {
            case "ge" -> value + ":";
            case "gt" -> value == Long.MAX_VALUE ? NumberRanges.NOTHING : value + 1 + ":";
            case "le" -> ":" + value;
            case "lt" -> value == Long.MIN_VALUE ? NumberRanges.NOTHING : ":" + (value - 1);
            default -> isVersion && operand.indexOf('.') < 0 ? value + ":" + (value | 0xFFFF) : Long.toString(value);
        };
    }

    /** {@code 3:3.1}: a version without minor number stands for all of its minors at the upper end. */
    private static String versionRange(String text) throws ParseProblem {
        int colon = NumberRanges.separator(text);
        String least = text.substring(0, colon);
        String most = text.substring(colon + 1);
        return (least.isEmpty() ? "" : Long.toString(number(least, true))) + ":"
                + (most.isEmpty() ? "" : Long.toString(number(most, true)));
    }

    /** The major number is the upper half. */
    private static long number(String text, boolean isVersion) throws ParseProblem {
        try {
            if (!isVersion) {
                return Long.parseLong(text);
            }
            int dot = text.indexOf('.');
            long major = Long.parseLong(dot < 0 ? text : text.substring(0, dot));
            return major << 16 | (dot < 0 ? 0 : Long.parseLong(text.substring(dot + 1)));
        } catch (NumberFormatException e) {
            throw new ParseProblem("'%s' is neither a number nor a supported operator", text);
        }
    }
}
