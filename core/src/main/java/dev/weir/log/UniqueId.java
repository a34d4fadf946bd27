package dev.weir.log;

import dev.weir.sample.ByteWriter;
import dev.weir.sample.Scratch;
import dev.weir.stream.Captures;
import dev.weir.stream.Stream;
import dev.weir.stream.StreamText;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * {@code unique-id-format}. It may be wanted in the middle of another line or expression, so each loop has a writer of its own
 * for it, made at its first use. Any loop.
 */
public final class UniqueId implements StreamText {
    /** HAProxy's limit. */
    private static final int BYTES_MAX = 127;

    private final LogFormat format;
    private final AtomicReferenceArray<Writer> writers;

    public UniqueId(LogFormat format, int loopCount) {
        this.format = format;
        this.writers = new AtomicReferenceArray<>(loopCount);
    }

    @Override
    public void write(Stream stream, Captures into, int slot) {
        Writer writer = writer(stream.threadIndex());
        writer.text.clear();
        format.write(stream, writer.line, writer.text);
        writer.view.wrap(writer.text.array(), 0, writer.text.length());
        into.set(slot, writer.view, 0, writer.text.length(), BYTES_MAX);
    }

    /** Only its own loop ever sets an element. */
    private Writer writer(int loop) {
        Writer writer = writers.get(loop);
        if (writer == null) {
            writer = new Writer(loop);
            writers.set(loop, writer);
        }
        return writer;
    }

    private static final class Writer {
        private final ByteWriter text = new ByteWriter(BYTES_MAX, BYTES_MAX);
        private final UnsafeBuffer view = new UnsafeBuffer(new byte[0]);
        private final LineWriter line;

        Writer(int loop) {
            line = new LineWriter(new Scratch(System.identityHashCode(this) + loop));
        }
    }
}
