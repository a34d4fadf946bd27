package dev.weir.protocol.http1;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import org.agrona.MutableDirectBuffer;

/**
 * Writes heads as HTTP/1.x has them, names in lower case as HAProxy does. What is in the head is written as it is: the session has
 * decided before what Connection and the framing fields say.
 *
 * <p>Thread: its owner's. Allocates nothing.
 */
public final class HeadWriter {
    /** What {@link #request} and {@link #response} return where the head does not fit. */
    public static final int NO_ROOM = -1;

    /** {@code HTTP/1.1} with the line's end, and the blanks of a start line. */
    private static final int START_LINE_EXTRA_BYTES = 32;
    /** Colon, blank and line end. */
    private static final int FIELD_EXTRA_BYTES = 4;

    private static final byte[] VERSION_1_1 = {'H', 'T', 'T', 'P', '/', '1', '.', '1'};
    private static final byte[] VERSION_1_0 = {'H', 'T', 'T', 'P', '/', '1', '.', '0'};

    private boolean keepsCase;

    /** Whether names are written with the case they have in the head, other than in lower case. */
    public void keepsCase(boolean keepsCase) {
        this.keepsCase = keepsCase;
    }

    /** @return the offset behind the head, or {@link #NO_ROOM} */
    public int request(MessageHead head, MutableDirectBuffer out, int offset) {
        long method = head.method();
        long target = head.target();
        int room = Slice.length(method) + Slice.length(target) + START_LINE_EXTRA_BYTES;
        if (offset + room > out.capacity()) {
            return NO_ROOM;
        }
        int at = offset + head.copy(method, out, offset);
        out.putByte(at++, (byte) ' ');
        at += head.copy(target, out, at);
        out.putByte(at++, (byte) ' ');
        return fields(head, out, lineEnd(out, version(head, out, at)));
    }

    /** @return the offset behind the head, or {@link #NO_ROOM} */
    public int response(MessageHead head, MutableDirectBuffer out, int offset) {
        long reason = head.reason();
        int reasonLength = reason == Slice.NONE ? 0 : Slice.length(reason);
        if (offset + reasonLength + START_LINE_EXTRA_BYTES > out.capacity()) {
            return NO_ROOM;
        }
        int at = version(head, out, offset);
        out.putByte(at++, (byte) ' ');
        at += out.putNaturalIntAscii(at, head.status());
        out.putByte(at++, (byte) ' ');
        if (reasonLength > 0) {
            at += head.copy(reason, out, at);
        }
        return fields(head, out, lineEnd(out, at));
    }

    private static int version(MessageHead head, MutableDirectBuffer out, int at) {
        out.putBytes(at, head.version() >= MessageHead.HTTP_1_1 ? VERSION_1_1 : VERSION_1_0);
        return at + VERSION_1_1.length;
    }

    private static int lineEnd(MutableDirectBuffer out, int at) {
        out.putByte(at, (byte) '\r');
        out.putByte(at + 1, (byte) '\n');
        return at + 2;
    }

    private int fields(MessageHead head, MutableDirectBuffer out, int offset) {
        int at = offset;
        for (int field = 0; field < head.fieldCount(); field++) {
            long name = head.name(field);
            long value = head.value(field);
            int end = at + Slice.length(name) + Slice.length(value) + FIELD_EXTRA_BYTES;
            if (end > out.capacity()) {
                return NO_ROOM;
            }
            name(head, name, out, at);
            at += Slice.length(name);
            out.putByte(at++, (byte) ':');
            out.putByte(at++, (byte) ' ');
            at = lineEnd(out, at + head.copy(value, out, at));
        }
        return at + 2 > out.capacity() ? NO_ROOM : lineEnd(out, at);
    }

    private void name(MessageHead head, long name, MutableDirectBuffer out, int at) {
        head.copy(name, out, at);
        if (!keepsCase) {
            for (int i = 0; i < Slice.length(name); i++) {
                out.putByte(at + i, (byte) FieldName.lower(out.getByte(at + i)));
            }
        }
    }
}
