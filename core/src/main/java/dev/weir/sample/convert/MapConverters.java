package dev.weir.sample.convert;

import dev.weir.bridge.transport.SocketName;
import dev.weir.sample.Arguments;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.pattern.MapValue;
import dev.weir.sample.pattern.MatchMethod;
import dev.weir.sample.pattern.Matcher;
import dev.weir.sample.pattern.PatternEntry;
import dev.weir.sample.pattern.PatternUser;
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

    @Override
    public void describe(ConverterTable table) {
        add(table, "map", MatchMethod.STR, MapValue.STR);
        for (MatchMethod method : METHODS) {
            add(table, "map_" + method.text(), method, MapValue.STR);
            for (MapValue output : MapValue.values()) {
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

    private static void add(ConverterTable table, String name, MatchMethod method, MapValue output) {
        table.add(
                name,
                method.input(),
                output.type(),
                output == MapValue.KEY ? "str" : "str,[str]",
                "looks up the " + output.suffix() + " value of a key in a file, by method " + method.text(),
                (args, context) -> check(args, context, method, output),
                (stream, args, sample) -> args.compiled(Lookup.class).apply(sample));
    }

    private static void check(Arguments args, ParseContext context, MatchMethod method, MapValue output)
            throws ParseProblem {
        Matcher matcher = context.patterns().map(args.text(0), method, output, PatternUser.of(true, context));
        args.compiled(new Lookup(matcher, output, args.has(1) ? missing(args.text(1), output) : null));
    }

    private static Object missing(String value, MapValue output) throws ParseProblem {
        return switch (output) {
            case STR, KEY -> value.getBytes(StandardCharsets.UTF_8);
            case INT -> PatternEntry.integer(value);
            case IP -> PatternEntry.address(value);
        };
    }

    private static void checkRegexMap(Arguments args, ParseContext context) throws ParseProblem {
        Matcher matcher =
                context.patterns().map(args.text(0), MatchMethod.REG, MapValue.STR, PatternUser.of(true, context));
        args.compiled(new RegexMap(matcher, args.has(1) ? args.bytes(1) : null));
    }

    private record Lookup(Matcher matcher, MapValue output, Object missing) {
        boolean apply(Sample sample) {
            PatternEntry entry = matcher.match(sample);
            if (entry == null && missing == null) {
                return false;
            }
            return switch (output) {
                case STR -> sample.string(entry == null ? (byte[]) missing : entry.valueBytes());
                case INT -> sample.integer(entry == null ? (Long) missing : entry.valueNumber());
                case IP -> sample.address(entry == null ? (SocketName) missing : entry.valueAddress());
                case KEY -> sample.string(entry.bytes());
            };
        }
    }

    private record RegexMap(Matcher matcher, byte[] missing) {
        boolean apply(Sample sample) {
            PatternEntry entry = matcher.match(sample);
            if (entry == null) {
                return missing != null && sample.string(missing);
            }
            ByteWriter out = sample.writer();
            entry.regex().expand(sample.bytes(), sample.length(), entry.valueBytes(), out);
            return sample.string(out);
        }
    }
}
