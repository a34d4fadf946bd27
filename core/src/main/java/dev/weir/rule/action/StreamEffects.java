package dev.weir.rule.action;

import dev.weir.rule.ActionTools;
import dev.weir.rule.Effect;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Quantity;
import dev.weir.sample.Words;
import dev.weir.stream.BackendView;
import dev.weir.stream.LogLevel;
import dev.weir.stream.LogOrigin;
import dev.weir.stream.Stream;

/** How the stream is logged and queued. Stateless. */
public final class StreamEffects {
    private static final int CLASS_MAX = 2047;
    private static final int OFFSET_MAX_MS = 524_287;
    private static final int RETRIES_MAX = 100;
    private static final String RETRIES = "an expression or an integer between 1 and " + RETRIES_MAX;

    private StreamEffects() {}

    public static Effect setLogLevel(String name, Words words, ActionTools tools) throws ParseProblem {
        String expectation = "expects exactly 1 argument (log level name or 'silent')";
        LogLevel level = LogLevel.of(ActionWords.exactly(1, words, expectation).get(0));
        if (level == null) {
            throw new ParseProblem("%s", expectation);
        }
        return (stream, scratch) -> stream.logLevel(level);
    }

    /** {@code do-log}: a line about what is known by now. */
    public static Effect log(String name, Words words, ActionTools tools) {
        LogOrigin origin = tools.origin();
        return (stream, scratch) -> stream.reporter().report(origin);
    }

    public static Effect setPriorityClass(String name, Words words, ActionTools tools) throws ParseProblem {
        return ActionWords.number(
                words,
                tools,
                (stream, value) -> stream.wishes().priorityClass = Math.clamp(value, -CLASS_MAX, CLASS_MAX));
    }

    public static Effect setPriorityOffset(String name, Words words, ActionTools tools) throws ParseProblem {
        return ActionWords.number(
                words,
                tools,
                (stream, value) -> stream.wishes().priorityOffsetMs = Math.clamp(value, -OFFSET_MAX_MS, OFFSET_MAX_MS));
    }

    /** {@code set-retries}: a number, or an expression; one that gives none, or none of those allowed, changes nothing. */
    public static Effect setRetries(String name, Words words, ActionTools tools) throws ParseProblem {
        BackendView backend = tools.context().backend();
        if (backend == null) {
            throw new ParseProblem("'%s' only available in backend or listen section.", name);
        }
        if (!ActionWords.hasArgument(words)) {
            throw new ParseProblem("expects exactly 1 argument (%s)", RETRIES);
        }
        String of = backend.name();
        if (!words.peek().matches("[+-]?[0-9]+")) {
            return ActionWords.number(words, tools, (stream, value) -> setRetries(stream, value, of));
        }
        int retries = retries(words.next());
        return (stream, scratch) -> stream.wishes().retriesMax(retries, of);
    }

    private static void setRetries(Stream stream, long retries, String backend) {
        if (retries >= 0 && retries <= RETRIES_MAX) {
            stream.wishes().retriesMax((int) retries, backend);
        }
    }

    private static int retries(String text) throws ParseProblem {
        long retries = Quantity.integer(text);
        if (retries < 0 || retries > RETRIES_MAX) {
            throw new ParseProblem("expects %s", RETRIES);
        }
        return (int) retries;
    }

    /** There is no such scheduler here. HAProxy takes any word for a number. */
    public static Effect setNice(String name, Words words, ActionTools tools) throws ParseProblem {
        ActionWords.exactly(1, words, "expects exactly 1 argument (integer value)");
        return (stream, scratch) -> {};
    }
}
