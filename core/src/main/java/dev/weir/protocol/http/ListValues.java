package dev.weir.protocol.http;

import org.agrona.DirectBuffer;

/**
 * Walks the comma separated values of the fields of one name, in order, as HAProxy's {@code hdr} counts them: blanks around a
 * value are not part of it, a comma between double quotes does not separate, a backslash between quotes hides the next byte, and
 * empty values count ({@code a,} has two). An edit of the head ends the walk's validity.
 *
 * <p>Thread: its owner's; reused. Allocates nothing.
 */
public final class ListValues {
    private MessageHead head;
    private FieldName name;
    private int field;
    private boolean isOneField;
    private DirectBuffer bytes;
    private long whole;
    private int next;
    private int end;
    private boolean isAtEnd = true;
    private long value;

    /** All fields of a name; all of the head if that is null. */
    public ListValues start(MessageHead head, FieldName name) {
        this.head = head;
        this.name = name;
        isOneField = false;
        enter(find(0));
        return this;
    }

    private int find(int from) {
        if (name != null) {
            return head.find(name, from);
        }
        return from < head.fieldCount() ? from : -1;
    }

    /** One field only. */
    public ListValues startField(MessageHead head, int field) {
        this.head = head;
        isOneField = true;
        enter(field);
        return this;
    }

    private void enter(int field) {
        this.field = field;
        isAtEnd = field < 0;
        if (!isAtEnd) {
            whole = head.value(field);
            bytes = head.bytes(whole);
            next = Slice.offset(whole);
            end = next + Slice.length(whole);
        }
    }

    /** Goes to the next value; false behind the last one. */
    public boolean next() {
        if (isAtEnd && (isOneField || field < 0 || !enterNext())) {
            field = -1;
            return false;
        }
        int start = Blanks.skip(bytes, next, end);
        int comma = QuotedText.find(bytes, start, end, ',', ',');
        value = Slice.part(whole, start - Slice.offset(whole), Blanks.trim(bytes, start, comma) - start);
        next = comma + 1;
        isAtEnd = comma == end;
        return true;
    }

    private boolean enterNext() {
        enter(find(field + 1));
        return !isAtEnd;
    }

    /** The first value of a field. */
    public static long first(MessageHead head, int field) {
        long whole = head.value(field);
        DirectBuffer bytes = head.bytes(whole);
        int end = Slice.offset(whole) + Slice.length(whole);
        int start = Blanks.skip(bytes, Slice.offset(whole), end);
        int comma = QuotedText.find(bytes, start, end, ',', ',');
        return Slice.part(whole, start - Slice.offset(whole), Blanks.trim(bytes, start, comma) - start);
    }

    /** Without blanks around it, quotes included. */
    public long value() {
        return value;
    }

    /** Which field the value is in. */
    public int field() {
        return field;
    }

    /** Whether the value is this word in any case; {@code word} is in lower case. */
    public boolean is(FieldName word) {
        return word.isAt(bytes, Slice.offset(value), Slice.length(value));
    }
}
