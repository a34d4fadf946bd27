package dev.weir.sample.convert;

import dev.weir.bridge.transport.SocketName;
import dev.weir.sample.Arguments;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ConstantAddress;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.pattern.MatchMethod;
import dev.weir.sample.pattern.Matcher;
import dev.weir.sample.pattern.Matchers;
import dev.weir.sample.pattern.PatternEntry;
import dev.weir.sample.pattern.Regex;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Looks the value up in a file of keys and values: {@code map}, {@code map_<method>}, {@code map_<method>_<output>}. */
final class MapConverters implements ConverterFamily {
    private static final List<MatchMethod> METHODS = List.of(
            MatchMethod.STR,
            MatchMethod.BEG,
            MatchMethod.SUB,
            MatchMethod.DIR,
            MatchMethod.DOM,
            MatchMethod.END,
            MatchMethod.REG,
            MatchMethod.INT,
            MatchMethod.IP);

    private enum Output {
        STR(SampleType.STRING),
        INT(SampleType.INTEGER),
        IP(SampleType.ADDRESS),
        /** The key as it stands in the file. */
        KEY(SampleType.STRING);

        private final SampleType type;

        Output(SampleType type) {
            this.type = type;
        }

        String suffix() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Override
    public void describe(ConverterTable table) {
        add(table, "map", MatchMethod.STR, Output.STR);
        for (MatchMethod method : METHODS) {
            add(table, "map_" + method.text(), method, Output.STR);
            for (Output output : Output.values()) {
                add(table, "map_" + method.text() + "_" + output.suffix(), method, output);
            }
        }
        table.add(
                "map_regm",
                SampleType.STRING,
                SampleType.STRING,
                "str,[str]",
                "value of the first regular expression in a file that matches, with \\1 replaced by its groups",
                MapConverters::checkRegexMap,
                (stream, args, sample) -> args.compiled(RegexMap.class).apply(sample));
    }

    private static void add(ConverterTable table, String name, MatchMethod method, Output output) {
        table.add(
                name,
                method.input(),
                output.type,
                output == Output.KEY ? "str" : "str,[str]",
                "looks up the " + output.suffix() + " value of a key in a file, by method " + method.text(),
                (args, context) -> check(args, context, method, output),
                (stream, args, sample) -> args.compiled(Lookup.class).apply(sample));
    }

    private static void check(Arguments args, ParseContext context, MatchMethod method, Output output)
            throws ParseProblem {
        List<PatternEntry> entries = context.patterns().map(args.text(0), value -> parse(value, output));
        Object missing = args.has(1) ? parse(args.text(1), output) : null;
        args.compiled(new Lookup(Matchers.of(method, false, entries), output, missing));
    }

    private static Object parse(String value, Output output) throws ParseProblem {
        return switch (output) {
            case STR, KEY -> value.getBytes(StandardCharsets.UTF_8);
            case INT -> integer(value);
            case IP -> address(value);
        };
    }

    private static Long integer(String value) throws ParseProblem {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new ParseProblem("'%s' is not a number", value);
        }
    }

    private static SocketName address(String value) throws ParseProblem {
        SocketName name = new SocketName();
        if (!ConstantAddress.parseIpv4(value, name) && !ConstantAddress.parseIpv6(value, name)) {
            throw new ParseProblem("'%s' is not an IP address", value);
        }
        return name;
    }

    private static void checkRegexMap(Arguments args, ParseContext context) throws ParseProblem {
        List<PatternEntry> entries =
                context.patterns().map(args.text(0), value -> value.getBytes(StandardCharsets.UTF_8));
        Regex[] regexes = new Regex[entries.size()];
        for (int i = 0; i < regexes.length; i++) {
            regexes[i] = Regex.compile(entries.get(i).text(), false);
        }
        byte[] missing = args.has(1) ? args.bytes(1) : null;
        args.compiled(new RegexMap(regexes, entries.toArray(new PatternEntry[0]), missing));
    }

    private record Lookup(Matcher matcher, Output output, Object missing) {
        boolean apply(Sample sample) {
            PatternEntry entry = matcher.match(sample);
            if (entry == null && missing == null) {
                return false;
            }
            return switch (output) {
                case STR -> sample.string(entry == null ? (byte[]) missing : entry.value(byte[].class));
                case INT -> sample.integer(entry == null ? (Long) missing : entry.value(Long.class));
                case IP -> sample.address(entry == null ? (SocketName) missing : entry.value(SocketName.class));
                case KEY -> sample.string(entry.bytes());
            };
        }
    }

    private record RegexMap(Regex[] regexes, PatternEntry[] entries, byte[] missing) {
        boolean apply(Sample sample) {
            ByteWriter out = sample.writer();
            for (int i = 0; i < regexes.length; i++) {
                if (regexes[i].expand(sample.bytes(), sample.length(), entries[i].value(byte[].class), out)) {
                    return sample.string(out);
                }
            }
            return missing != null && sample.string(missing);
        }
    }
}
