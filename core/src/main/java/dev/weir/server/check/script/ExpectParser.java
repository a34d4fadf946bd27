package dev.weir.server.check.script;

import dev.weir.sample.ParseProblem;
import dev.weir.sample.Quantity;
import dev.weir.sample.Words;
import dev.weir.sample.pattern.Regex;
import dev.weir.server.check.script.ExpectStep.Outcomes;
import java.util.Set;

/** Reads what stands behind {@code expect}. Used once. */
final class ExpectParser {
    private static final String HTTP_MATCHES =
            "only supports min-recv, [!]string', '[!]rstring', '[!]string-lf', '[!]status', '[!]rstatus', [!]hdr, [!]fhdr or"
                    + " comment but got '%s' as argument";
    private static final String TCP_MATCHES =
            "only supports min-recv, '[!]binary', '[!]string', '[!]rstring', '[!]string-lf', '[!]rbinary', '[!]binary-lf' or"
                    + " comment but got '%s' as argument";

    /** What no {@code !} may stand before. */
    private static final Set<String> NEVER_NEGATED = Set.of(
            "comment", "min-recv", "ok-status", "error-status", "tout-status", "on-success", "on-error", "status-code");

    private final CheckTools tools;
    private final boolean isHttp;
    private String comment;
    private int receivedMin = -1;
    private CheckStatus passed;
    private CheckStatus failed;
    private CheckStatus timedOut;
    private InfoText onSuccess;
    private InfoText onError;
    private ServerCode code;
    private boolean isInverse;
    private boolean isBehindNot;
    private Expectation expectation;

    ExpectParser(CheckTools tools, boolean isHttp) {
        this.tools = tools;
        this.isHttp = isHttp;
    }

    ExpectStep parse(int number, Words words) throws ParseProblem {
        if (!words.hasNext()) {
            throw new ParseProblem("expects at least a matching pattern as arguments");
        }
        while (words.hasNext()) {
            option(words.next(), words);
        }
        if (expectation == null) {
            throw new ParseProblem("expects at least a matching pattern as arguments");
        }
        Outcomes outcomes = new Outcomes(passed, failed, timedOut, onSuccess, onError, code);
        return new ExpectStep(number, comment, expectation, isInverse, receivedMin, 0, outcomes);
    }

    private void option(String option, Words words) throws ParseProblem {
        if (isBehindNot && NEVER_NEGATED.contains(option)) {
            throw new ParseProblem("[!] not supported with '%s'.", option);
        }
        switch (option) {
            case "comment" -> comment = StepParser.argument("comment", "a string", words);
            case "min-recv" -> receivedMin = receivedMin(StepParser.argument("min-recv", "a number", words));
            case "ok-status" ->
                passed = status(option, words, CheckStatus.L4OK, CheckStatus.L6OK, CheckStatus.L7OK, CheckStatus.L7OKC);
            case "error-status" ->
                failed = status(
                        option,
                        words,
                        CheckStatus.L4CON,
                        CheckStatus.L6RSP,
                        CheckStatus.L7RSP,
                        CheckStatus.L7STS,
                        CheckStatus.L7OKC);
            case "tout-status" ->
                timedOut = status(option, words, CheckStatus.L4TOUT, CheckStatus.L6TOUT, CheckStatus.L7TOUT);
            case "on-success" -> onSuccess = tools.info(StepParser.argument("on-success", "a string", words));
            case "on-error" -> onError = tools.info(StepParser.argument("on-error", "a string", words));
            case "status-code" ->
                code = CheckTools.code(
                        tools.expression(StepParser.argument("status-code", "an expression", words), "status-code"));
            case "!" -> {
                isInverse = !isInverse;
                isBehindNot = true;
            }
            default -> {
                boolean isNegated = option.startsWith("!");
                isInverse ^= isNegated;
                match(isNegated ? option.substring(1) : option, words);
            }
        }
    }

    private static int receivedMin(String text) throws ParseProblem {
        long number = text.equals("-1") ? -1 : Quantity.integer(text);
        if (number < -1 || number > Integer.MAX_VALUE || number < 0 && !text.equals("-1")) {
            throw new ParseProblem("'min-recv' expects -1 or an integer from 0 to INT_MAX");
        }
        return (int) number;
    }

    private static CheckStatus status(String option, Words words, CheckStatus... among) throws ParseProblem {
        String text = StepParser.argument(option, "a status", words);
        CheckStatus status = CheckStatus.of(text, among);
        if (status == null) {
            StringBuilder codes = new StringBuilder();
            for (CheckStatus supported : among) {
                codes.append(codes.isEmpty() ? "'" : ", '")
                        .append(supported.code())
                        .append("'");
            }
            throw new ParseProblem("'%s' only supports %s status (got '%s')", option, codes, text);
        }
        return status;
    }

    private void match(String match, Words words) throws ParseProblem {
        if (expectation != null && isMatch(match)) {
            throw new ParseProblem("only one pattern expected");
        }
        isBehindNot = false;
        expectation = isHttp ? httpMatch(match, words) : tcpMatch(match, words);
    }

    private boolean isMatch(String word) {
        return switch (word) {
            case "string", "rstring", "string-lf" -> true;
            case "binary", "rbinary", "binary-lf" -> !isHttp;
            case "status", "rstatus", "hdr", "fhdr" -> isHttp;
            default -> false;
        };
    }

    private Expectation tcpMatch(String match, Words words) throws ParseProblem {
        return switch (match) {
            case "string" -> TextExpectation.string(pattern(match, words));
            case "rstring" -> new RegexExpectation(regex(match, words), false);
            case "string-lf" -> new FormatExpectation(tools.format(pattern(match, words)), false);
            case "binary" -> TextExpectation.binary(Hex.parse(pattern(match, words)));
            case "rbinary" -> new RegexExpectation(regex(match, words), true);
            case "binary-lf" -> new FormatExpectation(tools.format(pattern(match, words)), true);
            default -> throw new ParseProblem(TCP_MATCHES, match);
        };
    }

    private Expectation httpMatch(String match, Words words) throws ParseProblem {
        return switch (match) {
            case "status" -> StatusExpectation.parse(pattern(match, words));
            case "rstatus" -> StatusExpectation.matching(regex(match, words));
            case "hdr" -> new HeaderParser(tools, words).parse(match, false);
            case "fhdr" -> new HeaderParser(tools, words).parse(match, true);
            case "string" -> BodyExpectation.string(pattern(match, words));
            case "rstring" -> BodyExpectation.regex(regex(match, words));
            case "string-lf" -> BodyExpectation.format(tools.format(pattern(match, words)));
            default -> throw new ParseProblem(HTTP_MATCHES, match);
        };
    }

    private static String pattern(String match, Words words) throws ParseProblem {
        return StepParser.argument(match, "a <pattern>", words);
    }

    /** Over bytes, so that a pattern of bytes is what it was. */
    private static Regex regex(String match, Words words) throws ParseProblem {
        return Regex.compile(pattern(match, words), false);
    }
}
