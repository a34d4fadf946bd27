package dev.weir.rule.action;

import dev.weir.acl.ConditionParser;
import dev.weir.rule.ActionTools;
import dev.weir.rule.Effect;
import dev.weir.rule.FormattedText;
import dev.weir.sample.Casts;
import dev.weir.sample.Expression;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.Words;
import dev.weir.stream.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;

/** How the words behind an action's name are read, for all families. Stateless. */
final class ActionWords {
    private ActionWords() {}

    /** Whether an argument stands there rather than the end or a condition. */
    static boolean hasArgument(Words words) {
        return words.hasNext() && !ConditionParser.isAt(words);
    }

    /**
     * Takes that many arguments by their place, so that {@code if} may be one of them; a problem if the line ends before, or if the
     * condition turns out to stand among them.
     */
    static List<String> exactly(int count, Words words, String expectation) throws ParseProblem {
        List<String> arguments = new ArrayList<>(count);
        boolean isConditionAmongThem = false;
        while (arguments.size() < count && words.hasNext()) {
            isConditionAmongThem |= ConditionParser.isAt(words);
            arguments.add(words.next());
        }
        if (arguments.size() < count || isConditionAmongThem && hasArgument(words)) {
            throw new ParseProblem("%s", expectation);
        }
        return arguments;
    }

    /** As above, with HAProxy's wording. */
    static List<String> exactly(int count, Words words) throws ParseProblem {
        return exactly(count, words, "expects exactly " + count + " arguments");
    }

    /** What stands between the parentheses. */
    static String parenthesised(String name, String inside) throws ParseProblem {
        int open = name.indexOf('(');
        if (open < 0 || !name.endsWith(")")) {
            throw new ParseProblem(
                    "invalid or incomplete action '%s'. Expects '%s(%s)'",
                    name, open < 0 ? name : name.substring(0, open), inside);
        }
        return name.substring(open + 1, name.length() - 1);
    }

    static Expression expression(Words words, ActionTools tools) throws ParseProblem {
        if (!hasArgument(words)) {
            throw new ParseProblem("missing expression");
        }
        return tools.expressions().parse(words, tools.context());
    }

    static FormattedText format(String text, ActionTools tools) throws ParseProblem {
        return FormattedText.parse(text, tools.formats(), tools.context());
    }

    static FormattedText headFormat(String text, ActionTools tools) throws ParseProblem {
        return FormattedText.parseForHead(text, tools.formats(), tools.context());
    }

    static Expression castable(Expression expression, SampleType type) throws ParseProblem {
        if (!Casts.isPossible(expression.type(), type)) {
            throw new ParseProblem(
                    "expression '%s' gives type '%s', which has no form of type '%s'",
                    expression.text(), expression.type().text(), type.text());
        }
        return expression;
    }

    /** An effect that wants a number; nothing happens if the expression gives none. */
    static Effect number(Words words, ActionTools tools, ObjLongConsumer<Stream> consumer) throws ParseProblem {
        Expression expression = castable(expression(words, tools), SampleType.INTEGER);
        return (stream, scratch) -> {
            Sample sample = scratch.take();
            if (expression.evaluateFinal(stream, sample) && Casts.cast(sample, SampleType.INTEGER)) {
                consumer.accept(stream, sample.low());
            }
            scratch.release(sample);
        };
    }
}
