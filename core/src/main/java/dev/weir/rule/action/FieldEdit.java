package dev.weir.rule.action;

import dev.weir.protocol.http.Blanks;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.QuotedText;
import dev.weir.protocol.http.Slice;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;
import org.agrona.DirectBuffer;

/** Rewrites of a header field's value. No state; allocates nothing. */
final class FieldEdit {
    private FieldEdit() {}

    /** Replaces the value as a whole if it matches; whether it did. */
    static boolean replaceWhole(Replacement replacement, MessageHead head, int field, Stream stream, Scratch scratch) {
        long value = head.value(field);
        Sample sample = scratch.take();
        ByteWriter out = sample.writer();
        boolean isReplaced =
                replacement.apply(stream, scratch, head.bytes(value), Slice.offset(value), Slice.length(value), out);
        if (isReplaced) {
            head.value(field, write(head, out, value));
        }
        scratch.release(sample);
        return isReplaced;
    }

    /** Replaces each comma separated value that matches, with the blanks around it; whether there was one. */
    static boolean replaceValues(Replacement replacement, MessageHead head, int field, Stream stream, Scratch scratch) {
        long whole = head.value(field);
        DirectBuffer bytes = head.bytes(whole);
        int end = Slice.offset(whole) + Slice.length(whole);
        Sample sample = scratch.take();
        ByteWriter out = sample.writer();
        boolean isReplaced = false;
        int start = Slice.offset(whole);
        while (start <= end) {
            int comma = QuotedText.find(bytes, start, end, ',', ',');
            int first = Blanks.skip(bytes, start, comma);
            int length = Blanks.trim(bytes, first, comma) - first;
            if (replacement.apply(stream, scratch, bytes, first, length, out)) {
                isReplaced = true;
            } else {
                out.put(bytes, start, comma - start);
            }
            if (comma < end) {
                out.put(',');
            }
            start = comma + 1;
        }
        if (isReplaced) {
            head.value(field, write(head, out, whole));
        }
        scratch.release(sample);
        return isReplaced;
    }

    /** The old value stays if the new one does not fit; the head then says so. */
    private static long write(MessageHead head, ByteWriter text, long old) {
        long written = HeadText.write(head, text);
        return written == Slice.NONE ? old : written;
    }
}
