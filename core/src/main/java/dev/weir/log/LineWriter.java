package dev.weir.log;

import dev.weir.bridge.transport.SocketName;
import dev.weir.sample.AddressText;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;
import org.agrona.DirectBuffer;

/**
 * One line while it is built: where items write, under which flags, about which stream. Mutable and reused; owned by one event
 * loop, as its {@link Scratch} is.
 */
public final class LineWriter {
    private static final int ADDRESS_TEXT_MAX = 48;

    private final Scratch scratch;
    private final ByteWriter address = new ByteWriter(ADDRESS_TEXT_MAX, ADDRESS_TEXT_MAX);
    private ByteWriter out;
    private Stream stream;
    private FormatFlags flags = FormatFlags.NONE;
    private boolean isAfterSpace;
    private boolean isEarly;

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

    void begin(Stream stream, ByteWriter out, boolean isEarly) {
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

    void flags(FormatFlags flags) {
        this.flags = flags;
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

    void number(long value) {
        raw().putDecimal(value);
    }

    /** Upper-case hex with at least four digits, or decimal, as the flags say. */
    void numberOrHex(long value) {
        if (!flags.isHex()) {
            number(value);
            return;
        }
        for (int shift = 12; shift > 0 && value < 1L << shift; shift -= 4) {
            raw().put('0');
        }
        raw().putHexNumber(value);
    }

    /** Text; a missing one becomes a dash, or empty quotes. */
    void text(String text) {
        if (text == null) {
            missing();
            return;
        }
        open();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                escaped(c);
            } else {
                out.put(text.substring(i));
                break;
            }
        }
        close();
    }

    /** Text with a character behind it, within the quotes. */
    void text(String text, char suffix) {
        open();
        out.put(text).put(suffix);
        close();
    }

    void text(DirectBuffer bytes, int length) {
        if (length == 0 && !flags.isQuoted() && !flags.isJson()) {
            missing();
            return;
        }
        open();
        for (int i = 0; i < length; i++) {
            escaped(bytes.getByte(i) & 0xFF);
        }
        close();
    }

    void missing() {
        if (flags.isQuoted() || flags.isJson()) {
            raw().put("\"\"");
        } else {
            raw().put('-');
        }
    }

    private void open() {
        isAfterSpace = false;
        if (flags.isQuoted() || flags.isJson()) {
            out.put('"');
        }
    }

    private void close() {
        if (flags.isQuoted() || flags.isJson()) {
            out.put('"');
        }
    }

    private void escaped(int c) {
        if (flags.isJson()) {
            JsonEscapes.write(c, out);
            return;
        }
        if (flags.isEscaped() && (c == '"' || c == '\\' || c == ']')) {
            out.put('\\');
        }
        out.put(c);
    }

    void ip(SocketName name) {
        switch (name.family()) {
            case NONE -> missing();
            case UNIX -> text("unix");
            case IPV4, IPV6 -> {
                if (flags.isHex()) {
                    hex(name);
                } else {
                    AddressText.write(name, address.clear());
                    open();
                    out.put(address.array(), 0, address.length());
                    close();
                }
            }
        }
    }

    private void hex(SocketName name) {
        open();
        if (name.family() == SocketName.Family.IPV6) {
            hex(name.high(), 8);
            hex(name.low(), 8);
        } else {
            hex(name.low(), 4);
        }
        close();
    }

    private void hex(long value, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            out.putHex((int) (value >>> i * 8));
        }
    }

    /** The port, the listener's number for a UNIX socket, or a dash. */
    void port(SocketName name, int unixNumber) {
        switch (name.family()) {
            case NONE -> missing();
            case UNIX -> number(unixNumber);
            case IPV4, IPV6 -> numberOrHex(name.port());
        }
    }
}
