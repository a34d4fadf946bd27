package dev.weir.persist;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.ListValues;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Method;
import dev.weir.protocol.http.Slice;

/** Whether a cache may keep an answer, as far as HAProxy looks into it. One object a loop. */
final class Cacheability {
    private static final FieldName PRAGMA = FieldName.of("pragma");
    private static final FieldName EXPIRES = FieldName.of("expires");
    private static final FieldName ETAG = FieldName.of("etag");
    private static final FieldName LAST_MODIFIED = FieldName.of("last-modified");

    private static final int CACHEABLE = 1;
    private static final int FRESH = 2;
    private static final int NULL_AGE = 4;
    /** Nothing says that the cookies are not to be kept. */
    private static final int COOKIES = 8;

    private final ListValues values = new ListValues();

    /** @param method of the request, by its number in {@link Method} */
    boolean mayBeCached(MessageHead response, int method) {
        return isKept(response, method, CACHEABLE);
    }

    /** Whether its cookies may be kept with it. */
    boolean mayBeCachedWithCookies(MessageHead response, int method) {
        return isKept(response, method, CACHEABLE | COOKIES);
    }

    private boolean isKept(MessageHead response, int method, int wanted) {
        int pragma = response.find(PRAGMA, 0);
        if (pragma >= 0 && isEqual(response, response.value(pragma), "no-cache")) {
            return false;
        }
        int state = directives(response, isCacheableBy(method) && isCacheable(response.status()) ? wanted : 0);
        boolean isCacheable = (state & wanted) == wanted && (state & NULL_AGE) == 0;
        return isCacheable && ((state & FRESH) != 0 || hasValidator(response));
    }

    private static boolean isCacheableBy(int method) {
        return switch (method) {
            case Method.GET, Method.HEAD, Method.OPTIONS, Method.TRACE -> true;
            default -> false;
        };
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
            return state | CACHEABLE | COOKIES;
        }
        if (isEqual(head, value, "max-age=0")) {
            return state | NULL_AGE;
        }
        if (isEqual(head, value, "private")
                || isEqual(head, value, "no-cache")
                || isEqual(head, value, "no-store")
                || isEqual(head, value, "s-maxage=0")) {
            return state & ~(CACHEABLE | COOKIES);
        }
        if (startsWith(head, value, "no-cache=\"set-cookie")) {
            return state & ~COOKIES;
        }
        if (startsWith(head, value, "s-maxage")) {
            return (state | FRESH) & ~NULL_AGE;
        }
        return startsWith(head, value, "max-age") ? state | FRESH : state;
    }

    private static boolean isEqual(MessageHead head, long slice, String word) {
        return Slice.length(slice) == word.length() && startsWith(head, slice, word);
    }

    /** @param word in lower case; that of the head does not matter */
    private static boolean startsWith(MessageHead head, long slice, String word) {
        if (Slice.length(slice) < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (FieldName.lower(head.byteAt(slice, i)) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
