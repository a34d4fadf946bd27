package dev.weir.log;

import dev.weir.sample.ByteWriter;
import dev.weir.sample.SampleType;
import dev.weir.sample.Scratch;
import dev.weir.stream.LogOrigin;
import dev.weir.stream.Stream;
import org.agrona.DirectBuffer;

/**
 * One line while it is built: where items write, under which flags and encoding, about which stream. Mutable and reused; owned
 * by one event loop, as its {@link Scratch} is.
 */
public final class LineWriter {
    private static final int STAGED_BYTES_AT_FIRST = 64;
    private static final int DELETE = 0x7F;

    private final Scratch scratch;
    /** Texts whose length has to be known before they are written. */
    private final ByteWriter staged = new ByteWriter(STAGED_BYTES_AT_FIRST, LogRecord.BYTES_MAX);

    private final CborWriter cbor = new CborWriter();
    private final TextParts parts = new TextParts(cbor);
    private ByteWriter out;
    private Stream stream;
    private FormatFlags flags = FormatFlags.NONE;
    private SampleType type;
    private LogFormat.Use use = LogFormat.Use.LOG;
    private boolean isAfterSpace;
    private boolean isEarly;
    private LogOrigin origin = LogOrigin.CLOSE;

    public LineWriter(Scratch scratch) {
        this.scratch = scratch;
    }

    /** The loop's own line writer, made at the first call. */
    public static LineWriter of(Scratch scratch) {
        if (scratch.attachment() instanceof LineWriter line) {
            return line;
        }
        LineWriter line = new LineWriter(scratch);
        scratch.attach(line);
        return line;
    }

    void begin(Stream stream, ByteWriter out, LogFormat.Use use, boolean isEarly) {
        this.use = use;
        this.stream = stream;
        this.out = out;
        this.isEarly = isEarly;
        this.isAfterSpace = true;
    }

    Scratch scratch() {
        return scratch;
    }

    Stream stream() {
        return stream;
    }

    FormatFlags flags() {
        return flags;
    }

    /** @param type what an encoded value is turned into, null for what it is */
    void flags(FormatFlags flags, SampleType type) {
        this.flags = flags;
        this.type = type;
        cbor.to(out, flags.isBinary());
    }

    /** Of the lines that are written next. */
    void origin(LogOrigin origin) {
        this.origin = origin;
    }

    LogOrigin origin() {
        return origin;
    }

    /** Whether the line is written before the session ended ({@code option logasap}). */
    boolean isEarly() {
        return isEarly;
    }

    /** Where plain bytes may be written without regard to flags. */
    ByteWriter raw() {
        isAfterSpace = false;
        return out;
    }

    int length() {
        return out.length();
    }

    /** A blank, unless one stands there already or the line begins. */
    void separator() {
        if (!isAfterSpace) {
            out.put(' ');
            isAfterSpace = true;
        }
    }

    // ---- numbers ----

    void number(long value) {
        if (!flags.isEncoded()) {
            raw().putDecimal(value);
        } else if (type == SampleType.STRING) {
            staged(stage().putDecimal(value));
        } else if (type == SampleType.BOOLEAN) {
            bool(value != 0);
        } else if (flags.encoding() == Encoding.CBOR) {
            cbor.integer(value);
        } else {
            raw().putDecimal(value);
        }
    }

    /** A number whose plain form bears a mark in front. */
    void number(char mark, long value) {
        if (!flags.isEncoded()) {
            raw().put(mark);
        }
        number(value);
    }

    /** Upper-case hex with at least four digits, or decimal, as the flags say. */
    void numberOrHex(long value) {
        if (!flags.isHex()) {
            number(value);
            return;
        }
        ByteWriter digits = stage();
        for (int shift = 12; shift > 0 && value < 1L << shift; shift -= 4) {
            digits.put('0');
        }
        hex(digits.putHexNumber(value));
    }

    /** Hex digits are never in quotes in a plain line. */
    void hex(ByteWriter digits) {
        if (flags.isEncoded()) {
            staged(digits);
        } else {
            raw().put(digits.array(), 0, digits.length());
        }
    }

    /** For encoded lines. */
    void bool(boolean value) {
        if (flags.encoding() == Encoding.CBOR) {
            cbor.bool(value);
        } else {
            raw().put(value ? "true" : "false");
        }
    }

    // ---- texts ----

    /** An empty writer for a text that {@link #staged} then takes. */
    ByteWriter stage() {
        return staged.clear();
    }

    /** A text that needs no quotes in a plain line. */
    void staged(ByteWriter text) {
        isAfterSpace = false;
        switch (flags.encoding()) {
            case NONE -> out.put(text.array(), 0, text.length());
            case JSON -> {
                out.put('"').put(text.array(), 0, text.length()).put('"');
            }
            case CBOR -> cbor.text(text.array(), 0, text.length());
        }
    }

    /** Text; a missing one becomes a dash, or empty quotes. */
    void text(String text) {
        if (text == null) {
            missing();
        } else {
            text(stage().put(text));
        }
    }

    /** Text with a character behind it, within the quotes. */
    void text(String text, char suffix) {
        ByteWriter whole = stage().put(text).put(suffix);
        beginText();
        part(whole.array(), 0, whole.length(), null);
        endText();
    }

    private void text(ByteWriter text) {
        text(text.array(), text.length());
    }

    /** The value of an expression. */
    void value(DirectBuffer bytes, int length) {
        if (use != LogFormat.Use.HEAD) {
            text(bytes, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            int octet = bytes.getByte(i) & 0xFF;
            if (octet < ' ' && octet != '\t' || octet == DELETE) {
                raw().put('%').putHex(octet);
            } else {
                TextParts.escaped(octet, flags, raw());
            }
        }
    }

    void text(DirectBuffer bytes, int length) {
        text(stage().put(bytes, 0, length));
    }

    void text(byte[] bytes, int length) {
        if (length == 0 && (flags.encoding() == Encoding.CBOR || isPlain())) {
            missing();
        } else if (flags.encoding() == Encoding.CBOR) {
            isAfterSpace = false;
            cbor.text(bytes, 0, length);
        } else {
            beginText();
            part(bytes, 0, length, null);
            endText();
        }
    }

    /** For encoded lines. */
    void binary(DirectBuffer bytes, int length) {
        ByteWriter text = stage().put(bytes, 0, length);
        if (flags.encoding() != Encoding.CBOR) {
            text(text);
            return;
        }
        cbor.beginBytes();
        cbor.bytes(text.array(), 0, text.length());
        cbor.end();
    }

    /** Whether values stand as they are, so that an empty one leaves no trace and the blanks around it become one. */
    boolean isPlain() {
        return !flags.isQuoted() && !flags.isEncoded();
    }

    /** A text in which some bytes are written as {@code #XX}; empty is not missing. */
    void encoded(byte[] bytes, int offset, int length, ByteEscapes escapes) {
        beginText();
        part(bytes, offset, length, escapes);
        endText();
    }

    void missing() {
        isAfterSpace = false;
        switch (flags.encoding()) {
            case NONE -> missingPlain();
            case JSON -> out.put("\"\"");
            case CBOR -> cbor.nothing();
        }
    }

    private void missingPlain() {
        switch (use) {
            case LOG -> out.put(flags.isQuoted() ? "\"\"" : "-");
            case TEXT, ID -> out.put(flags.isQuoted() ? "\"\"" : "");
            case HEAD -> {}
        }
    }

    /** Nothing, where not even a dash is wanted. */
    void nothing() {
        switch (flags.encoding()) {
            case NONE -> {}
            case JSON -> raw().put("null");
            case CBOR -> cbor.nothing();
        }
    }

    /** Begins a text that is written in parts. */
    void beginText() {
        isAfterSpace = false;
        if (flags.encoding() == Encoding.CBOR) {
            cbor.beginText();
        } else {
            quote();
        }
    }

    void endText() {
        if (flags.encoding() == Encoding.CBOR) {
            cbor.end();
        } else {
            quote();
        }
    }

    private void quote() {
        if (flags.isQuoted() || flags.encoding() == Encoding.JSON) {
            out.put('"');
        }
    }

    /** A byte that is never escaped. */
    void part(char c) {
        if (flags.encoding() == Encoding.CBOR) {
            ByteWriter one = stage().put(c);
            cbor.text(one.array(), 0, 1);
        } else {
            out.put(c);
        }
    }

    /** @param escapes null for none */
    void part(byte[] bytes, int offset, int length, ByteEscapes escapes) {
        parts.write(bytes, offset, length, escapes, flags, out);
    }

    // ---- lists ----

    void beginList() {
        switch (flags.encoding()) {
            case NONE -> {}
            case JSON -> raw().put('[');
            case CBOR -> cbor.beginArray();
        }
    }

    void nextInList(boolean isFirst) {
        if (isFirst || flags.encoding() == Encoding.CBOR) {
            return;
        }
        out.put(flags.encoding() == Encoding.JSON ? ", " : " ");
    }

    /** Also in encoded lines a dash, unless quotes are wanted. */
    void missingInList() {
        beginText();
        if (!flags.isQuoted()) {
            part('-');
        }
        endText();
    }

    void endList() {
        switch (flags.encoding()) {
            case NONE -> {}
            case JSON -> out.put(']');
            case CBOR -> cbor.end();
        }
    }

    // ---- the line as a whole ----

    void beginMap(FormatFlags line) {
        flags(line, null);
        if (line.encoding() == Encoding.CBOR) {
            cbor.beginMap();
        } else {
            raw().put('{');
        }
    }

    void key(FormatFlags line, byte[] name, boolean isFirst) {
        flags(line, null);
        if (line.encoding() == Encoding.CBOR) {
            cbor.text(name, 0, name.length);
        } else {
            out.put(isFirst ? "\"" : ", \"").put(name).put("\": ");
        }
    }

    void endMap(FormatFlags line) {
        flags(line, null);
        if (line.encoding() == Encoding.CBOR) {
            cbor.end();
        } else {
            out.put('}');
        }
    }
}
