package dev.weir.rule.action;

import dev.weir.rule.ActionTools;
import dev.weir.rule.BandwidthFilter;
import dev.weir.rule.Effect;
import dev.weir.sample.Casts;
import dev.weir.sample.Expression;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Quantity;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.Scratch;
import dev.weir.sample.TableKey;
import dev.weir.sample.Words;
import dev.weir.stick.StickTable;
import dev.weir.stream.BandwidthSettings;
import dev.weir.stream.Stream;

/** {@code set-bandwidth-limit}. Stateless. */
public final class BandwidthEffects {
    private BandwidthEffects() {}

    /** {@code <filter> [limit <size or expression>] [period <time or expression>]}. */
    public static Effect set(String name, Words words, ActionTools tools) throws ParseProblem {
        if (!ActionWords.hasArgument(words)) {
            throw new ParseProblem("missing bwlim filter name");
        }
        String wanted = words.next();
        BandwidthFilter filter = tools.resources().bandwidthFilter(wanted);
        if (filter == null) {
            throw new ParseProblem("unable to find bwlim filter '%s' referenced by set-bandwidth-limit rule", wanted);
        }
        BandwidthSettings settings = filter.settings();
        Figure bytes = new Figure(null, settings.bytesMax());
        Figure period = new Figure(null, settings.periodMs());
        while (words.peek().equals("limit") || words.peek().equals("period")) {
            String option = words.next();
            if (filter.isShared()) {
                throw new ParseProblem("set-bandwidth-limit rule cannot define a %s for a shared bwlim filter", option);
            }
            if (option.equals("limit")) {
                bytes = figure(option, "size", Quantity.size(words.peek()), settings.bytesMax(), words, tools);
            } else {
                period = figure(option, "time", Quantity.timeMs(words.peek(), 1), settings.periodMs(), words, tools);
            }
        }
        return filter.isShared() ? (stream, scratch) -> share(stream, scratch, filter) : own(settings, bytes, period);
    }

    private static Effect own(BandwidthSettings settings, Figure bytes, Figure period) {
        return (stream, scratch) ->
                stream.bandwidth().limit(settings, bytes.value(stream, scratch), period.value(stream, scratch));
    }

    /** Nothing happens without a key, or where the table is full. */
    private static void share(Stream stream, Scratch scratch, BandwidthFilter filter) {
        Sample key = scratch.take();
        if (filter.key().evaluateFinal(stream, key)) {
            long entry = TableKey.findOrCreate(filter.settings().table(), key, nowNs(stream));
            if (entry != StickTable.NONE) {
                stream.bandwidth().share(filter.settings(), entry, nowNs(stream));
            }
        }
        scratch.release(key);
    }

    private static long nowNs(Stream stream) {
        return stream.process().clock().nanoTime();
    }

    private static Figure figure(
            String option, String kind, long written, long otherwise, Words words, ActionTools tools)
            throws ParseProblem {
        if (written >= 0) {
            words.next();
            return new Figure(null, written > 0 ? written : otherwise);
        }
        if (!ActionWords.hasArgument(words) || !tools.expressions().startsWithFetch(words.peek())) {
            throw new ParseProblem("'%s': invalid %s value or unknown fetch method '%s'", option, kind, words.peek());
        }
        return new Figure(ActionWords.castable(ActionWords.expression(words, tools), SampleType.INTEGER), otherwise);
    }

    /** The value of an expression, if it is above 0; else what was written. */
    private record Figure(Expression expression, long written) {
        long value(Stream stream, Scratch scratch) {
            if (expression == null) {
                return written;
            }
            Sample sample = scratch.take();
            boolean isNumber = expression.evaluateFinal(stream, sample) && Casts.cast(sample, SampleType.INTEGER);
            long value = isNumber && sample.low() > 0 ? sample.low() : written;
            scratch.release(sample);
            return value;
        }
    }
}
