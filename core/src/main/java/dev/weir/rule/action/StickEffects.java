package dev.weir.rule.action;

import dev.weir.rule.ActionTools;
import dev.weir.rule.Effect;
import dev.weir.sample.Casts;
import dev.weir.sample.Expression;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.TableChange;
import dev.weir.sample.TableKey;
import dev.weir.sample.Words;
import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;
import dev.weir.stream.Stream;
import dev.weir.stream.TrackedEntries;

/** Actions on stick tables: tracking an entry, and changing the general purpose counters and tags of a tracked one. Stateless. */
public final class StickEffects {
    private StickEffects() {}

    // ---- tracking ----

    /** {@code track-sc0 src}, {@code track-sc1 req.ssl_sni table t}: from now on the stream counts in that entry. */
    public static Effect track(String name, Words words, ActionTools tools) throws ParseProblem {
        int slot = slot(name, tools);
        Expression key = tools.expressions().parse(words, tools.context());
        String tableName = words.skip("table") ? words.require("table name") : "";
        StickTable table = table(tableName, name, tools);
        if (!Casts.isPossible(key.type(), TableKey.typeFor(table.settings()))) {
            throw new ParseProblem("stick-table '%s' uses a type incompatible with the '%s' rule", table.name(), name);
        }
        Hook hook = tools.context().hook();
        boolean isOfRequest = hook != Hook.CONNECTION && hook != Hook.SESSION;
        Effect effect = (stream, scratch) -> {
            if (!stream.tracked().isTracking(slot)) {
                Sample value = scratch.take();
                if (key.evaluateFinal(stream, value)) {
                    track(stream, slot, table, value, isOfRequest);
                }
                scratch.release(value);
            }
        };
        return effect.awaiting(key);
    }

    private static void track(Stream stream, int slot, StickTable table, Sample key, boolean isOfRequest) {
        long nowNs = stream.process().clock().nanoTime();
        long entry = TableKey.findOrCreate(table, key, nowNs);
        if (entry != StickTable.NONE) {
            stream.tracked().track(slot, table, entry, isOfRequest, nowNs);
        }
    }

    private static StickTable table(String name, String action, ActionTools tools) throws ParseProblem {
        StickTable table = tools.context().table(name);
        if (table == null) {
            throw name.isEmpty()
                    ? new ParseProblem("'%s' : there is no stick-table in this proxy, name one with 'table'", action)
                    : new ParseProblem("unable to find table '%s' referenced by '%s'", name, action);
        }
        return table;
    }

    /** The number behind {@code track-sc}. */
    private static int slot(String name, ActionTools tools) throws ParseProblem {
        String digits = name.substring("track-sc".length());
        int most = tools.context().stickCounters() - 1;
        if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > most) {
            throw new ParseProblem(
                    "invalid tracking counter '%s': expects a number between 0 and %d (tune.stick-counters)",
                    name, most);
        }
        return Integer.parseInt(digits);
    }

    // ---- changes of a tracked entry ----

    private interface Change {
        void apply(StickTable table, long entry, long value, long nowNs);
    }

    /** {@code sc-inc-gpc0(0)}. */
    public static Effect incrementCounter(String name, Words words, ActionTools tools) throws ParseProblem {
        int counter = name.startsWith("sc-inc-gpc0") ? 0 : 1;
        int slot = numbers(name, 1, tools)[0];
        return changing(
                slot, 1, (table, entry, value, now) -> TableChange.addCounter(table, entry, counter, value, now));
    }

    /** {@code sc-inc-gpc(2,0)}. */
    public static Effect incrementElement(String name, Words words, ActionTools tools) throws ParseProblem {
        int[] numbers = numbers(name, 2, tools);
        int index = numbers[0];
        int slot = numbers[1];
        return changing(slot, 1, (table, entry, value, now) -> TableChange.addElement(table, entry, index, value, now));
    }

    /** {@code sc-add-gpc(2,0) <number or expression>}. */
    public static Effect addElement(String name, Words words, ActionTools tools) throws ParseProblem {
        int[] numbers = numbers(name, 2, tools);
        int index = numbers[0];
        return valued(
                numbers[1],
                words,
                tools,
                (table, entry, value, now) -> TableChange.addElement(table, entry, index, value, now));
    }

    /** {@code sc-set-gpt0(0) <number or expression>}. */
    public static Effect setTag(String name, Words words, ActionTools tools) throws ParseProblem {
        return valued(
                numbers(name, 1, tools)[0],
                words,
                tools,
                (table, entry, value, now) -> TableChange.setTag(table, entry, 0, value, now));
    }

    /** {@code sc-set-gpt(2,0) <number or expression>}. */
    public static Effect setElement(String name, Words words, ActionTools tools) throws ParseProblem {
        int[] numbers = numbers(name, 2, tools);
        int index = numbers[0];
        return valued(
                numbers[1],
                words,
                tools,
                (table, entry, value, now) -> table.set(entry, StoredData.GPT, index, value, now));
    }

    private static Effect changing(int slot, long value, Change change) {
        return (stream, scratch) -> change(stream, slot, value, change);
    }

    private static Effect valued(int slot, Words words, ActionTools tools, Change change) throws ParseProblem {
        if (!words.hasNext()) {
            return changing(slot, 0, change); // HAProxy reads no value as 0
        }
        if (words.peek().matches("[0-9]{1,10}")) {
            return changing(slot, Long.parseLong(words.require("integer")), change);
        }
        Expression expression = tools.expressions().parse(words, tools.context());
        if (!Casts.isPossible(expression.type(), SampleType.INTEGER)) {
            throw new ParseProblem("invalid expression '%s': expects a number", expression.text());
        }
        return (stream, scratch) -> {
            Sample sample = scratch.take();
            if (expression.evaluateFinal(stream, sample) && Casts.cast(sample, SampleType.INTEGER)) {
                change(stream, slot, sample.low(), change);
            }
            scratch.release(sample);
        };
    }

    private static void change(Stream stream, int slot, long value, Change change) {
        TrackedEntries tracked = stream.tracked();
        if (tracked.isTracking(slot)) {
            long nowNs = stream.process().clock().nanoTime();
            change.apply(tracked.table(slot), tracked.entry(slot), value, nowNs);
            tracked.table(slot).touch(tracked.entry(slot), nowNs);
        }
    }

    /** The numbers between the parentheses, the last of which is that of a tracked entry; one that stands alone may be left out. */
    private static int[] numbers(String name, int count, ActionTools tools) throws ParseProblem {
        int open = name.indexOf('(');
        int[] numbers = new int[count];
        if (open < 0 && count == 1) {
            return numbers;
        }
        String[] texts = open < 0 || !name.endsWith(")")
                ? new String[0]
                : name.substring(open + 1, name.length() - 1).split(",", -1);
        boolean isWrong = texts.length != count;
        for (int i = 0; i < count && !isWrong; i++) {
            isWrong = !texts[i].matches("[0-9]{1,4}");
            numbers[i] = isWrong ? 0 : Integer.parseInt(texts[i]);
        }
        if (isWrong) {
            throw new ParseProblem(
                    "invalid action '%s': expects %s in parentheses",
                    name, count == 1 ? "the number of a tracked entry" : "an index and the number of a tracked entry");
        }
        int most = tools.context().stickCounters() - 1;
        if (numbers[count - 1] > most) {
            throw new ParseProblem(
                    "invalid stick table track ID '%s'. The max allowed ID is %d (tune.stick-counters)", name, most);
        }
        return numbers;
    }
}
