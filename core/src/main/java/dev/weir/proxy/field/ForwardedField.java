package dev.weir.proxy.field;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.ListValues;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Casts;
import dev.weir.sample.Expression;
import dev.weir.sample.ForwardedText;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * {@code option forwarded}: one element of the {@code Forwarded} field (RFC 7239), put behind those of the request if these are well
 * formed, else into a field of its own. Any loop.
 */
public final class ForwardedField {
    private static final byte[] PROTO = bytes("proto=http"); // there is no TLS yet
    private static final byte[] HOST = bytes("host=\"");
    private static final byte[] BY = bytes("by=");
    private static final byte[] FOR = bytes("for=");

    private final boolean tellsProtocol;
    private final boolean tellsHost;
    private final Expression host;
    private final ForwardedNode proxy;
    private final ForwardedNode client;

    /**
     * @param host of which {@code host} is told; null for the Host field
     * @param proxy {@code by}, or null
     * @param client {@code for}, or null
     */
    public ForwardedField(
            boolean tellsProtocol, boolean tellsHost, Expression host, ForwardedNode proxy, ForwardedNode client) {
        this.tellsProtocol = tellsProtocol;
        this.tellsHost = tellsHost;
        this.host = host;
        this.proxy = proxy;
        this.client = client;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Adds the element to the request of a stream.
     *
     * @param out room for the element
     * @return false if the head has no room for it
     */
    public boolean add(Stream stream, Scratch scratch, ByteWriter out) {
        MessageHead head = stream.http().request();
        write(stream, scratch, out.clear());
        int last = lastIfValid(head, scratch);
        return last < 0 ? head.add(FieldName.FORWARDED, out.array(), out.length()) : append(head, last, out);
    }

    private static boolean append(MessageHead head, int field, ByteWriter out) {
        long element = head.write(out.array(), 0, out.length());
        long joined = element == Slice.NONE ? Slice.NONE : head.joined(head.value(field), ',', 1, element);
        if (joined != Slice.NONE) {
            head.value(field, joined);
        }
        return joined != Slice.NONE;
    }

    /** The last of the request's own fields; -1 if there is none, or if one of their elements is not of the form. */
    private static int lastIfValid(MessageHead head, Scratch scratch) {
        if (!head.mayHave(FieldName.FORWARDED)) {
            return -1;
        }
        Sample walker = scratch.take();
        ListValues elements = walker.values().start(head, FieldName.FORWARDED);
        int last = -1;
        boolean isValid = true;
        while (isValid && elements.next()) {
            long element = elements.value();
            last = elements.field();
            isValid = ForwardedText.isValid(head.bytes(element), Slice.offset(element), Slice.length(element));
        }
        scratch.release(walker);
        return isValid ? last : -1;
    }

    private void write(Stream stream, Scratch scratch, ByteWriter out) {
        if (tellsProtocol) {
            out.put(PROTO);
        }
        if (tellsHost) {
            divide(out).put(HOST);
            writeHost(stream, scratch, out);
            out.put('"');
        }
        if (proxy != null) {
            proxy.write(
                    stream,
                    scratch,
                    stream.clientSide().destination(),
                    divide(out).put(BY));
        }
        if (client != null) {
            client.write(
                    stream, scratch, stream.clientSide().source(), divide(out).put(FOR));
        }
    }

    private static ByteWriter divide(ByteWriter out) {
        return out.length() == 0 ? out : out.put(';');
    }

    /** Nothing, if it is not of the form. */
    private void writeHost(Stream stream, Scratch scratch, ByteWriter out) {
        if (host == null) {
            MessageHead head = stream.http().request();
            int field = head.find(FieldName.HOST, 0);
            if (field >= 0) {
                long value = head.value(field);
                putHost(head.bytes(value), Slice.offset(value), Slice.length(value), out);
            }
            return;
        }
        Sample sample = scratch.take();
        if (host.evaluateFinal(stream, sample) && Casts.cast(sample, SampleType.STRING)) {
            putHost(sample.bytes(), 0, sample.length(), out);
        }
        scratch.release(sample);
    }

    private static void putHost(DirectBuffer bytes, int offset, int length, ByteWriter out) {
        if (ForwardedText.isHost(bytes, offset, length)) {
            out.put(bytes, offset, length);
        }
    }
}
