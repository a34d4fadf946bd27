package dev.weir.persist;

import dev.weir.protocol.http.Blanks;
import dev.weir.protocol.http.QuotedText;
import org.agrona.DirectBuffer;

/**
 * Walks the cookies of one {@code Cookie} or {@code Set-Cookie} value as they stand there, blanks, quotes and all. Offsets are
 * those of the buffer. Reused; one thread.
 */
final class CookieCursor {
    private DirectBuffer bytes;
    private int limit;
    private boolean isFirst;
    private boolean isFromServer;

    /** The delimiter before the cookie; the start of the value for the first. */
    int start;

    int nameStart;
    int nameEnd;
    /** The equals sign, or where the cookie ends without one. */
    int equals;

    int valueStart;
    int valueEnd;
    /** The delimiter behind the cookie, or the end. */
    int end;

    /** @param isFromServer {@code Set-Cookie}: one cookie with attributes behind it */
    void over(DirectBuffer bytes, int offset, int length, boolean isFromServer) {
        this.bytes = bytes;
        this.limit = offset + length;
        this.isFromServer = isFromServer;
        isFirst = true;
        end = offset;
    }

    /** Moves to the next cookie; false behind the last. */
    boolean next() {
        if (end >= limit) {
            return false;
        }
        start = end;
        nameStart = Blanks.skip(bytes, isFirst ? start : start + 1, limit);
        isFirst = false;
        readName();
        if (equals < limit && bytes.getByte(equals) == '=') {
            valueStart = Blanks.skip(bytes, equals + 1, limit);
            end = QuotedText.find(bytes, valueStart, limit, ';', ',');
            valueEnd = Blanks.trim(bytes, valueStart, end);
        } else {
            valueStart = valueEnd = end = equals;
        }
        if (isFromServer) {
            end = limit;
        }
        return true;
    }

    private void readName() {
        nameEnd = nameStart;
        int at = nameStart;
        while (at < limit && !endsName(bytes.getByte(at))) {
            if (!Blanks.isBlank(bytes.getByte(at++))) {
                nameEnd = at;
            }
        }
        equals = at;
    }

    private boolean endsName(int octet) {
        return octet == '=' || octet == ';' || octet == ',' && !isFromServer;
    }

    /** Whether it has a value, or at least an equals sign. */
    boolean hasValue() {
        return isFromServer ? equals != valueEnd : equals != end;
    }

    /** An attribute of the cookie before it (RFC 2109). */
    boolean isAttribute() {
        return nameStart < limit && bytes.getByte(nameStart) == '$';
    }

    boolean isNamed(byte[] name) {
        return nameEnd - nameStart == name.length && is(nameStart, name);
    }

    private boolean is(int offset, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (bytes.getByte(offset + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether blanks stand around the equals sign; who touches a field takes them out. */
    boolean hasBlanksInside() {
        return hasValue() && (nameEnd != equals || valueStart != equals + 1);
    }

    /** Where that byte stands, or {@code to}. */
    int find(int octet, int from, int to) {
        int at = from;
        while (at < to && bytes.getByte(at) != octet) {
            at++;
        }
        return at;
    }

    DirectBuffer bytes() {
        return bytes;
    }
}
