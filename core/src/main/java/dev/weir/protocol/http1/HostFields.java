package dev.weir.protocol.http1;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.HostAndPort;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Method;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http.Slice;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Host fields and the target's authority (RFC 9112 section 3.2, and HAProxy 3.2): several Hosts must be the same and become one, a
 * Host must be the authority if the target has one, where the port that the scheme implies may be missing, and then goes.
 */
final class HostFields {
    private static final FieldName HTTP = FieldName.of("http");
    private static final FieldName HTTPS = FieldName.of("https");
    private static final DirectBuffer HTTP_PORT = new UnsafeBuffer(new byte[] {'8', '0'});
    private static final DirectBuffer HTTPS_PORT = new UnsafeBuffer(new byte[] {'4', '4', '3'});

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

    /** Bytes that may be in a host and its port; brackets around an address only. */
    private static boolean isHost(MessageHead head, long value) {
        DirectBuffer bytes = head.bytes(value);
        int at = Slice.offset(value);
        int end = at + Slice.length(value);
        if (at < end && bytes.getByte(at) == '[') {
            at = addressEnd(bytes, at + 1, end);
        }
        while (at < end && Octets.isHost(bytes.getByte(at))) {
            at++;
        }
        return at == end;
    }

    /** Behind the closing bracket, if the end or a port follows; else a place that holds no byte of a host. */
    private static int addressEnd(DirectBuffer bytes, int from, int end) {
        int at = from;
        while (at < end && Octets.isHost(bytes.getByte(at))) {
            at++;
        }
        boolean isClosed = at < end && bytes.getByte(at) == ']';
        boolean isLast = at + 1 == end || at + 1 < end && bytes.getByte(at + 1) == ':';
        return isClosed && isLast ? at + 1 : from - 1;
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
        if (!isTolerant && !isHost(head, authority)) {
            return HeadFault.BAD_TARGET.code();
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

    /**
     * Takes an implied port out of an absolute target, and gives it a path if it has none; OPTIONS without one asks about the server
     * itself (RFC 9112 section 3.2.4).
     */
    private static void shortenTarget(MessageHead head, long authority, long shortened) {
        long target = head.target();
        int authorityEnd = Slice.offset(authority) + Slice.length(authority) - Slice.offset(target);
        int hostEnd = Slice.offset(shortened) + Slice.length(shortened) - Slice.offset(target);
        int restLength = Slice.length(target) - authorityEnd;
        boolean needsPath = restLength == 0 && Method.numberOf(head) != Method.OPTIONS;
        if (needsPath || hostEnd < authorityEnd) {
            long start = Slice.part(target, 0, hostEnd);
            long rest = Slice.part(target, authorityEnd, restLength);
            head.target(head.joined(start, '/', needsPath ? 1 : 0, rest));
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
        boolean isImplied = Slice.length(digits) == 0
                || head.isText(digits, HTTP_PORT) && implies(head, HTTP)
                || head.isText(digits, HTTPS_PORT) && implies(head, HTTPS);
        return isImplied ? HostAndPort.host(head, authority) : authority;
    }

    private static boolean implies(MessageHead head, FieldName scheme) {
        long slice = RequestTarget.scheme(head);
        return slice == Slice.NONE || scheme.isAt(head.bytes(slice), Slice.offset(slice), Slice.length(slice));
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
