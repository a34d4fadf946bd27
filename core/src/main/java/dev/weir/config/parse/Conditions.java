package dev.weir.config.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates the expressions of {@code .if} and {@code -cc}: integers, predicates, {@code !}, {@code &&}, {@code ||} and
 * parentheses. An empty expression is false. One object per evaluation.
 */
public final class Conditions {
    private static final int DEPTH_MAX = 256;

    private final String text;
    private final Environment environment;
    private int at;
    private String error;

    private Conditions(String text, Environment environment) {
        this.text = text;
        this.environment = environment;
    }

    /** What came out: a truth, or what is wrong and where in the text. */
    public record Result(boolean isTrue, String error, int errorAt) {}

    /** Splits the text into words first, so that quotes and variables work as in a file ({@code -cc}). */
    public static Result evaluateWords(String text, Environment environment) {
        var tokenizer = new Tokenizer(environment);
        tokenizer.hasComments = false;
        if (!tokenizer.split(text)) {
            return new Result(false, tokenizer.error(), tokenizer.errorAt());
        }
        return evaluate(String.join(" ", tokenizer.words()), environment);
    }

    public static Result evaluate(String text, Environment environment) {
        var conditions = new Conditions(text, environment);
        conditions.skipSpaces();
        if (conditions.atEnd()) {
            return new Result(false, null, 0);
        }
        boolean isTrue = conditions.either(0);
        conditions.skipSpaces();
        if (conditions.error == null && !conditions.atEnd()) {
            conditions.fail("unexpected character '" + text.charAt(conditions.at)
                    + "' at the end of conditional expression '" + text + "'");
        }
        return new Result(isTrue, conditions.error, conditions.at);
    }

    private boolean either(int depth) {
        boolean isTrue = both(depth);
        while (error == null && accept("||")) {
            isTrue |= both(depth);
        }
        return isTrue;
    }

    private boolean both(int depth) {
        boolean isTrue = term(depth);
        while (error == null && accept("&&")) {
            isTrue &= term(depth);
        }
        return isTrue;
    }

    private boolean term(int depth) {
        skipSpaces();
        boolean isNegated = false;
        while (!atEnd() && text.charAt(at) == '!') {
            isNegated = !isNegated;
            at++;
            skipSpaces();
        }
        if (atEnd() || depth >= DEPTH_MAX) {
            return fail("unparsable conditional sub-expression '" + text.substring(at) + "'");
        }
        return isNegated != operand(depth);
    }

    private boolean operand(int depth) {
        char c = text.charAt(at);
        if (c == '(') {
            return parenthesis(depth);
        }
        if (c >= '0' && c <= '9' || (c == '-' || c == '+') && isDigit(at + 1)) {
            return integer();
        }
        return predicate();
    }

    private boolean parenthesis(int depth) {
        int start = at++;
        boolean isTrue = either(depth + 1);
        skipSpaces();
        if (error == null && (atEnd() || text.charAt(at) != ')')) {
            at = start;
            return fail("expected ')' after conditional expression '" + text.substring(start) + "'");
        }
        at++;
        return isTrue;
    }

    private boolean integer() {
        boolean isTrue = false;
        boolean isHex = text.startsWith("0x", at) || text.startsWith("0X", at);
        at += isHex ? 2 : text.charAt(at) == '-' || text.charAt(at) == '+' ? 1 : 0;
        while (!atEnd() && Character.digit(text.charAt(at), isHex ? 16 : 10) >= 0) {
            isTrue |= text.charAt(at++) != '0';
        }
        return isTrue;
    }

    private boolean predicate() {
        int start = at;
        while (!atEnd() && text.charAt(at) != '(' && text.charAt(at) != ' ') {
            at++;
        }
        String name = text.substring(start, at);
        int wanted = argumentCount(name);
        if (wanted < 0) {
            at = start;
            return fail("unparsable conditional expression '" + text.substring(start) + "'");
        }
        List<String> arguments = arguments(name, wanted);
        return error == null && evaluate(name, arguments);
    }

    private static int argumentCount(String name) {
        return switch (name) {
            case "fips_mode" -> 0;
            case "defined",
                    "feature",
                    "enabled",
                    "version_atleast",
                    "version_before",
                    "openssl_version_atleast",
                    "openssl_version_before",
                    "ssllib_name_startswith",
                    "awslc_api_atleast",
                    "awslc_api_before" -> 1;
            case "streq", "strneq", "strstr" -> 2;
            default -> -1;
        };
    }

    private List<String> arguments(String name, int wanted) {
        var arguments = new ArrayList<String>(2);
        if (!atEnd() && text.charAt(at) == '(') {
            do {
                at++;
                arguments.add(argument());
            } while (!atEnd() && text.charAt(at) == ',' && arguments.size() < wanted);
            if (atEnd() || text.charAt(at) != ')') {
                fail("expected ')' in argument " + arguments.size() + " of predicate '" + name
                        + "' used in conditional expression");
                return arguments;
            }
            at++;
        }
        if (arguments.size() < wanted) {
            fail("missing arguments (got " + arguments.size() + "/" + wanted + "), type 'string' expected in argument "
                    + arguments.size() + " of predicate '" + name + "' used in conditional expression");
        }
        return arguments;
    }

    /** Quotes protect commas and parentheses; few escapes are known at this level. */
    private String argument() {
        var out = new StringBuilder();
        boolean isSingle = false;
        boolean isDouble = false;
        while (!atEnd()) {
            char c = text.charAt(at);
            if (c == '"' && !isSingle) {
                isDouble = !isDouble;
            } else if (c == '\'' && !isDouble) {
                isSingle = !isSingle;
            } else if (c == '\\' && !isSingle && at + 1 < text.length()) {
                out.append(escaped());
            } else if ((c == ',' || c == ')') && !isSingle && !isDouble) {
                break;
            } else {
                out.append(c);
            }
            at++;
        }
        return out.toString();
    }

    private char escaped() {
        char next = text.charAt(at + 1);
        switch (next) {
            case '\\', ' ', '"', '\'' -> at++;
            case 'n' -> {
                at++;
                return '\n';
            }
            case 'r' -> {
                at++;
                return '\r';
            }
            case 't' -> {
                at++;
                return '\t';
            }
            default -> {
                return '\\';
            }
        }
        return next;
    }

    private boolean evaluate(String name, List<String> arguments) {
        return switch (name) {
            case "defined" -> environment.get(arguments.get(0)) != null;
            case "feature" -> Compatibility.FEATURES.contains(arguments.get(0));
            case "enabled" -> Compatibility.ENABLED.contains(arguments.get(0));
            case "streq" -> arguments.get(0).equals(arguments.get(1));
            case "strneq" -> !arguments.get(0).equals(arguments.get(1));
            case "strstr" -> arguments.get(0).contains(arguments.get(1));
            case "version_atleast" -> Compatibility.compareWith(arguments.get(0)) >= 0;
            case "version_before" -> Compatibility.compareWith(arguments.get(0)) < 0;
            default -> false; // the rest asks about OpenSSL or AWS-LC: neither is inside
        };
    }

    private boolean accept(String operator) {
        skipSpaces();
        if (!text.startsWith(operator, at)) {
            return false;
        }
        at += operator.length();
        skipSpaces();
        return true;
    }

    private boolean fail(String message) {
        if (error == null) {
            error = message;
        }
        return false;
    }

    private void skipSpaces() {
        while (!atEnd() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private boolean atEnd() {
        return at >= text.length();
    }
}
