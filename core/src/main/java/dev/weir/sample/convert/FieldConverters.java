package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.Arguments;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.Numbers;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.stream.Stream;

/** Parts of delimited text. */
final class FieldConverters implements ConverterFamily {
    private static final byte[] AMPERSAND = {'&'};

    @Override
    public void describe(ConverterTable table) {
        table.add(
                "field",
                STRING,
                STRING,
                "sint,str,[sint]",
                "the n-th field, or several; negative counts from the end",
                FieldConverters::checkIndex,
                FieldConverters::field);
        table.add(
                "word",
                STRING,
                STRING,
                "sint,str,[sint]",
                "the n-th non-empty field, or several; negative counts from the end",
                FieldConverters::checkIndex,
                FieldConverters::word);
        table.add(
                "param",
                STRING,
                STRING,
                "str,[str]",
                "the value of name=value in a delimited list",
                FieldConverters::checkParameter,
                FieldConverters::parameter);
        table.add(
                "host_only",
                STRING,
                STRING,
                "a host name without its port, in lower case",
                (stream, args, sample) -> hostOnly(sample));
        table.add("port_only", STRING, INTEGER, "the port behind a host name, 0 if none", (stream, args, sample) -> {
            int host = hostLength(sample);
            boolean hasPort = host < sample.length();
            return sample.integer(hasPort ? Numbers.parse(sample.bytes(), host + 1, sample.length() - host - 1) : 0);
        });
    }

    private static void checkIndex(Arguments args, ParseContext context) throws ParseProblem {
        if (args.number(0) == 0) {
            throw new ParseProblem("unexpected value 0 for argument 1");
        }
        if (args.number(2, 1) < 0) {
            throw new ParseProblem("unexpected negative value for argument 3");
        }
    }

    private static boolean isDelimiter(Sample sample, int index, byte[] delimiters) {
        return StringConverters.isOneOf(delimiters, sample.byteAt(index));
    }

    private static boolean field(Stream stream, Arguments args, Sample sample) {
        return args.number(0) > 0 ? fieldFromStart(args, sample) : fieldFromEnd(args, sample);
    }

    private static boolean fieldFromStart(Arguments args, Sample sample) {
        long count = args.number(2, 1);
        long field = 1;
        int start = 0;
        int end = 0;
        for (; end < sample.length(); end++) {
            if (!isDelimiter(sample, end, args.bytes(1))) {
                continue;
            }
            if (field != args.number(0)) {
                start = end + 1;
                field++;
            } else if (count == 1) {
                break;
            } else if (count > 1) {
                count--;
            }
        }
        return field == args.number(0) && sample.slice(start, end - start);
    }

    private static boolean fieldFromEnd(Arguments args, Sample sample) {
        long count = args.number(2, 1);
        long field = -1;
        int end = sample.length();
        int start = end;
        for (; start > 0; start--) {
            if (!isDelimiter(sample, start - 1, args.bytes(1))) {
                continue;
            }
            if (field != args.number(0)) {
                end = start - 1;
                field--;
            } else if (count == 1) {
                break;
            } else if (count > 1) {
                count--;
            }
        }
        return field == args.number(0) && sample.slice(start, end - start);
    }

    private static boolean word(Stream stream, Arguments args, Sample sample) {
        return args.number(0) > 0 ? wordFromStart(args, sample) : wordFromEnd(args, sample);
    }

    /** A run of delimiters counts as one, and none at the ends counts. */
    private static boolean wordFromStart(Arguments args, Sample sample) {
        long count = args.number(2, 1);
        long word = 0;
        boolean isInside = false;
        int start = 0;
        int end = 0;
        for (int i = 0; i < sample.length(); i++) {
            boolean isDelimiter = isDelimiter(sample, i, args.bytes(1));
            if (isDelimiter && isInside && word >= args.number(0) && count > 0 && --count == 0) {
                return sample.slice(start, i - start);
            }
            if (!isDelimiter && !isInside && ++word == args.number(0)) {
                start = i;
            }
            isInside = !isDelimiter;
            end = i + 1;
        }
        return word >= args.number(0) && sample.slice(start, end - start);
    }

    private static boolean wordFromEnd(Arguments args, Sample sample) {
        long wanted = -args.number(0);
        long count = args.number(2, 1);
        long word = 0;
        boolean isInside = false;
        int end = 0;
        for (int i = sample.length(); i > 0; i--) {
            boolean isDelimiter = isDelimiter(sample, i - 1, args.bytes(1));
            if (isDelimiter && isInside && word >= wanted && count > 0 && --count == 0) {
                return sample.slice(i, end - i);
            }
            if (!isDelimiter && !isInside && ++word == wanted) {
                end = i;
            }
            isInside = !isDelimiter;
        }
        return word >= wanted && sample.slice(0, end);
    }

    private static void checkParameter(Arguments args, ParseContext context) throws ParseProblem {
        if (args.has(1) && args.bytes(1).length != 1) {
            throw new ParseProblem("Delimiter must be exactly 1 character.");
        }
    }

    private static boolean parameter(Stream stream, Arguments args, Sample sample) {
        byte[] delimiters = args.hasText(1) ? args.bytes(1) : AMPERSAND;
        byte[] name = args.bytes(0);
        int start = 0;
        while (start <= sample.length()) {
            int end = start;
            while (end < sample.length() && !isDelimiter(sample, end, delimiters)) {
                end++;
            }
            if (isNamed(sample, start, end, name)) {
                int value = Math.min(end, start + name.length + 1);
                return sample.slice(value, end - value);
            }
            start = end + 1;
        }
        return false;
    }

    private static boolean isNamed(Sample sample, int start, int end, byte[] name) {
        int behind = start + name.length;
        if (behind > end || behind < end && sample.byteAt(behind) != '=') {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if ((name[i] & 0xFF) != sample.byteAt(start + i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hostOnly(Sample sample) {
        sample.slice(0, hostLength(sample));
        var out = sample.writer();
        for (int i = 0; i < sample.length(); i++) {
            int c = sample.byteAt(i);
            out.put(c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
        return sample.string(out);
    }

    /** The last colon ends it, unless that is one of an IPv6 address in brackets. */
    private static int hostLength(Sample sample) {
        for (int i = sample.length() - 1; i >= 0 && sample.byteAt(i) != ']'; i--) {
            if (sample.byteAt(i) == ':') {
                return i;
            }
        }
        return sample.length();
    }
}
