package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.BINARY;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.Arguments;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;

/** Bytes to text in chunks of a few bytes with a separator in between. */
final class ChunkConverters implements ConverterFamily {
    @Override
    public void describe(ConverterTable table) {
        table.add(
                "be2dec",
                BINARY,
                STRING,
                "str,sint,[sint]",
                "chunks as decimal numbers, most significant byte first; 1 drops an incomplete last one",
                ChunkConverters::checkDecimal,
                (stream, args, sample) -> decimal(args, sample, true));
        table.add(
                "le2dec",
                BINARY,
                STRING,
                "str,sint,[sint]",
                "chunks as decimal numbers, least significant byte first; 1 drops an incomplete last one",
                ChunkConverters::checkDecimal,
                (stream, args, sample) -> decimal(args, sample, false));
        table.add(
                "be2hex",
                BINARY,
                STRING,
                "[str],[sint],[sint]",
                "hex digits with a separator between chunks; 1 drops an incomplete last one",
                ChunkConverters::checkHex,
                (stream, args, sample) -> hex(args, sample));
    }

    private static void checkDecimal(Arguments args, ParseContext context) throws ParseProblem {
        if (args.number(1) < 1 || args.number(1) > 8) {
            throw new ParseProblem("chunk_size out of [1..8] range (%d)", args.number(1));
        }
        checkTruncation(args);
    }

    private static void checkHex(Arguments args, ParseContext context) throws ParseProblem {
        boolean needsChunks = args.hasText(0) || args.has(1);
        if (needsChunks && args.number(1, 0) < 1) {
            throw new ParseProblem("chunk_size needs to be greater than zero (%d)", args.number(1, 0));
        }
        checkTruncation(args);
    }

    private static void checkTruncation(Arguments args) throws ParseProblem {
        if (args.number(2, 0) != 0 && args.number(2, 0) != 1) {
            throw new ParseProblem("Unsupported truncate value (%d)", args.number(2));
        }
    }

    private static int usedLength(Arguments args, Sample sample, int chunk) {
        boolean truncates = args.number(2, 0) == 1;
        return truncates ? sample.length() - sample.length() % chunk : sample.length();
    }

    private static boolean decimal(Arguments args, Sample sample, boolean isBigEndian) {
        int chunk = (int) args.number(1);
        int length = usedLength(args, sample, chunk);
        ByteWriter out = sample.writer();
        for (int start = 0; start < length; start += chunk) {
            if (start > 0) {
                out.put(args.bytes(0));
            }
            int count = Math.min(chunk, length - start);
            long value = 0;
            for (int i = 0; i < count; i++) {
                long b = sample.byteAt(start + i);
                value = isBigEndian ? value << 8 | b : value | b << 8 * i;
            }
            out.putUnsigned(value);
        }
        return sample.string(out);
    }

    private static boolean hex(Arguments args, Sample sample) {
        int chunk = (int) args.number(1, Integer.MAX_VALUE);
        int length = args.has(1) ? usedLength(args, sample, chunk) : sample.length();
        ByteWriter out = sample.writer();
        for (int i = 0; i < length; i++) {
            if (i > 0 && i % chunk == 0) {
                out.put(args.bytes(0));
            }
            out.putHex(sample.byteAt(i));
        }
        return sample.string(out);
    }
}
