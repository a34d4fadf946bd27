package dev.weir.persist;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.stream.PersistenceCookie;
import org.agrona.DirectBuffer;

/** Whether a cache may keep an answer, as far as HAProxy looks into it. No state. */
final class Cacheability {
    private static final FieldName PRAGMA = FieldName.of("pragma");
    private static final FieldName EXPIRES = FieldName.of("expires");
    private static final FieldName ETAG = FieldName.of("etag");
    private static final FieldName LAST_MODIFIED = FieldName.of("last-modified");

    private static final int CACHEABLE = 1;
    private static final int FRESH = 2;
    private static final int NULL_AGE = 4;

    private Cacheability() {}

    /** What has to be known of the request when its answer comes. */
    static void noteMethod(MessageHead request, PersistenceCookie facts) {
        long method = request.method();
        facts.isPost(is(request, method, "POST"));
        facts.mayBeCached(is(request, method, "GET")
                || is(request, method, "HEAD")
                || is(request, method, "OPTIONS")
                || is(request, method, "TRACE"));
    }

    private static boolean is(MessageHead head, long slice, String word) {
        return Slice.length(slice) == word.length()
                && startsWith(head.bytes(slice), Slice.offset(slice), word.length(), word, false);
    }

    /** @param isCacheableMethod of the request */
    static boolean mayBeCached(MessageHead response, boolean isCacheableMethod) {
        int pragma = response.find(PRAGMA, 0);
        if (pragma >= 0 && isEqual(response, response.value(pragma), "no-cache")) {
            return false;
        }
        int state = isCacheableMethod && isCacheable(response.status()) ? CACHEABLE : 0;
        state = directives(response, state);
        boolean isCacheable = (state & CACHEABLE) != 0 && (state & NULL_AGE) == 0;
        return isCacheable && ((state & FRESH) != 0 || hasValidator(response));
    }

    private static boolean isCacheable(int status) {
        return switch (status) {
            case 200, 203, 204, 206, 300, 301, 404, 405, 410, 414, 501 -> true;
            default -> false;
        };
    }

    private static boolean hasValidator(MessageHead response) {
        return response.find(EXPIRES, 0) >= 0 || response.find(ETAG, 0) >= 0 || response.find(LAST_MODIFIED, 0) >= 0;
    }

    private static int directives(MessageHead response, int before) {
        int state = before;
        int field = response.find(FieldName.CACHE_CONTROL, 0);
        while (field >= 0) {
            long value = response.value(field);
            state = directives(response.bytes(value), Slice.offset(value), Slice.length(value), state);
            field = response.find(FieldName.CACHE_CONTROL, field + 1);
        }
        return state;
    }

    private static int directives(DirectBuffer bytes, int offset, int length, int before) {
        int state = before;
        int limit = offset + length;
        int at = offset;
        while (at < limit) {
            int end = directiveEnd(bytes, at, limit);
            state = directive(bytes, blanksEnd(bytes, at, end), end, state);
            at = end + 1;
        }
        return state;
    }

    private static int directive(DirectBuffer bytes, int start, int limit, int state) {
        int length = limit - start;
        while (length > 0 && CookieCursor.isBlank(bytes.getByte(start + length - 1))) {
            length--;
        }
        if (isEqual(bytes, start, length, "public")) {
            return state | CACHEABLE;
        }
        if (isEqual(bytes, start, length, "max-age=0")) {
            return state | NULL_AGE;
        }
        if (isEqual(bytes, start, length, "private")
                || isEqual(bytes, start, length, "no-cache")
                || isEqual(bytes, start, length, "no-store")
                || isEqual(bytes, start, length, "s-maxage=0")) {
            return state & ~CACHEABLE;
        }
        if (startsWith(bytes, start, length, "s-maxage", true)) {
            return (state | FRESH) & ~NULL_AGE;
        }
        return startsWith(bytes, start, length, "max-age", true) ? state | FRESH : state;
    }

    /** The next comma outside of quotes, or the end. */
    private static int directiveEnd(DirectBuffer bytes, int from, int limit) {
        boolean isQuoted = false;
        for (int at = from; at < limit; at++) {
            int octet = bytes.getByte(at);
            if (isQuoted && octet == '\\') {
                at++;
            } else if (octet == '"') {
                isQuoted = !isQuoted;
            } else if (octet == ',' && !isQuoted) {
                return at;
            }
        }
        return limit;
    }

    private static int blanksEnd(DirectBuffer bytes, int from, int limit) {
        int at = from;
        while (at < limit && CookieCursor.isBlank(bytes.getByte(at))) {
            at++;
        }
        return at;
    }

    private static boolean isEqual(MessageHead head, long slice, String word) {
        return isEqual(head.bytes(slice), Slice.offset(slice), Slice.length(slice), word);
    }

    private static boolean isEqual(DirectBuffer bytes, int offset, int length, String word) {
        return length == word.length() && startsWith(bytes, offset, length, word, true);
    }

    /** @param word in lower case if case is to be ignored */
    private static boolean startsWith(DirectBuffer bytes, int offset, int length, String word, boolean ignoresCase) {
        if (length < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            int octet = bytes.getByte(offset + i);
            if ((ignoresCase ? FieldName.lower(octet) : octet) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
