package dev.weir.sample.fetch;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.sample.Arguments;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Sample;

/** A head's fields written one after another. Names are in lower case, as they are sent. No state. */
final class HeaderLists {
    /** Numbers below take one byte in HAProxy's encoding of lengths. */
    private static final int ONE_BYTE_MAX = 240;

    private HeaderLists() {}

    /** Only the first byte counts, and that of an empty text is a zero. */
    static int delimiter(Arguments args) {
        if (!args.has(0)) {
            return ',';
        }
        return args.hasText(0) ? args.bytes(0)[0] : 0;
    }

    static boolean names(MessageHead head, int delimiter, Sample out) {
        if (head == null) {
            return false;
        }
        ByteWriter text = out.writer();
        for (int field = 0; field < head.fieldCount(); field++) {
            if (field > 0) {
                text.put(delimiter);
            }
            name(head, field, text);
        }
        return out.string(text);
    }

    static boolean text(MessageHead head, Sample out) {
        if (head == null) {
            return false;
        }
        ByteWriter text = out.writer();
        for (int field = 0; field < head.fieldCount(); field++) {
            name(head, field, text);
            text.put(": ");
            value(head, field, text);
            text.put("\r\n");
        }
        return out.binary(text.put("\r\n"));
    }

    /** Length and bytes of each name and each value; an empty name and value end the list. */
    static boolean binary(MessageHead head, Sample out) {
        if (head == null) {
            return false;
        }
        ByteWriter bytes = out.writer();
        for (int field = 0; field < head.fieldCount(); field++) {
            length(Slice.length(head.name(field)), bytes);
            name(head, field, bytes);
            length(Slice.length(head.value(field)), bytes);
            value(head, field, bytes);
        }
        return out.binary(bytes.put(0).put(0));
    }

    private static void name(MessageHead head, int field, ByteWriter out) {
        long name = head.name(field);
        for (int i = 0; i < Slice.length(name); i++) {
            out.put(FieldName.lower(head.byteAt(name, i)));
        }
    }

    private static void value(MessageHead head, int field, ByteWriter out) {
        long value = head.value(field);
        out.put(head.bytes(value), Slice.offset(value), Slice.length(value));
    }

    private static void length(int value, ByteWriter out) {
        if (value < ONE_BYTE_MAX) {
            out.put(value);
            return;
        }
        out.put(value | ONE_BYTE_MAX);
        int rest = value - ONE_BYTE_MAX >>> 4;
        while (rest >= 128) {
            out.put(rest | 128);
            rest = rest - 128 >>> 7;
        }
        out.put(rest);
    }
}
