package dev.weir.rule;

import dev.weir.log.LineWriter;
import dev.weir.log.LogFormat;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Sample;
import dev.weir.stream.Stream;

/** Log formats as values. No state. */
final class Formats {
    private Formats() {}

    /** Makes the formatted text the sample's string; false if it is too long. */
    static boolean write(LogFormat format, Stream stream, Sample out) {
        ByteWriter text = out.writer();
        format.write(stream, LineWriter.of(out.scratch()), text);
        return out.string(text);
    }
}
