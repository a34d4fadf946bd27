package dev.weir.proxy.field;

import dev.weir.bridge.transport.SocketName;
import dev.weir.sample.AddressText;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Casts;
import dev.weir.sample.Expression;
import dev.weir.sample.ForwardedText;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;
import dev.weir.stream.ValueType;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * {@code for} or {@code by} of an element of {@code Forwarded}: the name of a node and, if asked for, its port, each that of a
 * connection or what an expression says. A value that is a plain word is hidden behind an underscore; one that is no word is not told.
 *
 * @param name null for the connection's address
 * @param hasPort whether a port is told
 * @param port null for the connection's
 */
public record ForwardedNode(Expression name, boolean hasPort, Expression port) {
    private static final byte[] UNKNOWN = "unknown".getBytes(StandardCharsets.US_ASCII);

    /** Writes it; quotes are where the grammar wants them, and around everything with a port. */
    void write(Stream stream, Scratch scratch, SocketName connection, ByteWriter out) {
        int start = out.length();
        if (hasPort) {
            out.put('"');
        }
        int atName = out.length();
        writeName(stream, scratch, connection, out);
        if (out.length() == atName) {
            out.put(UNKNOWN);
        }
        if (hasPort) {
            int atPort = out.length();
            writePort(stream, scratch, connection, out.put(':'));
            if (out.length() == atPort + 1) {
                out.length(atPort);
            }
        }
        if (out.length() > start && out.array()[start] == '"') {
            out.put('"');
        }
    }

    private void writeName(Stream stream, Scratch scratch, SocketName connection, ByteWriter out) {
        if (name != null) {
            Sample sample = scratch.take();
            if (name.evaluateFinal(stream, sample)) {
                putName(sample, out);
            }
            scratch.release(sample);
        } else if (connection.family() == SocketName.Family.IPV4) {
            AddressText.writeIpv4((int) connection.low(), out);
        } else if (connection.family() == SocketName.Family.IPV6) {
            putIpv6(connection.high(), connection.low(), out);
        }
    }

    private void putName(Sample sample, ByteWriter out) {
        if (sample.type() == ValueType.IPV6) {
            putIpv6(sample.high(), sample.low(), out);
            return;
        }
        if (!Casts.cast(sample, SampleType.STRING)) {
            return;
        }
        DirectBuffer bytes = sample.bytes();
        int length = sample.length();
        boolean isName = length > 0 && ForwardedText.nameLength(bytes, 0, length) == length;
        if (isName && sample.byteAt(0) == '[') {
            AddressText.parseIpv6(bytes, 1, length - 2, sample);
            putIpv6(sample.high(), sample.low(), out);
        } else if (isName) {
            out.put(bytes, 0, length);
        } else {
            hide(bytes, length, out);
        }
    }

    /** The brackets of an address need quotes, and with a port these are there already. */
    private void putIpv6(long high, long low, ByteWriter out) {
        if (!hasPort) {
            out.put('"');
        }
        AddressText.writeIpv6(high, low, out.put('['));
        out.put(']');
    }

    private void writePort(Stream stream, Scratch scratch, SocketName connection, ByteWriter out) {
        if (port != null) {
            Sample sample = scratch.take();
            if (port.evaluateFinal(stream, sample) && Casts.cast(sample, SampleType.STRING)) {
                putPort(sample.bytes(), sample.length(), out);
            }
            scratch.release(sample);
        } else if (connection.family() == SocketName.Family.IPV4 || connection.family() == SocketName.Family.IPV6) {
            out.putDecimal(connection.port());
        }
    }

    private static void putPort(DirectBuffer bytes, int length, ByteWriter out) {
        if (ForwardedText.isPortWord(bytes, 0, length)) {
            out.put(bytes, 0, length);
        } else {
            hide(bytes, length, out);
        }
    }

    private static void hide(DirectBuffer bytes, int length, ByteWriter out) {
        if (length > 0 && ForwardedText.isWord(bytes, 0, length)) {
            out.put('_').put(bytes, 0, length);
        }
    }
}
