package dev.weir.rule.action;

import dev.weir.rule.ActionTools;
import dev.weir.rule.Effect;
import dev.weir.sample.Expression;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.Scratch;
import dev.weir.sample.Words;
import dev.weir.stream.CapturePlan;
import dev.weir.stream.Stream;

/** Keeps values for logs. The slot must be one of the frontend's; another frontend may reach the rule, too, and have none. */
public final class CaptureEffects {
    private CaptureEffects() {}

    /** {@code capture <expression> id <slot>}; a length was replaced by the number of a slot when the line was read. */
    public static Effect capture(String word, Words words, ActionTools tools) throws ParseProblem {
        Hook hook = tools.context().hook();
        boolean ofResponse = hook == Hook.HTTP_RESPONSE;
        Expression expression = tools.expressions().parse(words, tools.context());
        if (words.peek().equals("len")) {
            throw ofResponse || tools.context().frontend() != null
                    ? new ParseProblem("expects 'id', found 'len'.")
                    : new ParseProblem(
                            "proxy '%s' has no frontend capability.",
                            tools.context().backend().name());
        }
        if (!words.skip("id")) {
            throw new ParseProblem(
                    ofResponse
                            ? "expects <expression> [ 'id' <idx> ]."
                            : "expects <expression> [ 'len' <length> | id <idx> ].");
        }
        int slot = slot(words.require("index after 'id'"));
        Effect effect = (stream, scratch) -> capture(stream, scratch, expression, slot, ofResponse);
        return effect.awaiting(expression);
    }

    private static int slot(String text) throws ParseProblem {
        if (!text.matches("[0-9]{1,6}")) {
            throw new ParseProblem("cannot parse id '%s'.", text);
        }
        return Integer.parseInt(text);
    }

    private static void capture(Stream stream, Scratch scratch, Expression expression, int slot, boolean ofResponse) {
        CapturePlan plan = stream.frontend().capturePlan();
        if (slot >= (ofResponse ? plan.responseSlotCount() : plan.requestSlotCount())) {
            return;
        }
        Sample sample = scratch.take();
        if (expression.evaluateAs(stream, sample, SampleType.STRING)) {
            var captures = ofResponse ? stream.responseCaptures() : stream.requestCaptures();
            int bytesMax = ofResponse ? plan.responseBytesMax(slot) : plan.requestBytesMax(slot);
            captures.set(slot, sample.bytes(), 0, sample.length(), bytesMax);
        }
        scratch.release(sample);
    }
}
