package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.BINARY;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.Arguments;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.pattern.Regex;
import dev.weir.stream.Stream;
import java.util.Locale;

/** Text to text. */
final class StringConverters implements ConverterFamily {
    @Override
    public void describe(ConverterTable table) {
        table.add(
                "lower",
                STRING,
                STRING,
                "ASCII letters in lower case",
                (stream, args, sample) -> shift(sample, 'A', 'Z', 32));
        table.add(
                "upper",
                STRING,
                STRING,
                "ASCII letters in upper case",
                (stream, args, sample) -> shift(sample, 'a', 'z', -32));
        table.add(
                "length",
                STRING,
                INTEGER,
                "number of bytes",
                (stream, args, sample) -> sample.integer(sample.length()));
        table.add(
                "bytes",
                BINARY,
                BINARY,
                "value,[value]",
                "a part by offset and length, each a number or variable",
                StringConverters::checkPart,
                StringConverters::part);
        describeTrims(table);
        table.add(
                "regsub",
                STRING,
                STRING,
                "str,str,[str]",
                "replaces what a regular expression matches; flags g and i",
                StringConverters::checkRegex,
                StringConverters::substitute);
    }

    private static void describeTrims(ConverterTable table) {
        table.add(
                "ltrim",
                STRING,
                STRING,
                "str",
                "without these characters at the beginning",
                (stream, args, sample) -> trimStart(sample, args.bytes(0)));
        table.add(
                "rtrim",
                STRING,
                STRING,
                "str",
                "without these characters at the end",
                (stream, args, sample) -> trimEnd(sample, args.bytes(0)));
        table.add(
                "cut_crlf", STRING, STRING, "up to the first line end", (stream, args, sample) -> cutAtLineEnd(sample));
    }

    private static boolean shift(Sample sample, int first, int last, int distance) {
        ByteWriter out = sample.writer();
        for (int i = 0; i < sample.length(); i++) {
            int c = sample.byteAt(i);
            out.put(c >= first && c <= last ? c + distance : c);
        }
        return sample.string(out);
    }

    private static void checkPart(Arguments args, ParseContext context) throws ParseProblem {
        for (int i = 0; i < args.count(); i++) {
            if (!args.isVariable(i) && args.number(i) < 0) {
                throw new ParseProblem("expects a non-negative integer");
            }
        }
    }

    private static boolean part(Stream stream, Arguments args, Sample sample) {
        Sample operand = sample.scratch().take();
        long offset = args.value(0, stream, operand) ? operand.low() : -1;
        long length = Long.MAX_VALUE;
        boolean isValid = offset >= 0;
        if (args.has(1)) {
            isValid &= args.value(1, stream, operand);
            length = operand.low();
        }
        sample.scratch().release(operand);
        if (!isValid || offset >= sample.length() || length < 0) {
            return sample.slice(0, 0);
        }
        return sample.slice((int) offset, (int) Math.min(length, sample.length() - offset));
    }

    private static boolean trimStart(Sample sample, byte[] characters) {
        int start = 0;
        while (start < sample.length() && isOneOf(characters, sample.byteAt(start))) {
            start++;
        }
        return sample.slice(start, sample.length() - start);
    }

    private static boolean trimEnd(Sample sample, byte[] characters) {
        int end = sample.length();
        while (end > 0 && isOneOf(characters, sample.byteAt(end - 1))) {
            end--;
        }
        return sample.slice(0, end);
    }

    static boolean isOneOf(byte[] characters, int c) {
        for (byte candidate : characters) {
            if ((candidate & 0xFF) == c) {
                return true;
            }
        }
        return false;
    }

    private static boolean cutAtLineEnd(Sample sample) {
        int end = 0;
        while (end < sample.length() && sample.byteAt(end) != '\r' && sample.byteAt(end) != '\n') {
            end++;
        }
        return sample.slice(0, end);
    }

    private static void checkRegex(Arguments args, ParseContext context) throws ParseProblem {
        String flags = args.hasText(2) ? args.text(2).toLowerCase(Locale.ROOT) : "";
        if (!flags.matches("[gi]*")) {
            throw new ParseProblem("invalid regex flags '%s', only 'i' and 'g' are supported", args.text(2));
        }
        if (args.text(0).isEmpty()) {
            throw new ParseProblem("missing regex in arg 1");
        }
        Regex regex = Regex.compile(args.text(0), flags.contains("i"));
        args.compiled(new Substitution(regex, args.bytes(1), flags.contains("g")));
    }

    private static boolean substitute(Stream stream, Arguments args, Sample sample) {
        Substitution substitution = args.compiled(Substitution.class);
        ByteWriter out = sample.writer();
        substitution.regex.replace(
                sample.bytes(), sample.length(), substitution.replacement, substitution.isGlobal, out);
        return sample.string(out);
    }

    private record Substitution(Regex regex, byte[] replacement, boolean isGlobal) {}
}
