package dev.weir.rule;

import dev.weir.acl.Condition;
import dev.weir.acl.ConditionParser;
import dev.weir.log.LogFormat;
import dev.weir.log.LogFormatParser;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.sample.Verdict;
import dev.weir.sample.Words;
import dev.weir.stream.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * {@code use_backend} of a frontend or {@code use-server} of a backend: the first rule whose condition passes names the
 * target, as it stands or by a format. Immutable; any loop. A computed name allocates its string.
 *
 * @param <T> what the names stand for
 */
public final class SwitchingRules<T> {
    private final List<Row<T>> rows;

    private SwitchingRules(List<Row<T>> rows) {
        this.rows = List.copyOf(rows);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * The target of the first rule that passes; null if none does, or if a computed name names nothing (for a frontend the
     * default backend then takes over, for a backend balancing does). All conditions decide with what there is.
     *
     * @param named finds a target by its computed name, or null
     */
    public T choose(Stream stream, Scratch scratch, Function<String, T> named) {
        return choose(stream, scratch, named, target -> true);
    }

    /** The same, passing over rules whose target does not do. */
    public T choose(Stream stream, Scratch scratch, Function<String, T> named, Predicate<T> isUsable) {
        stream.finalEvaluation(true);
        T chosen = null;
        for (int i = 0; i < rows.size(); i++) {
            Row<T> row = rows.get(i);
            if (scratch.judge(row.file, row.line, row.condition, stream) == Verdict.PASS) {
                chosen = row.format == null ? row.target : computed(row.format, stream, scratch, named);
                if (chosen == null || isUsable.test(chosen)) {
                    break;
                }
                chosen = null;
            }
        }
        stream.finalEvaluation(false);
        return chosen;
    }

    private static <T> T computed(LogFormat format, Stream stream, Scratch scratch, Function<String, T> named) {
        Sample sample = scratch.take();
        String name = Formats.write(format, stream, sample)
                ? sample.bytes().getStringWithoutLengthUtf8(0, sample.length())
                : null;
        scratch.release(sample);
        return name == null ? null : named.apply(name);
    }

    private record Row<T>(T target, LogFormat format, Condition condition, String file, int line) {}

    /** Collects the rules of a section, line by line. One thread, while parsing. */
    public static final class Parser<T> {
        private final LogFormatParser formats;
        private final ConditionParser conditions;
        private final List<Row<T>> rows = new ArrayList<>();

        public Parser(LogFormatParser formats, ConditionParser conditions) {
            this.formats = formats;
            this.conditions = conditions;
        }

        /**
         * Adds a rule; {@code words} start at the name. Without a condition a rule always passes.
         *
         * @param kind what is named, for messages, such as {@code backend}
         * @param named finds a target by a name that is no format, or null
         */
        public void add(Words words, ParseContext context, String kind, Function<String, T> named) throws ParseProblem {
            String name = words.require(kind + " name");
            boolean isComputed = name.indexOf('%') >= 0;
            LogFormat format = isComputed ? formats.parseVerbatim(name, context) : null;
            T target = isComputed ? null : named.apply(name);
            if (!isComputed && target == null) {
                throw new ParseProblem("unable to find %s '%s'", kind, name);
            }
            Condition condition = conditions.parseOptional("switching rule", words, context);
            rows.add(new Row<>(target, format, condition, context.file(), context.line()));
        }

        public SwitchingRules<T> build() {
            return new SwitchingRules<>(rows);
        }
    }
}
