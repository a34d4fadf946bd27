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

    private static long domain(DirectBuffer bytes, long value) {
        int offset = Slice.offset(value);
        int end = dotBefore(bytes, offset, Slice.length(value));
        if (end < 0) {
            return value;
        }
        int start = dotBefore(bytes, offset, end) + 1;
        return Slice.part(value, start, end - start);
    }

    private static int dotBefore(DirectBuffer bytes, int offset, int index) {
        int at = index - 1;
        while (at >= 0 && bytes.getByte(offset + at) != '.') {
            at--;
        }
        return at;
    }
}
