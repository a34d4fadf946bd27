package dev.weir.protocol.http1;

import dev.weir.protocol.http.HostAndPort;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Method;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http.Slice;

/**
 * Whether a request target is of a form that its method allows (RFC 9112 section 3.2, and HAProxy 3.2): {@code host:port} for
 * CONNECT and only for it, {@code *} for OPTIONS and unknown methods, else a path or an absolute URI.
 */
final class TargetForm {
    private TargetForm() {}

    /** 0, or the code of a fault. */
    static int fault(MessageHead head, boolean isTolerant) {
        boolean isRight = isConnect(head) ? isAuthority(head, isTolerant) : isResource(head);
        return isRight ? 0 : HeadFault.BAD_TARGET.code();
    }

    static boolean isConnect(MessageHead head) {
        return Method.numberOf(head) == Method.CONNECT;
    }

    private static boolean isAuthority(MessageHead head, boolean isTolerant) {
        if (RequestTarget.isAbsolute(head) || RequestTarget.authority(head) == Slice.NONE) {
            return false;
        }
        return isTolerant || HostAndPort.port(head, head.target()) >= 0;
    }

    private static boolean isResource(MessageHead head) {
        long target = head.target();
        if (target == Slice.NONE || Slice.length(target) == 0) {
            return false;
        }
        int first = head.byteAt(target, 0);
        if (first == '/') {
            return true;
        }
        return first == '*' && Slice.length(target) == 1 ? !needsPath(head) : RequestTarget.isAbsolute(head);
    }

    /** Known methods but OPTIONS mean something only with a resource. */
    private static boolean needsPath(MessageHead head) {
        int method = Method.numberOf(head);
        return method != Method.OPTIONS && method != Method.OTHER;
    }
}
