package dev.weir.rule.action;

import dev.weir.rule.ActionTools;
import dev.weir.sample.Casts;
import dev.weir.sample.Expression;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Quantity;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.Scratch;
import dev.weir.sample.Words;
import dev.weir.stream.Stream;

/** A time in milliseconds: written down, or the value of an expression. Immutable; any loop. */
final class Delay {
    /** Null if the time is written down. */
    private final Expression expression;

    private final long constantMs;

    private Delay(Expression expression, long constantMs) {
        this.expression = expression;
        this.constantMs = constantMs;
    }

    /** @param rule for messages, such as {@code set-timeout server} */
    static Delay parse(Words words, ActionTools tools, String rule) throws ParseProblem {
        String text = words.peek();
        if (text.isEmpty() || !isExpression(text, tools)) {
            long timeMs = time(words.next(), " in rule '" + rule + "'", rule);
            if (timeMs == 0) {
                throw new ParseProblem("null value is not valid for a '%s' rule", rule);
            }
            return new Delay(null, timeMs);
        }
        return new Delay(ActionWords.castable(ActionWords.expression(words, tools), SampleType.INTEGER), 0);
    }

    private static boolean isExpression(String text, ActionTools tools) {
        return !Character.isDigit(text.charAt(0)) && tools.expressions().startsWithFetch(text);
    }

    /** A written time; {@code place} is appended to the message on a malformed one. */
    static long time(String text, String place, String rule) throws ParseProblem {
        long timeMs = Quantity.timeMs(text, 1);
        if (timeMs == Quantity.OVERFLOW) {
            throw new ParseProblem(
                    "timer overflow in argument '%s' to rule '%s' (maximum value is 2147483647 ms or ~24.8 days)",
                    text, rule);
        }
        if (timeMs == Quantity.MALFORMED) {
            throw new ParseProblem("unexpected character '%c'%s", Quantity.offender(text), place);
        }
        return timeMs;
    }

    /** The time now, 0 if the expression gives none or a negative one. */
    long ms(Stream stream, Scratch scratch) {
        if (expression == null) {
            return constantMs;
        }
        Sample sample = scratch.take();
        boolean isPresent = expression.evaluateFinal(stream, sample) && Casts.cast(sample, SampleType.INTEGER);
        long ms = isPresent ? Math.clamp(sample.low(), 0, Quantity.TIME_MAX_MS) : 0;
        scratch.release(sample);
        return ms;
    }
}
