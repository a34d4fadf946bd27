package dev.weir.protocol.http1;

import dev.weir.protocol.http.HostAndPort;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http.Slice;

/**
 * Whether a request target is of a form that its method allows (RFC 9112 section 3.2, and HAProxy 3.2): {@code host:port} for
 * CONNECT and only for it, {@code *} for OPTIONS and unknown methods, else a path or an absolute URI.
 */
final class TargetForm {
    private static final String CONNECT = "CONNECT";
    /** Methods that mean something only with a resource, so not with an asterisk. */
    private static final String[] NEED_A_PATH = {"GET", "HEAD", "POST", "PUT", "DELETE", "TRACE"};

    private TargetForm() {}

    /** 0, or the code of a fault. */
    static int fault(MessageHead head, boolean isTolerant) {
        boolean isRight = isConnect(head) ? isAuthority(head, isTolerant) : isResource(head);
        return isRight ? 0 : HeadFault.BAD_TARGET.code();
    }

    static boolean isConnect(MessageHead head) {
        return isText(head, head.method(), CONNECT);
    }

    /** Methods whose payload HTTP/1.0 does not define; with one they are refused (HAProxy: 413). */
    static boolean hasNoPayloadIn10(MessageHead head) {
        long method = head.method();
        return isText(head, method, "GET") || isText(head, method, "HEAD") || isText(head, method, "DELETE");
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

    private static boolean needsPath(MessageHead head) {
        for (String method : NEED_A_PATH) {
            if (isText(head, head.method(), method)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isText(MessageHead head, long slice, String text) {
        int length = Slice.length(slice);
        if (length != text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (head.byteAt(slice, i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
