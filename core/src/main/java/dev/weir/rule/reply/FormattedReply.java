package dev.weir.rule.reply;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.protocol.http.StatusReason;
import dev.weir.rule.FormattedText;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A reply with a payload of its own, as {@code return}, {@code deny} and {@code http-error} describe it. Immutable; any loop.
 *
 * @param contentType null without a payload
 * @param fields of {@code hdr}
 * @param payload null if there is none
 */
record FormattedReply(int status, DirectBuffer contentType, List<Field> fields, FormattedText payload)
        implements Reply {
    /** One header field. */
    record Field(FieldName name, FormattedText value) {}

    @Override
    public boolean write(Stream stream, Scratch scratch, ErrorReplies errors, MessageHead head, ByteWriter body) {
        stream.http().status(status); // what the formats below show
        head.clear();
        body.clear();
        head.version(MessageHead.HTTP_1_1);
        head.status(status);
        byte[] reason = StatusReason.of(status);
        head.reason(head.write(reason, 0, reason.length));
        for (int i = 0; i < fields.size(); i++) {
            FieldName name = fields.get(i).name;
            long value = fields.get(i).value.write(stream, scratch, head);
            if (value == Slice.NONE || Slice.length(value) > 0) {
                head.add(head.write(name.bytes(), 0, name.length()), value);
            }
        }
        if (payload != null) {
            payload.write(stream, scratch, body);
        }
        addLength(scratch, head, body.length());
        if (body.length() > 0 && contentType != null) {
            head.add(FieldName.CONTENT_TYPE, contentType, 0, contentType.capacity());
        }
        return !head.isOverflowed() && !body.isOverflowed();
    }

    private static void addLength(Scratch scratch, MessageHead head, int length) {
        Sample sample = scratch.take();
        sample.string(sample.writer().putDecimal(length));
        head.add(FieldName.CONTENT_LENGTH, sample.bytes(), 0, sample.length());
        scratch.release(sample);
    }
}
