package dev.weir.rule.action;

import dev.weir.rule.ActionTools;
import dev.weir.rule.Effect;
import dev.weir.rule.FormattedText;
import dev.weir.sample.Expression;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.VariableAssignment;
import dev.weir.sample.Words;
import dev.weir.stream.VariableName;
import java.util.List;

/** {@code set-var}, {@code set-var-fmt}, {@code unset-var}. Stateless. */
public final class VariableEffects {
    private VariableEffects() {}

    private static VariableAssignment assignment(String name, ActionTools tools) throws ParseProblem {
        List<String> parts =
                List.of(ActionWords.parenthesised(name, "<var-name>").split(",", -1));
        return VariableAssignment.parse(parts.get(0), parts.subList(1, parts.size()), tools.context());
    }

    public static Effect set(String name, Words words, ActionTools tools) throws ParseProblem {
        VariableAssignment assignment = assignment(name, tools);
        Expression expression = ActionWords.expression(words, tools);
        return (stream, scratch) -> {
            Sample sample = scratch.take();
            if (expression.evaluateFinal(stream, sample)) {
                assignment.store(stream, sample);
            }
            scratch.release(sample);
        };
    }

    /** No format is an empty one, as in HAProxy. */
    public static Effect setFormat(String name, Words words, ActionTools tools) throws ParseProblem {
        VariableAssignment assignment = assignment(name, tools);
        FormattedText text = ActionWords.format(words.hasNext() ? words.next() : "", tools);
        return (stream, scratch) -> {
            Sample sample = scratch.take();
            if (text.evaluate(stream, sample)) {
                assignment.store(stream, sample);
            }
            scratch.release(sample);
        };
    }

    public static Effect unset(String name, Words words, ActionTools tools) throws ParseProblem {
        VariableName variable = assignment(name, tools).name();
        return (stream, scratch) -> stream.variables().unset(variable);
    }
}
