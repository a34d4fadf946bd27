package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.BINARY;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.Arguments;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;

/** Numbers and bytes to yes or no, and yes or no to text. */
final class LogicConverters implements ConverterFamily {
    private static final long ALL_BUT_TAB = 0x1_FFFF_FDFFL;
    private static final long ALL = 0x1_FFFF_FFFFL;
    private static final long FORBIDDEN_IN_HTTP = 0x2401;

    @Override
    public void describe(ConverterTable table) {
        table.add(
                "bool",
                INTEGER,
                BOOLEAN,
                "whether the number is not 0",
                (stream, args, sample) -> sample.bool(sample.low() != 0));
        table.add(
                "not",
                INTEGER,
                BOOLEAN,
                "whether the number is 0",
                (stream, args, sample) -> sample.bool(sample.low() == 0));
        table.add(
                "odd",
                INTEGER,
                BOOLEAN,
                "whether the number is odd",
                (stream, args, sample) -> sample.bool((sample.low() & 1) != 0));
        table.add(
                "even",
                INTEGER,
                BOOLEAN,
                "whether the number is even",
                (stream, args, sample) -> sample.bool((sample.low() & 1) == 0));
        table.add(
                "iif",
                BOOLEAN,
                STRING,
                "str,str",
                "the first string if true, else the second",
                (stream, args, sample) -> sample.string(args.bytes(sample.low() != 0 ? 0 : 1)));
        table.add(
                "has_ctl",
                BINARY,
                BOOLEAN,
                "[str]",
                "whether there are control characters: all but tab, 'any', 'http', or a mask",
                LogicConverters::checkMask,
                (stream, args, sample) -> sample.bool(hasControl(sample, args.compiled(Long.class))));
    }

    private static void checkMask(Arguments args, ParseContext context) throws ParseProblem {
        String text = args.hasText(0) ? args.text(0) : "";
        args.compiled(
                switch (text) {
                    case "" -> ALL_BUT_TAB;
                    case "any" -> ALL;
                    case "http" -> FORBIDDEN_IN_HTTP;
                    default -> number(text);
                });
    }

    private static Long number(String text) throws ParseProblem {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw new ParseProblem("'%s' is no mask", text);
        }
    }

    private static boolean hasControl(Sample sample, long mask) {
        for (int i = 0; i < sample.length(); i++) {
            int c = sample.byteAt(i);
            int bit = c == 127 ? 32 : c;
            if (bit <= 32 && (c < 32 || c == 127) && (mask >>> bit & 1) != 0) {
                return true;
            }
        }
        return false;
    }
}
