package dev.weir.persist;

import dev.weir.protocol.http.Blanks;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.sample.ByteWriter;

/**
 * What is left of a {@code Cookie} or {@code Set-Cookie} field: goes over its cookies with a cursor, keeps, changes or removes each, and
 * writes the field anew only if that made a difference. Used again for each field. Thread: its owner's.
 */
final class CookieField {
    private final CookieCursor cursor;
    private final ByteWriter text;
    private int start;
    private boolean isCopying;
    private boolean isKept;
    /** Where in {@link #text} the cookies begin that are to go, -1 for none. */
    private int removalStart;

    /** @param text working memory; the caller may use it between two fields */
    CookieField(CookieCursor cursor, ByteWriter text) {
        this.cursor = cursor;
        this.text = text;
    }

    void begin(MessageHead head, int field, boolean isFromServer) {
        long value = head.value(field);
        start = Slice.offset(value);
        cursor.over(head.bytes(value), start, Slice.length(value), isFromServer);
        isCopying = isKept = false;
        removalStart = -1;
    }

    // ---- cookie by cookie ----

    /** The cookie at the cursor goes, with what surrounds it. */
    void remove() {
        if (removalStart < 0) {
            copy();
            removalStart = text.length();
        }
    }

    /** An attribute, as it is. */
    void keepAttribute() {
        append(cursor.start, cursor.end);
    }

    /** Somebody else's cookie: the field has to stay. */
    void keepForeign() {
        isKept = true;
        keep();
    }

    /** The cookie as it is, but without blanks around its equals sign. */
    void keep() {
        if (cursor.hasBlanksInside()) {
            keepWithout(cursor.valueStart);
        } else {
            append(closeGap(), cursor.end);
        }
    }

    /** The cookie with a value that begins later; the field has to stay. */
    void keepRest(int valueStart) {
        isKept = true;
        removalStart = -1;
        keepWithout(valueStart);
    }

    private void keepWithout(int valueStart) {
        copy();
        append(closeGap(), cursor.nameEnd);
        text.put('=');
        append(valueStart, cursor.end);
    }

    /** The cookie with another value. */
    void replaceValue(byte[] value) {
        beginValue(value);
        append(cursor.valueEnd, cursor.end);
    }

    /** The cookie with something before its value. */
    void prefixValue(byte[] prefix, char separator) {
        beginValue(prefix);
        text.put(separator);
        append(cursor.valueStart, cursor.end);
    }

    private void beginValue(byte[] value) {
        copy();
        append(cursor.start, cursor.nameEnd);
        text.put('=').put(value);
    }

    // ---- the copy ----

    /** From here on the field differs from what was received. */
    private void copy() {
        if (!isCopying) {
            isCopying = true;
            text.clear().put(cursor.bytes(), start, cursor.start - start);
        }
    }

    private void append(int from, int to) {
        if (isCopying) {
            text.put(cursor.bytes(), from, to - from);
        }
    }

    /** If cookies before this one are to go, they go now, and one delimiter with a blank is left. @return where to go on */
    private int closeGap() {
        if (removalStart < 0) {
            return cursor.start;
        }
        text.length(removalStart);
        if (removalStart > 0) {
            while (Blanks.isBlank(text.array()[text.length() - 1])) {
                text.length(text.length() - 1);
            }
            text.put(cursor.bytes().getByte(cursor.start)).put(' ');
        }
        removalStart = -1;
        return cursor.nameStart;
    }

    /** @return whether nothing is left of the field and it is gone */
    boolean end(MessageHead head, int field) {
        if (removalStart >= 0) {
            text.length(isKept ? removalStart : 0);
        }
        return isCopying && replace(head, field);
    }

    private boolean replace(MessageHead head, int field) {
        if (text.length() == 0) {
            head.remove(field);
            return true;
        }
        long written = head.write(text.array(), 0, text.length());
        if (written != Slice.NONE) {
            head.value(field, written);
        }
        return false;
    }
}
