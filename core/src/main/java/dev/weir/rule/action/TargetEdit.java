package dev.weir.rule.action;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http.Slice;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import org.agrona.DirectBuffer;

/**
 * Puts another text in the place of a part of a request's target. Blanks, which would end the target, become {@code %20}. No state;
 * allocates nothing.
 */
final class TargetEdit {
    private static final int DELETE = 0x7F;

    private TargetEdit() {}

    /** Which part of the target. Closed set. */
    enum Part {
        PATH,
        PATH_AND_QUERY,
        QUERY,
        WHOLE
    }

    /** What the part holds now; NONE if the target has no such part. */
    static long part(MessageHead head, Part part) {
        return switch (part) {
            case PATH -> RequestTarget.path(head);
            case PATH_AND_QUERY -> RequestTarget.pathAndQuery(head);
            case QUERY -> RequestTarget.query(head);
            case WHOLE -> head.target();
        };
    }

    /** Replaces a part; what cannot be done overflows the head. */
    static void replace(MessageHead head, Part part, DirectBuffer text, int length, Scratch scratch) {
        switch (part) {
            case PATH, PATH_AND_QUERY -> path(head, part(head, part), text, length, scratch);
            case QUERY -> query(head, text, length, scratch);
            case WHOLE -> whole(head, text, length, scratch);
        }
    }

    /** An empty path is a slash. {@code *} is replaced as a whole. */
    private static void path(MessageHead head, long old, DirectBuffer text, int length, Scratch scratch) {
        long target = head.target();
        boolean isAsterisk = Slice.length(target) == 1 && head.byteAt(target, 0) == '*';
        if (old == Slice.NONE && !isAsterisk) {
            head.overflow();
            return;
        }
        int from = isAsterisk ? 0 : Slice.offset(old) - Slice.offset(target);
        int to = isAsterisk ? 1 : from + Slice.length(old);
        Sample sample = scratch.take();
        ByteWriter out = sample.writer();
        HeadText.put(head, target, 0, from, out);
        if (length == 0 || text.getByte(0) == '?') {
            out.put('/');
        }
        put(text, length, out);
        HeadText.put(head, target, to, Slice.length(target), out);
        retarget(head, out);
        scratch.release(sample);
    }

    /** A target without a query gets one, unless the new one is empty. */
    private static void query(MessageHead head, DirectBuffer text, int length, Scratch scratch) {
        long target = head.target();
        long old = RequestTarget.query(head);
        if (old == Slice.NONE && length == 0) {
            return;
        }
        Sample sample = scratch.take();
        ByteWriter out = sample.writer();
        int from = old == Slice.NONE ? Slice.length(target) : Slice.offset(old) - Slice.offset(target);
        HeadText.put(head, target, 0, from, out);
        if (old == Slice.NONE) {
            out.put('?');
        }
        put(text, length, out);
        retarget(head, out);
        scratch.release(sample);
    }

    private static void whole(MessageHead head, DirectBuffer text, int length, Scratch scratch) {
        Sample sample = scratch.take();
        ByteWriter out = sample.writer();
        put(text, length, out);
        boolean isUsable = length > 0 && retarget(head, out);
        scratch.release(sample);
        if (isUsable) {
            followTarget(head);
        } else {
            head.overflow();
        }
    }

    private static boolean retarget(MessageHead head, ByteWriter text) {
        long written = HeadText.write(head, text);
        if (written == Slice.NONE) {
            return false;
        }
        head.target(written);
        return true;
    }

    private static void put(DirectBuffer text, int length, ByteWriter out) {
        for (int i = 0; i < length; i++) {
            int octet = text.getByte(i) & 0xFF;
            if (octet <= ' ' || octet == DELETE) {
                out.put('%').putHex(octet);
            } else {
                out.put(octet);
            }
        }
    }

    /** The authority of an absolute target becomes what Host now says. */
    static void followHost(MessageHead head, long host, Scratch scratch) {
        if (!RequestTarget.isAbsolute(head)) {
            return;
        }
        long target = head.target();
        long authority = RequestTarget.authority(head);
        int from = Slice.offset(authority) - Slice.offset(target);
        Sample sample = scratch.take();
        ByteWriter out = sample.writer();
        HeadText.put(head, target, 0, from, out);
        HeadText.put(head, host, out);
        HeadText.put(head, target, from + Slice.length(authority), Slice.length(target), out);
        retarget(head, out);
        scratch.release(sample);
    }

    /** Host, if there is one, becomes the authority of a target that is no path, without user information. */
    private static void followTarget(MessageHead head) {
        long authority = RequestTarget.authority(head);
        int field = head.find(FieldName.HOST, 0);
        if (field < 0 || authority == Slice.NONE || Slice.length(authority) == 0) {
            return;
        }
        int at = 0;
        for (int i = 0; i < Slice.length(authority); i++) {
            if (head.byteAt(authority, i) == '@') {
                at = i + 1;
            }
        }
        head.value(field, Slice.part(authority, at, Slice.length(authority) - at));
    }
}
