package dev.weir.stream;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http.Slice;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A copy of a request line as it was received: method, target and version with a blank between, as much of them as fits in
 * {@code tune.http.logurilen}. Owned by the stream's thread; reused.
 */
public final class RequestLine {
    private static final byte[] HTTP = {'H', 'T', 'T', 'P', '/'};

    private byte[] bytes = new byte[0];
    private int length = -1;
    private int methodBytes;
    private int targetBytes;
    private int pathAt;

    void clear() {
        length = -1;
    }

    void keep(MessageHead head, int bytesMax) {
        methodBytes = Slice.length(head.method());
        targetBytes = Slice.length(head.target());
        int whole = methodBytes + targetBytes + 2 + HTTP.length + 3;
        if (bytes.length < whole) {
            bytes = Arrays.copyOf(bytes, Math.max(128, whole));
        }
        copy(head, head.method(), 0);
        bytes[methodBytes] = ' ';
        copy(head, head.target(), methodBytes + 1);
        int at = methodBytes + 1 + targetBytes;
        bytes[at++] = ' ';
        System.arraycopy(HTTP, 0, bytes, at, HTTP.length);
        bytes[whole - 3] = (byte) ('0' + (head.version() >> 8));
        bytes[whole - 2] = '.';
        bytes[whole - 1] = (byte) ('0' + (head.version() & 0xFF));
        length = Math.min(whole, bytesMax);
        long path = RequestTarget.pathAndQuery(head);
        pathAt = path == Slice.NONE ? targetBytes : Slice.offset(path) - Slice.offset(head.target());
    }

    private void copy(MessageHead head, long slice, int to) {
        head.bytes(slice).getBytes(Slice.offset(slice), bytes, to, Slice.length(slice));
    }

    /** Whether there is one: false for a request that could not be read. */
    public boolean isKept() {
        return length >= 0;
    }

    /** The bytes; only the first {@link #length} count. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public int methodLength() {
        return Math.min(methodBytes, length);
    }

    public int targetOffset() {
        return methodBytes + 1;
    }

    public int targetLength() {
        return Math.clamp(length - targetOffset(), 0, targetBytes);
    }

    public int versionOffset() {
        return methodBytes + targetBytes + 2;
    }

    /** Where the path starts; the target's end if it has none. */
    public int pathOffset() {
        return targetOffset() + Math.min(pathAt, targetLength());
    }

    /** 0 if the version was cut off. */
    public int versionLength() {
        return Math.max(0, length - versionOffset());
    }

    public void wrapInto(UnsafeBuffer view, int offset, int length) {
        view.wrap(bytes, offset, length);
    }
}
