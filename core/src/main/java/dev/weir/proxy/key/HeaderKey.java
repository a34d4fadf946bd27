package dev.weir.proxy.key;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.ListValues;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import org.agrona.DirectBuffer;

/** {@code balance hdr(<name>)}: the first value of a field, or the label before the last dot of it. */
public final class HeaderKey extends HttpKey {
    private final FieldName name;
    private final boolean isDomainOnly;

    /** @param isDomainOnly {@code use_domain_only} */
    public HeaderKey(String name, boolean isDomainOnly) {
        this.name = FieldName.of(name);
        this.isDomainOnly = isDomainOnly;
    }

    @Override
    long find(MessageHead head) {
        int field = head.find(name, 0);
        long value = field < 0 ? Slice.NONE : ListValues.first(head, field);
        if (value == Slice.NONE || Slice.length(value) == 0) {
            return Slice.NONE;
        }
        return isDomainOnly ? domain(head.bytes(value), value) : value;
    }

    /** As HAProxy looks for it: a dot at the very start is none, and the label has at least one byte, be it a dot. */
    private static long domain(DirectBuffer bytes, long value) {
        int offset = Slice.offset(value);
        int end = Slice.length(value) - 1;
        while (end > 0 && bytes.getByte(offset + end) != '.') {
            end--;
        }
        if (end <= 0) {
            return value;
        }
        int start = end - 1;
        while (start > 0 && bytes.getByte(offset + start - 1) != '.') {
            start--;
        }
        return Slice.part(value, start, end - start);
    }
}
