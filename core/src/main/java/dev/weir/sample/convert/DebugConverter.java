package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.ANY;
import static dev.weir.sample.SampleType.SAME;

import dev.weir.sample.Arguments;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Casts;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.stream.Stream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * {@code debug}: shows what passes. A line is one write to the descriptor, past the buffers and locks of the JVM's streams; it is as slow
 * as whoever reads it, which is why it is for debugging.
 */
final class DebugConverter implements ConverterFamily {
    private static final String DESTINATIONS =
            "expects 'stdout' or 'stderr' as destination: there are no rings to keep its lines in";

    /** Where to, and what stands in front of the colon. */
    private record Output(OutputStream stream, byte[] prefix) {}

    @Override
    public void describe(ConverterTable table) {
        table.add(
                "debug",
                ANY,
                SAME,
                "[str],[str]",
                "writes type and value to stdout or stderr, behind a prefix, and passes the value on",
                DebugConverter::check,
                DebugConverter::run);
    }

    private static void check(Arguments args, ParseContext context) throws ParseProblem {
        String destination = args.hasText(1) ? args.text(1) : "";
        FileDescriptor descriptor = switch (destination) {
            case "stdout" -> FileDescriptor.out;
            case "stderr" -> FileDescriptor.err;
            case "" -> throw new ParseProblem(DESTINATIONS);
            default -> throw new ParseProblem("%s (got '%s')", DESTINATIONS, destination);
        };
        byte[] prefix = (args.hasText(0) ? args.text(0) : "").getBytes(StandardCharsets.ISO_8859_1);
        args.compiled(new Output(new FileOutputStream(descriptor), prefix));
    }

    private static boolean run(Stream stream, Arguments args, Sample sample) {
        Sample text = sample.scratch().take();
        Sample line = sample.scratch().take();
        Output output = args.compiled(Output.class);
        ByteWriter out = line.writer();
        out.put("[debug] ")
                .put(output.prefix)
                .put(": type=")
                .put(sample.type().text())
                .put(" <");
        if (text.copyFrom(sample) && Casts.cast(text, SampleType.STRING)) {
            out.put(text.bytes(), 0, text.length());
        }
        write(output.stream, out.put(">\n"));
        sample.scratch().release(line);
        sample.scratch().release(text);
        return true;
    }

    private static void write(OutputStream to, ByteWriter line) {
        try {
            to.write(line.array(), 0, line.length());
        } catch (IOException e) {
            // nobody listens there any more: the value passes all the same
        }
    }
}
