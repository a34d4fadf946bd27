package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.ANY;
import static dev.weir.sample.SampleType.BINARY;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.Arguments;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Casts;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.VariableAssignment;
import dev.weir.stream.Stream;
import dev.weir.stream.VariableName;
import java.util.ArrayList;
import java.util.List;

/** Converters that read or write variables. */
final class VariableConverters implements ConverterFamily {
    @Override
    public void describe(ConverterTable table) {
        table.add(
                "set-var",
                ANY,
                ANY,
                "var,[str],[str],[str],[str]",
                "stores the value in a variable and passes it on, if conditions hold",
                VariableConverters::checkAssignment,
                (stream, args, sample) ->
                        args.compiled(VariableAssignment.class).store(stream, sample));
        table.add(
                "unset-var", ANY, ANY, "var", "removes a variable and passes the value on", (stream, args, sample) -> {
                    stream.variables().unset(args.variable(0));
                    return true;
                });
        table.add(
                "concat",
                STRING,
                STRING,
                "[str],[var],[str]",
                "appends a string, a variable and a string",
                VariableConverters::concatenate);
        table.add(
                "add_item",
                STRING,
                STRING,
                "str,[var],[str]",
                "appends a variable and a suffix behind a delimiter, if there is something on both sides of it",
                VariableConverters::checkItem,
                VariableConverters::addItem);
        table.add(
                "strcmp",
                STRING,
                INTEGER,
                "var",
                "compares with a variable: negative, 0 or positive",
                VariableConverters::compare);
        table.add(
                "secure_memcmp",
                BINARY,
                BOOLEAN,
                "var",
                "whether it equals a variable, in a time that tells nothing about where they differ",
                VariableConverters::isEqual);
    }

    private static void checkAssignment(Arguments args, ParseContext context) throws ParseProblem {
        List<String> conditions = new ArrayList<>();
        for (int i = 1; i < args.count(); i++) {
            conditions.add(args.text(i));
        }
        args.compiled(VariableAssignment.parse(args.text(0), conditions, context));
    }

    private static void checkItem(Arguments args, ParseContext context) throws ParseProblem {
        if (!args.hasText(1) && !args.hasText(2)) {
            throw new ParseProblem("one of the optional arguments has to be nonempty");
        }
    }

    private static boolean concatenate(Stream stream, Arguments args, Sample sample) {
        ByteWriter out = sample.writer().put(sample.bytes(), 0, sample.length());
        if (args.has(0)) {
            out.put(args.bytes(0));
        }
        if (args.hasText(1)) {
            appendVariable(stream, args.variable(1), sample, out);
        }
        if (args.has(2)) {
            out.put(args.bytes(2));
        }
        return sample.string(out);
    }

    private static boolean addItem(Stream stream, Arguments args, Sample sample) {
        ByteWriter out = sample.writer().put(sample.bytes(), 0, sample.length());
        if (sample.length() > 0) {
            out.put(args.bytes(0));
        }
        int before = out.length();
        if (args.hasText(1)) {
            appendVariable(stream, args.variable(1), sample, out);
        }
        if (args.hasText(2)) {
            out.put(args.bytes(2));
        }
        boolean hasItem = out.length() > before;
        return sample.string(hasItem ? out : out.length(sample.length()));
    }

    private static void appendVariable(Stream stream, VariableName name, Sample sample, ByteWriter out) {
        Sample value = sample.scratch().take();
        if (text(stream, name, value)) {
            out.put(value.bytes(), 0, value.length());
        }
        sample.scratch().release(value);
    }

    private static boolean text(Stream stream, VariableName name, Sample value) {
        return value.variable(stream.variables().get(name)) && Casts.cast(value, STRING);
    }

    private static boolean compare(Stream stream, Arguments args, Sample sample) {
        Sample other = sample.scratch().take();
        boolean isThere = text(stream, args.variable(0), other);
        long order = isThere ? order(sample, other) : 0;
        sample.scratch().release(other);
        return isThere && sample.integer(order);
    }

    /** Of the common part, then of the lengths. */
    private static long order(Sample left, Sample right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            int difference = left.byteAt(i) - right.byteAt(i);
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static boolean isEqual(Stream stream, Arguments args, Sample sample) {
        Sample other = sample.scratch().take();
        boolean isThere = text(stream, args.variable(0), other);
        int difference = isThere ? sample.length() ^ other.length() : 1;
        for (int i = 0; isThere && i < sample.length() && i < other.length(); i++) {
            difference |= sample.byteAt(i) ^ other.byteAt(i);
        }
        sample.scratch().release(other);
        return isThere && sample.bool(difference == 0);
    }
}
