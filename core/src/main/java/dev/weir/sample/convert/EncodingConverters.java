package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.BINARY;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.Base64Text;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.Sample;

/** Bytes to text and back. */
final class EncodingConverters implements ConverterFamily {

    @Override
    public void describe(ConverterTable table) {
        table.add("hex", BINARY, STRING, "two upper-case hex digits per byte", (stream, args, sample) -> hex(sample));
        table.add("hex2i", STRING, INTEGER, "hex digits to an integer", (stream, args, sample) -> hexToInteger(sample));
        table.add(
                "base2",
                BINARY,
                STRING,
                "eight binary digits per byte",
                (stream, args, sample) -> binaryDigits(sample));
        table.add(
                "base64",
                BINARY,
                STRING,
                "base64",
                (stream, args, sample) -> Base64Text.encode(sample, Base64Text.STANDARD, true));
        table.add(
                "ub64enc",
                BINARY,
                STRING,
                "base64url without padding",
                (stream, args, sample) -> Base64Text.encode(sample, Base64Text.URL_SAFE, false));
        table.add(
                "b64dec",
                STRING,
                BINARY,
                "decodes base64",
                (stream, args, sample) -> Base64Text.decode(sample, Base64Text.STANDARD, true));
        table.add(
                "ub64dec",
                STRING,
                BINARY,
                "decodes base64url",
                (stream, args, sample) -> Base64Text.decode(sample, Base64Text.URL_SAFE, false));
        table.add("htonl", INTEGER, BINARY, "four bytes in network order", (stream, args, sample) -> {
            ByteWriter out = sample.writer();
            for (int shift = 24; shift >= 0; shift -= 8) {
                out.put((int) (sample.low() >>> shift));
            }
            return sample.binary(out);
        });
    }

    private static boolean hex(Sample sample) {
        ByteWriter out = sample.writer();
        for (int i = 0; i < sample.length(); i++) {
            out.putHex(sample.byteAt(i));
        }
        return sample.string(out);
    }

    private static boolean hexToInteger(Sample sample) {
        long value = 0;
        for (int i = 0; i < sample.length(); i++) {
            int digit = Character.digit(sample.byteAt(i), 16);
            if (digit < 0) {
                return false;
            }
            value = value << 4 | digit;
        }
        return sample.integer(value);
    }

    private static boolean binaryDigits(Sample sample) {
        ByteWriter out = sample.writer();
        for (int i = 0; i < sample.length(); i++) {
            for (int bit = 7; bit >= 0; bit--) {
                out.put('0' + (sample.byteAt(i) >> bit & 1));
            }
        }
        return sample.string(out);
    }
}
