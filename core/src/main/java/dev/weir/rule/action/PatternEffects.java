package dev.weir.rule.action;

import dev.weir.log.LineWriter;
import dev.weir.log.LogFormat;
import dev.weir.rule.ActionTools;
import dev.weir.rule.Effect;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.sample.Words;
import dev.weir.sample.pattern.PatternList;
import dev.weir.sample.pattern.PatternUser;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Changes of lists and maps that rules make while they run. What a list's users could not read is not put in, but counted. */
public final class PatternEffects {
    private static final LongAdder REFUSED = new LongAdder();

    private PatternEffects() {}

    /** How many changes were refused since start, for {@code show activity}. Any thread. */
    public static long refusedCount() {
        return REFUSED.sum();
    }

    /** What is done with a key, and in a map with its value. */
    private interface Change {
        void apply(PatternList list, String key, String value) throws ParseProblem;
    }

    public static Effect setMap(String word, Words words, ActionTools tools) throws ParseProblem {
        PatternList list = list(word, true, tools);
        List<String> texts = ActionWords.exactly(2, words, "expects exactly 2 arguments.");
        LogFormat key = tools.formats().parseVerbatim(texts.get(0), tools.context());
        LogFormat value = tools.formats().parseVerbatim(texts.get(1), tools.context());
        return (stream, scratch) -> change(list, key, value, stream, scratch, (map, text, content) -> {
            if (!map.set(text, content)) {
                map.add(PatternList.CURRENT, text, content);
            }
        });
    }

    public static Effect deleteMap(String word, Words words, ActionTools tools) throws ParseProblem {
        PatternList list = list(word, true, tools);
        LogFormat key = key(words, tools);
        return (stream, scratch) -> change(list, key, null, stream, scratch, (map, text, content) -> map.remove(text));
    }

    public static Effect addAcl(String word, Words words, ActionTools tools) throws ParseProblem {
        PatternList list = list(word, false, tools);
        LogFormat key = key(words, tools);
        return (stream, scratch) -> change(list, key, null, stream, scratch, (acl, text, content) -> {
            if (!acl.has(text)) {
                acl.add(PatternList.CURRENT, text, null);
            }
        });
    }

    public static Effect deleteAcl(String word, Words words, ActionTools tools) throws ParseProblem {
        PatternList list = list(word, false, tools);
        LogFormat key = key(words, tools);
        return (stream, scratch) -> change(list, key, null, stream, scratch, (acl, text, content) -> acl.remove(text));
    }

    private static PatternList list(String word, boolean isMap, ActionTools tools) throws ParseProblem {
        int open = word.indexOf('(');
        if (open < 0 || !word.endsWith(")")) {
            throw new ParseProblem("expects the name of a list in parentheses");
        }
        ParseContext context = tools.context();
        String name = word.substring(open + 1, word.length() - 1);
        return context.patterns().list(name, isMap, PatternUser.of(isMap, context));
    }

    private static LogFormat key(Words words, ActionTools tools) throws ParseProblem {
        String text =
                ActionWords.exactly(1, words, "expects exactly 1 arguments.").get(0);
        return tools.formats().parseVerbatim(text, tools.context());
    }

    /** The texts are copied: an entry outlives the request. */
    private static void change(
            PatternList list, LogFormat key, LogFormat value, Stream stream, Scratch scratch, Change change) {
        try {
            change.apply(list, text(key, stream, scratch), value == null ? null : text(value, stream, scratch));
        } catch (ParseProblem problem) {
            REFUSED.increment();
        }
    }

    private static String text(LogFormat format, Stream stream, Scratch scratch) {
        Sample sample = scratch.take();
        ByteWriter out = sample.writer();
        format.write(stream, LineWriter.of(scratch), out);
        String text = new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
        scratch.release(sample);
        return text;
    }
}
