package dev.weir.protocol.http;

import org.agrona.DirectBuffer;

/**
 * Walks the {@code name=value} pairs of the {@code Cookie} fields of a request in order, or reads the one pair that a
 * {@code Set-Cookie} field begins with. Lenient as HAProxy: semicolons separate, and commas too in {@code Cookie}; blanks around
 * names and values are not part of them, quotes are; a delimiter between quotes does not separate. Words without an equal sign and
 * names that begin with {@code $} (RFC 2109 attributes) are passed over. Names compare with their case.
 *
 * <p>Thread: its owner's; reused. Allocates nothing. An edit of the head ends the walk's validity.
 */
public final class CookiePairs {
    private MessageHead head;
    private FieldName fieldName;
    private int field = -1;
    private DirectBuffer bytes;
    private long whole;
    private int base;
    private int at;
    private int end;
    private boolean isList;
    /** Of {@code Set-Cookie} fields that are walked all: what follows a comma is a cookie of its own. */
    private boolean isSplit;

    private int from;
    private int to;
    private long name;
    private long value;

    /** All {@code Cookie} fields of a request. */
    public CookiePairs start(MessageHead request) {
        head = request;
        fieldName = FieldName.COOKIE;
        isList = true;
        isSplit = false;
        enter(request.find(FieldName.COOKIE, 0));
        return this;
    }

    /** One {@code Cookie} field. */
    public CookiePairs startField(MessageHead request, int field) {
        head = request;
        fieldName = null;
        isList = true;
        isSplit = false;
        enter(field);
        return this;
    }

    /** All {@code Set-Cookie} fields of a response as expressions see them: a comma outside quotes begins another one. */
    public CookiePairs startSetCookies(MessageHead response) {
        head = response;
        fieldName = FieldName.SET_COOKIE;
        isList = false;
        isSplit = true;
        enter(response.find(FieldName.SET_COOKIE, 0));
        return this;
    }

    /** One {@code Set-Cookie} field: {@link #next} is true once, its attributes are no pairs. */
    public CookiePairs startSetCookie(MessageHead response, int field) {
        head = response;
        fieldName = null;
        isList = false;
        isSplit = false;
        enter(field);
        return this;
    }

    private void enter(int field) {
        this.field = field;
        if (field >= 0) {
            whole = head.value(field);
            bytes = head.bytes(whole);
            base = Slice.offset(whole);
            at = base;
            end = base + Slice.length(whole);
        }
    }

    /** Goes to the next pair; false behind the last one. */
    public boolean next() {
        while (field >= 0) {
            while (at < end) {
                if (readPair()) {
                    return true;
                }
            }
            enter(fieldName == null ? -1 : head.find(fieldName, field + 1));
        }
        return false;
    }

    /** Goes to the next pair of that name, with its case. */
    public boolean next(DirectBuffer wanted) {
        while (next()) {
            if (isNamed(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Reads what stands between two delimiters; false if that is no pair. */
    private boolean readPair() {
        from = at;
        int start = Blanks.skip(bytes, at, end);
        int equal = nameEnd(start);
        boolean isPair = equal < end && bytes.getByte(equal) == '=';
        int valueStart = isPair ? Blanks.skip(bytes, equal + 1, end) : equal;
        to = isPair ? QuotedText.find(bytes, valueStart, end, ';', ',') : equal;
        if (!isPair || bytes.getByte(start) == '$') {
            at = isList || isSplit ? to + 1 : end;
            return false;
        }
        at = isList ? to + 1 : isSplit ? QuotedText.find(bytes, to, end, ',', ',') + 1 : end;
        name = Slice.part(whole, start - base, Blanks.trim(bytes, start, equal) - start);
        value = Slice.part(whole, valueStart - base, Blanks.trim(bytes, valueStart, to) - valueStart);
        return true;
    }

    private int nameEnd(int start) {
        for (int i = start; i < end; i++) {
            int octet = bytes.getByte(i);
            if (octet == '=' || octet == ';' || octet == ',' && (isList || isSplit)) {
                return i;
            }
        }
        return end;
    }

    public long name() {
        return name;
    }

    public long value() {
        return value;
    }

    /** Which field the pair is in. */
    public int field() {
        return field;
    }

    /** Where the pair begins in its field's value: behind the delimiter in front of it, or 0. */
    public int from() {
        return from - base;
    }

    /** Where the pair ends in its field's value: at the delimiter behind it, or the value's length. */
    public int to() {
        return to - base;
    }

    /**
     * Whether the pair is the last of its list and nothing at all follows its equal sign, nor stands in front of it: such a one is
     * none for whoever looks for its name.
     */
    public boolean isCutShort() {
        int start = Slice.offset(name);
        boolean isFirst = from == base || bytes.getByte(from - 1) == ',';
        boolean hasRoom = !isFirst && from < start || Blanks.trim(bytes, start, to) > start + Slice.length(name) + 1;
        return !hasRoom && (to == end || bytes.getByte(to) == ',');
    }

    /** Whether the pair has that name, with its case. */
    public boolean isNamed(DirectBuffer wanted) {
        int length = wanted.capacity();
        if (Slice.length(name) != length) {
            return false;
        }
        int offset = Slice.offset(name);
        for (int i = 0; i < length; i++) {
            if (bytes.getByte(offset + i) != wanted.getByte(i)) {
                return false;
            }
        }
        return true;
    }
}
