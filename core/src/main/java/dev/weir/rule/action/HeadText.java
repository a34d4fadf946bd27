package dev.weir.rule.action;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.sample.ByteWriter;

/** Between built texts and the bytes of a head. No state. */
final class HeadText {
    private HeadText() {}

    /** The text in the head's own bytes; {@link Slice#NONE}, and an overflow of the head, if it does not fit or was cut. */
    static long write(MessageHead head, ByteWriter text) {
        if (text.isOverflowed()) {
            head.overflow();
            return Slice.NONE;
        }
        return head.write(text.array(), 0, text.length());
    }

    static void put(MessageHead head, long slice, ByteWriter out) {
        out.put(head.bytes(slice), Slice.offset(slice), Slice.length(slice));
    }

    /** Appends the part of a slice before or behind a position in it. */
    static void put(MessageHead head, long slice, int from, int to, ByteWriter out) {
        out.put(head.bytes(slice), Slice.offset(slice) + from, to - from);
    }
}
