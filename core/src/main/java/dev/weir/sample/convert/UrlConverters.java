package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.ANY;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.Arguments;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;

/** Percent encoding and JSON strings. */
final class UrlConverters implements ConverterFamily {
    @Override
    public void describe(ConverterTable table) {
        table.add(
                "url_dec",
                STRING,
                STRING,
                "[sint]",
                "decodes %XX; + becomes a space behind ? or, with 1, everywhere",
                (stream, args, sample) -> decode(sample, args.number(0, 0) != 0));
        table.add(
                "url_enc",
                STRING,
                STRING,
                "[str]",
                "encodes all but letters, digits and -._~ as %XX",
                UrlConverters::checkEncoding,
                (stream, args, sample) -> encode(sample));
        table.add(
                "json",
                STRING,
                STRING,
                "[str]",
                "escapes for a JSON string; input is ascii, utf8, utf8s, utf8p or utf8ps",
                UrlConverters::checkCode,
                (stream, args, sample) -> args.compiled(JsonText.class).convert(sample));
        table.add(
                "json_query",
                STRING,
                ANY,
                "str,[str]",
                "the value at a path such as $.a.b[2]; int makes numbers whole",
                UrlConverters::checkQuery,
                (stream, args, sample) -> args.compiled(JsonQuery.class).apply(sample));
    }

    private static void checkQuery(Arguments args, ParseContext context) throws ParseProblem {
        boolean wantsInteger = args.hasText(1) && args.text(1).equals("int");
        if (args.hasText(1) && !wantsInteger) {
            throw new ParseProblem("output_type only supports \"int\" as argument");
        }
        args.compiled(JsonQuery.of(args.text(0), wantsInteger));
    }

    private static boolean decode(Sample sample, boolean isForm) {
        ByteWriter out = sample.writer();
        boolean isQuery = isForm;
        for (int i = 0; i < sample.length(); i++) {
            int c = sample.byteAt(i);
            if (c == '%') {
                int high = i + 2 < sample.length() ? digit(sample, i + 1) : -1;
                int low = i + 2 < sample.length() ? digit(sample, i + 2) : -1;
                if (high < 0 || low < 0) {
                    return false;
                }
                out.put(high << 4 | low);
                i += 2;
            } else {
                out.put(c == '+' && isQuery ? ' ' : c);
                isQuery |= c == '?';
            }
        }
        return sample.string(out);
    }

    private static int digit(Sample sample, int index) {
        return Character.digit(sample.byteAt(index), 16);
    }

    private static void checkEncoding(Arguments args, ParseContext context) throws ParseProblem {
        if (args.hasText(0) && !args.text(0).equals("query")) {
            throw new ParseProblem("Unexpected encode type. Allowed value is 'query'");
        }
    }

    private static boolean encode(Sample sample) {
        ByteWriter out = sample.writer();
        for (int i = 0; i < sample.length(); i++) {
            int c = sample.byteAt(i);
            if (c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
                out.put(c);
            } else {
                out.put('%').putHex(c);
            }
        }
        return sample.string(out);
    }

    private static void checkCode(Arguments args, ParseContext context) throws ParseProblem {
        args.compiled(JsonText.of(args.hasText(0) ? args.text(0) : "ascii"));
    }
}
