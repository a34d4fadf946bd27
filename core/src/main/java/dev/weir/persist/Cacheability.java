package dev.weir.persist;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.ListValues;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.stream.PersistenceCookie;

/** Whether a cache may keep an answer, as far as HAProxy looks into it. One object a loop. */
final class Cacheability {
    private static final FieldName PRAGMA = FieldName.of("pragma");
    private static final FieldName EXPIRES = FieldName.of("expires");
    private static final FieldName ETAG = FieldName.of("etag");
    private static final FieldName LAST_MODIFIED = FieldName.of("last-modified");

    private static final int CACHEABLE = 1;
    private static final int FRESH = 2;
    private static final int NULL_AGE = 4;

    private final ListValues values = new ListValues();

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
        return Slice.length(slice) == word.length() && startsWith(head, slice, word, false);
    }

    /** @param isCacheableMethod of the request */
    boolean mayBeCached(MessageHead response, boolean isCacheableMethod) {
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

    private int directives(MessageHead response, int before) {
        int state = before;
        values.start(response, FieldName.CACHE_CONTROL);
        while (values.next()) {
            state = directive(response, values.value(), state);
        }
        return state;
    }

    private static int directive(MessageHead head, long value, int state) {
        if (isEqual(head, value, "public")) {
            return state | CACHEABLE;
        }
        if (isEqual(head, value, "max-age=0")) {
            return state | NULL_AGE;
        }
        if (isEqual(head, value, "private")
                || isEqual(head, value, "no-cache")
                || isEqual(head, value, "no-store")
                || isEqual(head, value, "s-maxage=0")) {
            return state & ~CACHEABLE;
        }
        if (startsWith(head, value, "s-maxage", true)) {
            return (state | FRESH) & ~NULL_AGE;
        }
        return startsWith(head, value, "max-age", true) ? state | FRESH : state;
    }

    private static boolean isEqual(MessageHead head, long slice, String word) {
        return Slice.length(slice) == word.length() && startsWith(head, slice, word, true);
    }

    /** @param word in lower case if case is to be ignored */
    private static boolean startsWith(MessageHead head, long slice, String word, boolean ignoresCase) {
        if (Slice.length(slice) < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            int octet = head.byteAt(slice, i);
            if ((ignoresCase ? FieldName.lower(octet) : octet) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
