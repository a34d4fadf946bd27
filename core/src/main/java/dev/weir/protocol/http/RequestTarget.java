package dev.weir.protocol.http;

import org.agrona.DirectBuffer;

/**
 * The parts of a request's target as it stands, as {@link Slice}s of the same bytes (RFC 9112 section 3.2): origin form
 * {@code /path?query}, absolute form {@code scheme://authority/path?query}, authority form {@code host:port} of CONNECT, and
 * {@code *}. Allocates nothing; each call looks at the target anew, so an edit is seen at once.
 */
public final class RequestTarget {
    private RequestTarget() {}

    /** From the first slash behind the authority up to the query; NONE in authority and asterisk form, empty in {@code http://host?query}. */
    public static long path(MessageHead head) {
        long whole = pathAndQuery(head);
        if (whole == Slice.NONE) {
            return Slice.NONE;
        }
        int mark = indexOf(head.bytes(whole), Slice.offset(whole), Slice.length(whole), '?');
        return mark < 0 ? whole : Slice.part(whole, 0, mark);
    }

    /** Path and query with its question mark ({@code pathq}); NONE in authority and asterisk form. */
    public static long pathAndQuery(MessageHead head) {
        long target = head.target();
        if (target == Slice.NONE || Slice.length(target) == 0) {
            return Slice.NONE;
        }
        if (head.byteAt(target, 0) == '/') {
            return target;
        }
        int start = authorityStart(head, target);
        if (start < 0) {
            return Slice.NONE;
        }
        int end = authorityEnd(head, target, start);
        return Slice.part(target, end, Slice.length(target) - end);
    }

    /** Whether it is what proxies are sent: neither a path nor the asterisk. */
    public static boolean isForProxy(MessageHead head) {
        long target = head.target();
        return target != Slice.NONE && Slice.length(target) > 0 && !isOriginOrAsterisk(head, target);
    }

    /** Behind the question mark; NONE if there is none. */
    public static long query(MessageHead head) {
        long target = head.target();
        if (target == Slice.NONE) {
            return Slice.NONE;
        }
        int mark = indexOf(head.bytes(target), Slice.offset(target), Slice.length(target), '?');
        return mark < 0 ? Slice.NONE : Slice.part(target, mark + 1, Slice.length(target) - mark - 1);
    }

    /** {@code http} of {@code http://...}; NONE in the other forms. */
    public static long scheme(MessageHead head) {
        int start = isAbsolute(head) ? authorityStart(head, head.target()) : -1;
        return start < 0 ? Slice.NONE : Slice.part(head.target(), 0, start - "://".length());
    }

    /** Host and port, with user information if there is some, of the absolute and the authority form; NONE in the others. */
    public static long authority(MessageHead head) {
        long target = head.target();
        if (target == Slice.NONE || Slice.length(target) == 0 || isOriginOrAsterisk(head, target)) {
            return Slice.NONE;
        }
        int start = Math.max(0, authorityStart(head, target));
        return Slice.part(target, start, authorityEnd(head, target, start) - start);
    }

    /** Whether the target names a scheme and an authority. */
    public static boolean isAbsolute(MessageHead head) {
        long target = head.target();
        return target != Slice.NONE
                && Slice.length(target) > 0
                && !isOriginOrAsterisk(head, target)
                && authorityStart(head, target) >= 0;
    }

    private static boolean isOriginOrAsterisk(MessageHead head, long target) {
        int first = head.byteAt(target, 0);
        return first == '/' || first == '*' && Slice.length(target) == 1;
    }

    /** Behind {@code ://}, -1 where that is not what follows a scheme. */
    private static int authorityStart(MessageHead head, long target) {
        DirectBuffer bytes = head.bytes(target);
        int offset = Slice.offset(target);
        int length = Slice.length(target);
        int colon = schemeLength(bytes, offset, length);
        boolean isFollowed = colon > 0
                && colon + 2 < length
                && bytes.getByte(offset + colon + 1) == '/'
                && bytes.getByte(offset + colon + 2) == '/';
        return isFollowed ? colon + 3 : -1;
    }

    /** Up to the colon behind a scheme's name (RFC 3986 section 3.1), -1 if it is none. */
    private static int schemeLength(DirectBuffer bytes, int offset, int length) {
        for (int i = 0; i < length; i++) {
            int octet = bytes.getByte(offset + i);
            int lower = octet | 0x20;
            boolean isLetter = lower >= 'a' && lower <= 'z';
            boolean isOther = octet >= '0' && octet <= '9' || octet == '+' || octet == '-' || octet == '.';
            if (octet == ':' || !isLetter && (i == 0 || !isOther)) {
                return octet == ':' ? i : -1;
            }
        }
        return -1;
    }

    private static int authorityEnd(MessageHead head, long target, int start) {
        DirectBuffer bytes = head.bytes(target);
        int offset = Slice.offset(target);
        int length = Slice.length(target);
        for (int i = start; i < length; i++) {
            int octet = bytes.getByte(offset + i);
            if (octet == '/' || octet == '?' || octet == '#') {
                return i;
            }
        }
        return length;
    }

    private static int indexOf(DirectBuffer bytes, int offset, int length, char wanted) {
        for (int i = 0; i < length; i++) {
            if (bytes.getByte(offset + i) == wanted) {
                return i;
            }
        }
        return -1;
    }
}
