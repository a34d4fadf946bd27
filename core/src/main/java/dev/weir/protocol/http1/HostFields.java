package dev.weir.protocol.http1;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.HostAndPort;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http.Slice;

/**
 * Host fields and the target's authority (RFC 9112 section 3.2, and HAProxy 3.2): several Hosts must be the same and become one, a
 * Host must be the authority if the target has one, where the port that the scheme implies may be missing, and then goes.
 */
final class HostFields {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private HostFields() {}

    /** 0, or the code of a fault. */
    static int settle(MessageHead head, boolean isTolerant) {
        int first = head.find(FieldName.HOST, 0);
        if (first >= 0) {
            if (!isHost(head, head.value(first))) {
                return HeadFault.BAD_HOST.code();
            }
            if (!mergeWithFirst(head, first)) {
                return HeadFault.DIFFERENT_HOSTS.code();
            }
        }
        return isOriginForm(head) ? 0 : authority(head, first, isTolerant);
    }

    private static boolean isOriginForm(MessageHead head) {
        return Slice.length(head.target()) > 0 && head.byteAt(head.target(), 0) == '/';
    }

    private static boolean isHost(MessageHead head, long value) {
        boolean isOpen = false;
        for (int i = 0; i < Slice.length(value); i++) {
            int octet = head.byteAt(value, i);
            if (octet == '[') {
                isOpen = true;
            } else if (octet == ']') {
                isOpen = false;
            } else if (octet <= ' ' || octet >= 0x7F || "#,/?@\\".indexOf(octet) >= 0) {
                return false;
            }
        }
        return !isOpen;
    }

    private static boolean mergeWithFirst(MessageHead head, int first) {
        int other = head.find(FieldName.HOST, first + 1);
        while (other >= 0) {
            if (!isSame(head, head.value(first), head.value(other))) {
                return false;
            }
            head.remove(other);
            other = head.find(FieldName.HOST, other);
        }
        return true;
    }

    private static int authority(MessageHead head, int hostField, boolean isTolerant) {
        long authority = withoutUser(head, RequestTarget.authority(head));
        if (authority == Slice.NONE) {
            return 0;
        }
        long shortened = withoutImpliedPort(head, authority);
        if (hostField >= 0) {
            long host = head.value(hostField);
            long shortenedHost = withoutImpliedPort(head, host);
            if (!isTolerant && !isSame(head, host, authority) && !isSame(head, shortenedHost, shortened)) {
                return HeadFault.HOST_IS_NOT_AUTHORITY.code();
            }
            if (shortened != authority) {
                head.value(hostField, shortenedHost);
            }
        }
        if (RequestTarget.isAbsolute(head)) {
            shortenTarget(head, authority, shortened);
        }
        return 0;
    }

    /** Takes an implied port out of an absolute target, and gives it a path if it has none. */
    private static void shortenTarget(MessageHead head, long authority, long shortened) {
        long target = head.target();
        int authorityEnd = Slice.offset(authority) + Slice.length(authority) - Slice.offset(target);
        int hostEnd = Slice.offset(shortened) + Slice.length(shortened) - Slice.offset(target);
        int restLength = Slice.length(target) - authorityEnd;
        if (restLength == 0 || hostEnd < authorityEnd) {
            long start = Slice.part(target, 0, hostEnd);
            long rest = Slice.part(target, authorityEnd, restLength);
            head.target(head.joined(start, '/', restLength == 0 ? 1 : 0, rest));
        }
    }

    private static long withoutUser(MessageHead head, long authority) {
        for (int i = authority == Slice.NONE ? -1 : Slice.length(authority) - 1; i >= 0; i--) {
            if (head.byteAt(authority, i) == '@') {
                return Slice.part(authority, i + 1, Slice.length(authority) - i - 1);
            }
        }
        return authority;
    }

    /** Without a port that is empty or that the scheme implies; CONNECT, which has no scheme, implies both. */
    private static long withoutImpliedPort(MessageHead head, long authority) {
        long digits = HostAndPort.portText(head, authority);
        if (digits == Slice.NONE) {
            return authority;
        }
        int port = HostAndPort.port(head, authority);
        boolean isShort = Slice.length(digits) == 0
                || Slice.length(digits) <= 3
                        && (port == HTTP_PORT && implies(head, 4) || port == HTTPS_PORT && implies(head, 5));
        return isShort ? HostAndPort.host(head, authority) : authority;
    }

    private static boolean implies(MessageHead head, int schemeLength) {
        long scheme = RequestTarget.scheme(head);
        return scheme == Slice.NONE
                || Slice.length(scheme) == schemeLength && FieldName.lower(head.byteAt(scheme, 0)) == 'h';
    }

    private static boolean isSame(MessageHead head, long one, long other) {
        int length = Slice.length(one);
        if (length != Slice.length(other)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (FieldName.lower(head.byteAt(one, i)) != FieldName.lower(head.byteAt(other, i))) {
                return false;
            }
        }
        return true;
    }
}
