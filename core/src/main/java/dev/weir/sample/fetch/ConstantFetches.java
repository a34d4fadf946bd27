package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.ALWAYS;
import static dev.weir.sample.SampleType.BINARY;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.IPV4;
import static dev.weir.sample.SampleType.IPV6;
import static dev.weir.sample.SampleType.METHOD;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.protocol.http.Method;
import dev.weir.sample.Arguments;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.StreamTest;
import dev.weir.sample.Verdict;
import dev.weir.stream.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;

/** Values that stand in the configuration itself, environment variables and named ACLs among them. */
final class ConstantFetches implements FetchFamily {
    @Override
    public void describe(FetchTable table) {
        describeSimple(table);
        describeChecked(table);
        describeNames(table);
    }

    private static void describeSimple(FetchTable table) {
        table.add("always_true", BOOLEAN, ALWAYS, "always true", (stream, args, out) -> out.bool(true));
        table.add("always_false", BOOLEAN, ALWAYS, "always false", (stream, args, out) -> out.bool(false));
        table.add("str", STRING, ALWAYS, "str", "a constant string", (stream, args, out) -> out.string(args.bytes(0)));
        table.add(
                "int",
                INTEGER,
                ALWAYS,
                "sint",
                "a constant integer",
                (stream, args, out) -> out.integer(args.number(0)));
        table.add(
                "ipv4",
                IPV4,
                ALWAYS,
                "ipv4",
                "a constant IPv4 address",
                (stream, args, out) -> out.ipv4((int) args.number(0)));
        table.add(
                "ipv6",
                IPV6,
                ALWAYS,
                "ipv6",
                "a constant IPv6 address",
                (stream, args, out) -> out.ipv6(args.highNumber(0), args.number(0)));
    }

    /** What is looked at when the configuration is read. */
    private static void describeChecked(FetchTable table) {
        table.add(
                "bool",
                BOOLEAN,
                ALWAYS,
                "str",
                "a constant boolean: true, false, 1 or 0",
                ConstantFetches::checkBoolean,
                (stream, args, out) -> out.bool(args.compiled(Boolean.class)));
        table.add(
                "bin",
                BINARY,
                ALWAYS,
                "str",
                "constant bytes, in hex",
                ConstantFetches::checkHex,
                (stream, args, out) -> {
                    byte[] bytes = args.compiled(byte[].class);
                    return out.bytes(ValueType.BIN, bytes, 0, bytes.length);
                });
        table.add(
                "meth",
                METHOD,
                ALWAYS,
                "str",
                "a constant HTTP method",
                ConstantFetches::checkMethod,
                (stream, args, out) -> {
                    int number = args.compiled(Integer.class);
                    byte[] name = args.bytes(0);
                    return out.bytes(ValueType.METH, name, 0, name.length) && out.method(number);
                });
    }

    private static void describeNames(FetchTable table) {
        table.add(
                "env",
                STRING,
                ALWAYS,
                "str",
                "an environment variable, as it was when the configuration was read",
                ConstantFetches::checkEnvironment,
                (stream, args, out) -> args.compiled(byte[].class) != null && out.string(args.compiled(byte[].class)));
        table.add(
                "acl",
                BOOLEAN,
                ALWAYS,
                "str,[str],[str],[str],[str],[str],[str],[str],[str],[str],[str],[str]",
                "whether all these named ACLs match; ! before a name inverts it",
                ConstantFetches::checkAcl,
                (stream, args, out) -> {
                    Verdict verdict = args.compiled(StreamTest.class).test(stream, out.scratch());
                    out.mayChange(verdict == Verdict.UNDECIDED);
                    return verdict != Verdict.UNDECIDED && out.bool(verdict == Verdict.PASS);
                });
    }

    private static void checkBoolean(Arguments args, ParseContext context) throws ParseProblem {
        args.compiled(
                switch (args.text(0).toLowerCase(java.util.Locale.ROOT)) {
                    case "true", "1" -> Boolean.TRUE;
                    case "false", "0" -> Boolean.FALSE;
                    default -> throw new ParseProblem("expects 'true', 'false', '1' or '0', got '%s'", args.text(0));
                });
    }

    private static void checkHex(Arguments args, ParseContext context) throws ParseProblem {
        try {
            args.compiled(HexFormat.of().parseHex(args.text(0)));
        } catch (IllegalArgumentException e) {
            throw new ParseProblem("invalid hexadecimal '%s'", args.text(0));
        }
    }

    private static void checkMethod(Arguments args, ParseContext context) {
        byte[] name = args.bytes(0);
        args.compiled(Method.numberOf(new UnsafeBuffer(name), 0, name.length));
    }

    private static void checkEnvironment(Arguments args, ParseContext context) {
        String value = context.environment(args.text(0));
        args.compiled(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    private static void checkAcl(Arguments args, ParseContext context) throws ParseProblem {
        StreamTest all = null;
        for (int i = 0; i < args.count(); i++) {
            StreamTest one = namedTest(args.text(i), context);
            StreamTest before = all;
            all = before == null
                    ? one
                    : (stream, scratch) -> before.test(stream, scratch).and(one.test(stream, scratch));
        }
        args.compiled(all);
    }

    private static StreamTest namedTest(String text, ParseContext context) throws ParseProblem {
        boolean isInverted = text.startsWith("!");
        String name = isInverted ? text.substring(1) : text;
        StreamTest test = context.test(name);
        if (test == null) {
            throw new ParseProblem("ACL '%s' not found", name);
        }
        return isInverted ? (stream, scratch) -> test.test(stream, scratch).negate() : test;
    }
}
