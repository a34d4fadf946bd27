package dev.weir.rule.action;

import dev.weir.rule.ActionTools;
import dev.weir.rule.Effect;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import dev.weir.stream.LogLevel;

/** How the stream is logged and queued. Stateless. */
public final class StreamEffects {
    private static final int CLASS_MAX = 2047;
    private static final int OFFSET_MAX_MS = 524_287;

    private StreamEffects() {}

    public static Effect setLogLevel(String name, Words words, ActionTools tools) throws ParseProblem {
        String expectation = "expects exactly 1 argument (log level name or 'silent')";
        LogLevel level = LogLevel.of(ActionWords.exactly(1, words, expectation).get(0));
        if (level == null) {
            throw new ParseProblem("%s", expectation);
        }
        return (stream, scratch) -> stream.logLevel(level);
    }

    public static Effect setPriorityClass(String name, Words words, ActionTools tools) throws ParseProblem {
        return ActionWords.number(
                words, tools, (stream, value) -> stream.priorityClass(Math.clamp(value, -CLASS_MAX, CLASS_MAX)));
    }

    public static Effect setPriorityOffset(String name, Words words, ActionTools tools) throws ParseProblem {
        return ActionWords.number(
                words,
                tools,
                (stream, value) -> stream.priorityOffset(Math.clamp(value, -OFFSET_MAX_MS, OFFSET_MAX_MS)));
    }

    /** There is no such scheduler here. HAProxy takes any word for a number. */
    public static Effect setNice(String name, Words words, ActionTools tools) throws ParseProblem {
        ActionWords.exactly(1, words, "expects exactly 1 argument (integer value)");
        return (stream, scratch) -> {};
    }
}
