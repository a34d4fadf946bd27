package dev.weir.acl;

import dev.weir.sample.ParseProblem;
import dev.weir.sample.pattern.NumberRanges;
import java.util.Set;

/** {@code eq ge gt le lt} before integer patterns, and dotted versions: both become ranges. No state. */
final class NumberOperators {
    private static final Set<String> OPERATORS = Set.of("eq", "ge", "gt", "le", "lt");
    private static final int HALF_END = 1 << 16;

    private NumberOperators() {}

    static boolean isOperator(String word) {
        return OPERATORS.contains(word);
    }

    /** The range in the form {@code least:most} that the operator and its operand mean; one given as a range has no operator. */
    static String range(String operator, String operand, boolean isVersion) throws ParseProblem {
        if (operator.equals("eq") || NumberRanges.separator(operand) >= 0) {
            return isVersion ? versions(operand) : operand;
        }
        long value = isVersion ? comparedVersion(operand) : comparedNumber(operand);
        return switch (operator) {
            case "ge" -> value + ":";
            case "gt" -> Math.addExact(value, 1) + ":";
            case "le" -> ":" + value;
            default -> ":" + (value - 1);
        };
    }

    /** Digits behind a dot are cut off. */
    private static long comparedNumber(String text) throws ParseProblem {
        int dot = text.indexOf('.');
        return required(NumberRanges.number(dot < 0 ? text : text.substring(0, dot)), text);
    }

    private static long comparedVersion(String text) throws ParseProblem {
        int dot = text.indexOf('.');
        long minor = dot < 0 ? 0 : required(NumberRanges.number(text.substring(dot + 1)), text);
        long major = required(NumberRanges.number(dot < 0 ? text : text.substring(0, dot)), text);
        if (minor >= HALF_END) {
            throw new ParseProblem("'%s' contains too large a minor value", text);
        }
        if (major >= HALF_END) {
            throw new ParseProblem("'%s' contains too large a major value", text);
        }
        return major << 16 | minor;
    }

    private static long required(Long number, String text) throws ParseProblem {
        if (number == null || number == Long.MAX_VALUE) { // nothing is greater than that
            throw new ParseProblem("'%s' is neither a number nor a supported operator", text);
        }
        return number;
    }

    /** A version or a range of them, as numbers. */
    private static String versions(String text) throws ParseProblem {
        int separator = NumberRanges.separator(text);
        String complaint = separator < 0 ? "'%s' is not a dotted number" : "'%s' is not a valid dotted number range";
        if (separator < 0) {
            return Long.toString(version(text, text, complaint));
        }
        String least = text.substring(0, separator);
        String most = text.substring(separator + 1);
        if (least.isEmpty() && most.isEmpty()) {
            throw new ParseProblem(complaint, text);
        }
        String range = (least.isEmpty() ? "" : version(least, text, complaint)) + ":"
                + (most.isEmpty() ? "" : version(most, text, complaint));
        if (!least.isEmpty() && !most.isEmpty() && version(least, text, complaint) > version(most, text, complaint)) {
            throw new ParseProblem(complaint, text);
        }
        return range;
    }

    /** The major number is the upper half; without a minor one that is 0. */
    private static long version(String part, String text, String complaint) throws ParseProblem {
        int dot = part.indexOf('.');
        Long major = NumberRanges.number(dot < 0 ? part : part.substring(0, dot));
        Long minor = dot < 0 ? Long.valueOf(0) : NumberRanges.number(part.substring(dot + 1));
        boolean isVersion = major != null && minor != null && half(major) && half(minor);
        if (!isVersion) {
            throw new ParseProblem(complaint, text);
        }
        return major << 16 | minor;
    }

    private static boolean half(long number) {
        return number >= 0 && number < HALF_END;
    }
}
