package dev.weir.protocol.http1;

import static org.agrona.UnsafeApi.putByte;
import static org.agrona.UnsafeApi.putLong;
import static org.agrona.UnsafeApi.putShort;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes heads as HTTP/1.x has them, names in lower case as HAProxy does. What is in the head is written as it is: the session has
 * decided before what Connection and the framing fields say. All memory is native: that which was received, edits, and the output.
 *
 * <p>Thread: its owner's. Allocates nothing.
 */
public final class HeadWriter {
    /** What {@link #request} and {@link #response} return where the head does not fit. */
    public static final int NO_ROOM = -1;

    /** What a start line has beside method and target, or reason: blanks, {@code HTTP/1.1}, a status of up to ten digits, the line's end. */
    private static final int START_LINE_EXTRA_BYTES = 32;
    /** Colon, blank and line end. */
    private static final int FIELD_EXTRA_BYTES = 4;

    private static final boolean IS_LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final short LINE_END = two('\r', '\n');
    private static final short COLON_BLANK = two(':', ' ');

    private NameCases cases = NameCases.NONE;
    private boolean keepsCase;

    /** Names that are written otherwise than in lower case. */
    public void cases(NameCases cases) {
        this.cases = cases;
    }

    /** Whether names are written with the case that they have in the head, other than in lower case. */
    public void keepsCase(boolean keepsCase) {
        this.keepsCase = keepsCase;
    }

    private static short two(char first, char second) {
        return (short) (IS_LITTLE_ENDIAN ? first | second << 8 : first << 8 | second);
    }

    /** @return the offset behind the head, or {@link #NO_ROOM} */
    public int request(MessageHead head, MutableDirectBuffer out, int offset) {
        long method = head.method();
        long target = head.target();
        if (offset + Slice.length(method) + Slice.length(target) + START_LINE_EXTRA_BYTES > out.capacity()) {
            return NO_ROOM;
        }
        long at = copy(head, method, address(out) + offset);
        putByte(at, (byte) ' ');
        at = copy(head, target, at + 1);
        putByte(at, (byte) ' ');
        at = version(head, at + 1);
        putShort(at, LINE_END);
        return fields(head, out, at + 2);
    }

    /** @return the offset behind the head, or {@link #NO_ROOM} */
    public int response(MessageHead head, MutableDirectBuffer out, int offset) {
        long reason = head.reason();
        int reasonLength = reason == Slice.NONE ? 0 : Slice.length(reason);
        if (offset + reasonLength + START_LINE_EXTRA_BYTES > out.capacity()) {
            return NO_ROOM;
        }
        long at = version(head, address(out) + offset);
        putByte(at, (byte) ' ');
        at = status(head.status(), at + 1);
        putByte(at++, (byte) ' ');
        if (reasonLength > 0) {
            at = copy(head, reason, at);
        }
        putShort(at, LINE_END);
        return fields(head, out, at + 2);
    }

    private static long address(DirectBuffer bytes) {
        assert bytes.byteArray() == null : "memory of the heap";
        return bytes.addressOffset();
    }

    private static long copy(MessageHead head, long slice, long to) {
        int length = Slice.length(slice);
        Copies.copy(address(head.bytes(slice)) + Slice.offset(slice), to, length);
        return to + length;
    }

    private static long version(MessageHead head, long at) {
        long version = head.version() >= MessageHead.HTTP_1_1 ? Versions.HTTP_1_1 : Versions.HTTP_1_0;
        putLong(at, IS_LITTLE_ENDIAN ? version : Long.reverseBytes(version));
        return at + Long.BYTES;
    }

    private static long status(int status, long at) {
        putByte(at, (byte) ('0' + status / 100 % 10));
        putByte(at + 1, (byte) ('0' + status / 10 % 10));
        putByte(at + 2, (byte) ('0' + status % 10));
        return at + 3;
    }

    private int fields(MessageHead head, MutableDirectBuffer out, long from) {
        long start = address(out);
        long end = start + out.capacity();
        long at = from;
        for (int field = 0; field < head.fieldCount(); field++) {
            long name = head.name(field);
            long value = head.value(field);
            if (at + Slice.length(name) + Slice.length(value) + FIELD_EXTRA_BYTES > end) {
                return NO_ROOM;
            }
            at = name(head, field, at);
            putShort(at, COLON_BLANK);
            at = copy(head, value, at + 2);
            putShort(at, LINE_END);
            at += 2;
        }
        if (at + 2 > end) {
            return NO_ROOM;
        }
        putShort(at, LINE_END);
        return (int) (at + 2 - start);
    }

    private long name(MessageHead head, int field, long to) {
        long name = head.name(field);
        if (keepsCase) {
            return copy(head, name, to);
        }
        int length = Slice.length(name);
        byte[] written = cases.of(head, field);
        if (written == null) {
            Copies.copyLower(address(head.bytes(name)) + Slice.offset(name), to, length);
        } else {
            for (int i = 0; i < length; i++) {
                putByte(to + i, written[i]);
            }
        }
        return to + length;
    }
}
