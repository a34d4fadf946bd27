package dev.weir.rule;

import dev.weir.log.LineWriter;
import dev.weir.log.LogFormat;
import dev.weir.log.LogFormatParser;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text with {@code %} items, ready to be written; one without items is rendered once. Immutable; any loop. */
public final class FormattedText {
    private static final int DELETE = 0x7F;

    /** Null if the text is constant. */
    private final LogFormat format;

    private final byte[] constant;

    private FormattedText(LogFormat format, byte[] constant) {
        this.format = format;
        this.constant = constant;
    }

    /** Parses a format whose blanks are kept. */
    public static FormattedText parse(String text, LogFormatParser formats, ParseContext context) throws ParseProblem {
        return of(formats.parseVerbatim(text, context), text);
    }

    /** Parses a format of what goes into the head of a message, where control characters may not stand. */
    public static FormattedText parseForHead(String text, LogFormatParser formats, ParseContext context)
            throws ParseProblem {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == DELETE) {
                throw new ParseProblem("a control character (%d) cannot be part of a message's head", (int) c);
            }
        }
        return of(formats.parseForHead(text, context), text);
    }

    private static FormattedText of(LogFormat format, String text) {
        return format.isConstant() ? constant(rendered(format, text)) : new FormattedText(format, null);
    }

    public static FormattedText constant(byte[] text) {
        return new FormattedText(null, text);
    }

    public static FormattedText constant(String text) {
        return constant(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A constant format reads nothing of the stream. */
    private static byte[] rendered(LogFormat format, String text) {
        int bytesMax = text.length() * 4;
        ByteWriter out = new ByteWriter(bytesMax, bytesMax);
        format.write(null, new LineWriter(new Scratch(0)), out);
        return Arrays.copyOf(out.array(), out.length());
    }

    /** The same for all streams. */
    public boolean isConstant() {
        return constant != null;
    }

    public byte[] constant() {
        return constant;
    }

    /** Makes the text the sample's string; false if it is too long. */
    public boolean evaluate(Stream stream, Sample out) {
        return constant != null ? out.string(constant) : Formats.write(format, stream, out);
    }

    /** Writes the text into the head's own bytes; {@link Slice#NONE} if it does not fit. */
    public long write(Stream stream, Scratch scratch, MessageHead head) {
        if (constant != null) {
            return head.write(constant, 0, constant.length);
        }
        Sample sample = scratch.take();
        long slice =
                Formats.write(format, stream, sample) ? head.write(sample.bytes(), 0, sample.length()) : Slice.NONE;
        scratch.release(sample);
        return slice;
    }

    /** Appends the text; what does not fit is the writer's to tell. */
    public void write(Stream stream, Scratch scratch, ByteWriter out) {
        if (constant != null) {
            out.put(constant);
        } else {
            format.write(stream, LineWriter.of(scratch), out);
        }
    }
}
