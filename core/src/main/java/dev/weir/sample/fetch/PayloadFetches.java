package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.REQUEST_BYTES;
import static dev.weir.sample.Availability.RESPONSE_BYTES;
import static dev.weir.sample.SampleType.BINARY;
import static dev.weir.sample.SampleType.INTEGER;

import dev.weir.sample.Arguments;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.stream.InputView;
import dev.weir.stream.Stream;
import dev.weir.stream.ValueType;
import java.util.function.Function;

/** Raw bytes of what was received and not yet forwarded. */
final class PayloadFetches implements FetchFamily {
    @Override
    public void describe(FetchTable table) {
        table.add(
                "req.len",
                INTEGER,
                REQUEST_BYTES,
                "bytes of the request held",
                (stream, args, out) -> length(stream.request(), out));
        table.alias("req_len", "req.len");
        table.add(
                "res.len",
                INTEGER,
                RESPONSE_BYTES,
                "bytes of the response held",
                (stream, args, out) -> length(stream.response(), out));
        payload(table, "req", "request", true);
        payload(table, "res", "response", false);
        table.alias("payload", "req.payload");
        table.alias("payload_lv", "req.payload_lv");
    }

    private static void payload(FetchTable table, String prefix, String what, boolean isRequest) {
        var availability = isRequest ? REQUEST_BYTES : RESPONSE_BYTES;
        Function<Stream, InputView> input = isRequest ? Stream::request : Stream::response;
        table.add(
                prefix + ".payload",
                BINARY,
                availability,
                "sint,sint",
                "bytes of the " + what + " by offset and length, 0 for all that follow",
                PayloadFetches::checkPayload,
                (stream, args, out) -> block(input.apply(stream), args.number(0), args.number(1), out));
        table.add(
                prefix + ".payload_lv",
                BINARY,
                availability,
                "sint,sint,[str]",
                "bytes of the " + what + " whose length stands at an offset",
                PayloadFetches::checkLengthValue,
                (stream, args, out) -> lengthValue(input.apply(stream), args, out));
    }

    private static boolean length(InputView input, Sample out) {
        out.mayChange(input.mayGrow());
        return out.integer(input.length());
    }

    private static boolean tooShort(InputView input, Sample out) {
        out.mayChange(input.mayGrow());
        return false;
    }

    private static boolean block(InputView input, long offset, long length, Sample out) {
        if (offset + length > Sample.BYTES_MAX) {
            return false;
        }
        if (offset + length > input.length()) {
            return tooShort(input, out);
        }
        boolean isAll = length == 0;
        out.mayChange(isAll && input.mayGrow());
        int count = (int) (isAll ? input.length() - offset : length);
        return out.bytes(ValueType.BIN, input.bytes(), (int) offset, count);
    }

    private static boolean lengthValue(InputView input, Arguments args, Sample out) {
        int lengthOffset = (int) args.number(0);
        int lengthBytes = (int) args.number(1);
        if (lengthOffset + lengthBytes > input.length()) {
            return tooShort(input, out);
        }
        long length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length = length << 8 | input.bytes().getByte(lengthOffset + i) & 0xFF;
        }
        long offset = valueOffset(args, lengthOffset + lengthBytes);
        boolean isImpossible =
                length <= 0 || length > Sample.BYTES_MAX || offset < 0 || offset + length > Sample.BYTES_MAX;
        return !isImpossible && block(input, offset, length, out);
    }

    private static long valueOffset(Arguments args, long implicitOffset) {
        LengthValueOffset explicit = args.compiled(LengthValueOffset.class);
        if (explicit == null) {
            return implicitOffset;
        }
        return explicit.isRelative ? implicitOffset + explicit.offset : explicit.offset;
    }

    private static void checkPayload(Arguments args, ParseContext context) throws ParseProblem {
        requireRange("payload offset1", args.number(0), 0, Integer.MAX_VALUE);
        requireRange("payload length", args.number(1), 0, Integer.MAX_VALUE);
    }

    private static void checkLengthValue(Arguments args, ParseContext context) throws ParseProblem {
        requireRange("payload offset1", args.number(0), 0, Sample.BYTES_MAX);
        requireRange("payload length", args.number(1), 1, 7);
        if (args.hasText(2)) {
            args.compiled(LengthValueOffset.parse(args.text(2)));
        }
    }

    private static void requireRange(String what, long value, long least, long most) throws ParseProblem {
        if (value < least || value > most) {
            throw new ParseProblem("%s must be from %d to %d, got %d", what, least, most, value);
        }
    }

    /** Third argument of payload_lv: absolute, or relative to what follows the length. */
    private record LengthValueOffset(boolean isRelative, int offset) {
        static LengthValueOffset parse(String text) throws ParseProblem {
            try {
                boolean isRelative = text.startsWith("+") || text.startsWith("-");
                return new LengthValueOffset(isRelative, Integer.parseInt(text));
            } catch (NumberFormatException e) {
                throw new ParseProblem("payload offset2 '%s' is not a number", text);
            }
        }
    }
}
