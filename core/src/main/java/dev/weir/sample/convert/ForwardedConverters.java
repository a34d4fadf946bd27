package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.ANY;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.AddressText;
import dev.weir.sample.Arguments;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Casts;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.ForwardedText;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.stream.ValueType;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** {@code Forwarded} fields (RFC 7239): reading their parts and nodes, and making nodes of values. */
final class ForwardedConverters implements ConverterFamily {
    private static final byte[] UNKNOWN = "unknown".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void describe(ConverterTable table) {
        table.add(
                "rfc7239_is_valid",
                STRING,
                BOOLEAN,
                "whether it is an element of a Forwarded field",
                (stream, args, sample) -> sample.bool(ForwardedText.isValid(sample.bytes(), 0, sample.length())));
        table.add(
                "rfc7239_field",
                STRING,
                STRING,
                "str",
                "a part of an element of a Forwarded field: proto, host, for or by",
                ForwardedConverters::checkPart,
                (stream, args, sample) -> part(sample, args.compiled(ForwardedText.Part.class)));
        table.add(
                "rfc7239_n2nn",
                STRING,
                ANY,
                "name of a node, an address if it is one",
                (stream, args, sample) -> nodeName(sample));
        table.add(
                "rfc7239_n2np",
                STRING,
                ANY,
                "port of a node, a number if it is one",
                (stream, args, sample) -> nodePort(sample));
        table.add(
                "rfc7239_nn",
                ANY,
                STRING,
                "makes the name of a node of an address or a word",
                (stream, args, sample) -> makeName(sample));
        table.add(
                "rfc7239_np",
                ANY,
                STRING,
                "makes the port of a node of a number or a word",
                (stream, args, sample) -> sample.type() == ValueType.SINT ? Casts.cast(sample, STRING) : hide(sample));
    }

    private static void checkPart(Arguments args, ParseContext context) throws ParseProblem {
        ForwardedText.Part part = ForwardedText.Part.of(args.text(0));
        if (part == null) {
            throw new ParseProblem("expects 'proto', 'host', 'for' or 'by', got '%s'", args.text(0));
        }
        args.compiled(part);
    }

    private static boolean part(Sample sample, ForwardedText.Part part) {
        long found = ForwardedText.find(sample, part);
        return found >= 0 && sample.slice((int) (found >>> 32), (int) found);
    }

    /** Length of the name of what must be a node as a whole, -1 if it is none. */
    private static int nameLength(Sample node) {
        int length = ForwardedText.nameLength(node.bytes(), 0, node.length());
        boolean isNode = length > 0 && ForwardedText.isPort(node.bytes(), length, node.length() - length);
        return isNode ? length : -1;
    }

    private static boolean nodeName(Sample sample) {
        int length = nameLength(sample);
        return length > 0 && sample.slice(0, length) && (isBracketed(sample) ? bracketed(sample) : plain(sample));
    }

    private static boolean isBracketed(Sample sample) {
        return sample.byteAt(0) == '[';
    }

    private static boolean bracketed(Sample sample) {
        return AddressText.parseIpv6(sample.bytes(), 1, sample.length() - 2, sample);
    }

    private static boolean plain(Sample sample) {
        long address = AddressText.parseIpv4(sample.bytes(), 0, sample.length());
        return address < 0 || sample.ipv4((int) address);
    }

    private static boolean nodePort(Sample sample) {
        int length = nameLength(sample);
        if (length <= 0 || length == sample.length()) {
            return false;
        }
        sample.slice(length + 1, sample.length() - length - 1);
        int number = ForwardedText.number(sample.bytes(), 0, sample.length());
        return number < 0 || sample.integer(number);
    }

    private static boolean makeName(Sample sample) {
        return switch (sample.type()) {
            case IPV4 -> Casts.cast(sample, SampleType.STRING);
            case IPV6 -> {
                ByteWriter out = sample.writer().put('[');
                AddressText.writeIpv6(sample.high(), sample.low(), out);
                yield sample.string(out.put(']'));
            }
            case BOOL, SINT, STR, BIN, METH -> {
                if (!Casts.cast(sample, STRING)) {
                    yield false;
                }
                yield sample.length() == 0 ? sample.string(UNKNOWN) : hide(sample);
            }
        };
    }

    /** An underscore in front makes a word one that tells nothing. */
    private static boolean hide(Sample sample) {
        if (!Casts.cast(sample, STRING)) {
            return false;
        }
        DirectBuffer bytes = sample.bytes();
        int length = sample.length();
        return ForwardedText.isWord(bytes, 0, length)
                && sample.string(sample.writer().put('_').put(bytes, 0, length));
    }
}
