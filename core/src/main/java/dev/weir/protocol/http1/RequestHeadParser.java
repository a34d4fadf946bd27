package dev.weir.protocol.http1;

import static org.agrona.UnsafeApi.getByte;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;

/**
 * Parses request heads (RFC 9112 section 3). Empty lines in front of the request line are part of the head and skipped.
 *
 * <pre>
 *   BEFORE -> METHOD -> METHOD_BLANK -> TARGET -> TARGET_BLANK -> VERSION -> START_LF -> LINE
 * </pre>
 */
public final class RequestHeadParser extends HeadParser {
    private static final int BEFORE_LF = 1;
    private static final int METHOD = 2;
    private static final int METHOD_BLANK = 3;
    private static final int TARGET = 4;
    private static final int TARGET_BLANK = 5;
    private static final int VERSION = 6;
    private static final int START_LF = 7;
    /** In the last line end of a request without version (HTTP/0.9). */
    private static final int OLD_LF = 8;

    private static final int VERSION_BYTES = 8;

    /**
     * @param headBytesMax longest head: {@code tune.bufsize} less {@code tune.maxrewrite}
     * @param headersMax {@code tune.http.maxhdr}
     */
    public RequestHeadParser(int headBytesMax, int headersMax) {
        super(headBytesMax, headersMax);
    }

    @Override
    boolean fastStartLine(long address, int from, int end, MessageHead out) {
        int methodEnd = Octets.tokenEnd(address, from, end);
        if (methodEnd == from || methodEnd >= end || getByte(address + methodEnd) != ' ') {
            return false;
        }
        int target = methodEnd + 1;
        int targetEnd = Octets.targetEnd(address, target, end);
        int versionEnd = targetEnd + 1 + VERSION_BYTES;
        if (targetEnd == target || versionEnd + 2 > end || getByte(address + targetEnd) != ' ') {
            return false;
        }
        int version = Versions.usual(Octets.word(address + targetEnd + 1));
        if (version < 0 || !isLineEnd(address + versionEnd)) {
            return false;
        }
        out.method(Slice.received(from, methodEnd - from));
        out.target(Slice.received(target, targetEnd - target));
        out.version(version);
        if (getByte(address + target) != '/' || isConnect(out)) {
            return false;
        }
        at = versionEnd + 2;
        return true;
    }

    @Override
    int startLineState(MessageHead out) {
        return switch (state) {
            case BEFORE -> before();
            case BEFORE_LF -> beforeLineFeed();
            case METHOD -> method(out);
            case METHOD_BLANK -> methodBlank();
            case TARGET -> target(out);
            case TARGET_BLANK -> targetBlank();
            case VERSION -> version(out);
            case START_LF -> startLineFeed(out);
            case OLD_LF -> oldLineFeed(out);
            default -> throw new IllegalStateException("state " + state);
        };
    }

    private int before() {
        int octet = bytes.getByte(at);
        if (octet == CR || octet == LF && isTolerant()) {
            at += octet == CR ? 1 : 0;
            state = BEFORE_LF;
            return NEXT;
        }
        if (octet == LF) {
            return HeadFault.BARE_LF.code();
        }
        mark = at;
        state = METHOD;
        return Octets.isToken(octet) ? NEXT : HeadFault.BAD_METHOD.code();
    }

    private int beforeLineFeed() {
        if (bytes.getByte(at) != LF) {
            return HeadFault.BARE_CR.code();
        }
        at++;
        state = BEFORE;
        return NEXT;
    }

    private int method(MessageHead out) {
        while (at < length && Octets.isToken(bytes.getByte(at))) {
            at++;
        }
        if (at == length) {
            return NEXT;
        }
        out.method(Slice.received(mark, at - mark));
        if (!Octets.isBlank(bytes.getByte(at))) {
            return isLineEndHere() ? old(HeadFault.NO_VERSION) : HeadFault.BAD_METHOD.code();
        }
        state = METHOD_BLANK;
        return NEXT;
    }

    private int methodBlank() {
        if (!skipBlanks()) {
            return NEXT;
        }
        mark = at;
        state = TARGET;
        return NEXT;
    }

    private boolean skipBlanks() {
        while (at < length && Octets.isBlank(bytes.getByte(at))) {
            at++;
        }
        return at < length;
    }

    private int target(MessageHead out) {
        while (at < length && isTarget(bytes.getByte(at))) {
            at++;
        }
        if (at == length) {
            return NEXT;
        }
        out.target(Slice.received(mark, at - mark));
        if (!Octets.isBlank(bytes.getByte(at))) {
            return isLineEndHere() ? old(HeadFault.NO_VERSION) : HeadFault.BAD_TARGET_BYTE.code();
        }
        state = TARGET_BLANK;
        return NEXT;
    }

    private boolean isTarget(int octet) {
        return Octets.isTarget(octet) || isTolerant() && (octet == '#' || octet < 0);
    }

    private int targetBlank() {
        if (!skipBlanks()) {
            return NEXT;
        }
        mark = at;
        state = VERSION;
        return NEXT;
    }

    private int version(MessageHead out) {
        while (at < length && Octets.isVersion(bytes.getByte(at))) {
            at++;
        }
        if (at == length) {
            return NEXT;
        }
        if (!isLineEndHere()) {
            return HeadFault.BAD_VERSION.code();
        }
        if (at == mark) {
            return old(HeadFault.NO_VERSION);
        }
        int version = Versions.parse(bytes, mark, at - mark, isTolerant());
        if (version < 0) {
            return version;
        }
        out.version(version);
        return endLine(START_LF);
    }

    private boolean isLineEndHere() {
        int octet = bytes.getByte(at);
        return octet == CR || octet == LF;
    }

    /** Goes to the line feed of a line's end. */
    private int endLine(int lineFeedState) {
        if (bytes.getByte(at) == CR) {
            at++;
        } else if (!isTolerant()) {
            return HeadFault.BARE_LF.code();
        }
        state = lineFeedState;
        return NEXT;
    }

    /** A request line that ends too early: of HTTP/0.9, where that is let pass. */
    private int old(HeadFault fault) {
        return isTolerant() ? endLine(OLD_LF) : fault.code();
    }

    private int oldLineFeed(MessageHead out) {
        if (bytes.getByte(at) != LF) {
            return HeadFault.BARE_CR.code();
        }
        out.version(MessageHead.HTTP_1_0);
        int fault = TargetForm.fault(out, isTolerant());
        return fault != 0 ? fault : ++at;
    }

    private int startLineFeed(MessageHead out) {
        if (bytes.getByte(at) != LF) {
            return HeadFault.BARE_CR.code();
        }
        int fault = TargetForm.fault(out, isTolerant());
        if (fault != 0) {
            return fault;
        }
        at++;
        state = LINE;
        return NEXT;
    }

    private static boolean isConnect(MessageHead out) {
        return TargetForm.isConnect(out);
    }
}
