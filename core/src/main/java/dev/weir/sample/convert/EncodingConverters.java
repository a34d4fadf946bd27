package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.BINARY;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.ByteWriter;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.Sample;

/** Bytes to text and back. */
final class EncodingConverters implements ConverterFamily {
    private static final String STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    @Override
    public void describe(ConverterTable table) {
        table.add("hex", BINARY, STRING, "two upper-case hex digits per byte", (stream, args, sample) -> hex(sample));
        table.add("hex2i", BINARY, INTEGER, "hex digits to an integer", (stream, args, sample) -> hexToInteger(sample));
        table.add(
                "base2",
                BINARY,
                STRING,
                "eight binary digits per byte",
                (stream, args, sample) -> binaryDigits(sample));
        table.add("base64", BINARY, STRING, "base64", (stream, args, sample) -> encode(sample, STANDARD, true));
        table.add(
                "ub64enc",
                BINARY,
                STRING,
                "base64url without padding",
                (stream, args, sample) -> encode(sample, URL_SAFE, false));
        table.add("b64dec", STRING, BINARY, "decodes base64", (stream, args, sample) -> decode(sample, STANDARD, true));
        table.add(
                "ub64dec",
                STRING,
                BINARY,
                "decodes base64url",
                (stream, args, sample) -> decode(sample, URL_SAFE, false));
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

    private static boolean encode(Sample sample, String alphabet, boolean isPadded) {
        ByteWriter out = sample.writer();
        int length = sample.length();
        for (int i = 0; i < length; i += 3) {
            int bits = sample.byteAt(i) << 16
                    | (i + 1 < length ? sample.byteAt(i + 1) << 8 : 0)
                    | (i + 2 < length ? sample.byteAt(i + 2) : 0);
            int characters = Math.min(3, length - i) + 1;
            for (int j = 0; j < characters; j++) {
                out.put(alphabet.charAt(bits >> 18 - 6 * j & 63));
            }
            for (int j = characters; isPadded && j < 4; j++) {
                out.put('=');
            }
        }
        return sample.string(out);
    }

    private static boolean decode(Sample sample, String alphabet, boolean needsPadding) {
        int length = sample.length();
        if (needsPadding && length % 4 != 0) {
            return false;
        }
        while (length > 0 && length > sample.length() - 2 && sample.byteAt(length - 1) == '=') {
            length--;
        }
        if (length % 4 == 1) {
            return false;
        }
        ByteWriter out = sample.writer();
        int bits = 0;
        for (int i = 0; i < length; i++) {
            int value = valueOf(sample.byteAt(i), alphabet);
            if (value < 0) {
                return false;
            }
            bits = bits << 6 | value;
            if (i % 4 != 0) {
                out.put(bits >> 2 * (3 - i % 4));
            }
        }
        return sample.binary(out);
    }

    private static int valueOf(int c, String alphabet) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == alphabet.charAt(62) ? 62 : c == alphabet.charAt(63) ? 63 : -1;
    }
}
