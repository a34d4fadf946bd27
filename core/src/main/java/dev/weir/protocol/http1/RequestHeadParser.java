package dev.weir.protocol.http1;

import static org.agrona.UnsafeApi.getShort;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Method;
import dev.weir.protocol.http.Slice;
import java.nio.ByteOrder;

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

    /** First bytes of usual request lines, as {@link Octets#word} has them. */
    private static final int GET = 0x20544547;

    private static final int POST = 0x54534F50;
    private static final int HEAD = 0x44414548;

    private static final int VERSION_BYTES = 8;
    /** Of {@code G / HTTP/1.1} with its end. */
    private static final int LINE_BYTES_MIN = 14;
    /** What is in front of an ordinary target, and its first byte. */
    private static final short BLANK_SLASH =
            ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? (short) 0x2F20 : 0x202F;

    /**
     * @param headBytesMax longest head: {@code tune.bufsize} less {@code tune.maxrewrite}
     * @param headersMax {@code tune.http.maxhdr}
     */
    public RequestHeadParser(int headBytesMax, int headersMax) {
        super(headBytesMax, headersMax);
    }

    @Override
    int fastStartLine(long address, int from, int end, MessageHead out) {
        if (end - from < LINE_BYTES_MIN) {
            return 0;
        }
        int methodEnd = from + methodLength(address + from);
        if (methodEnd == from) {
            methodEnd = Octets.tokenEnd(address, from, end);
        }
        if (methodEnd == from || methodEnd + 1 >= end || getShort(address + methodEnd) != BLANK_SLASH) {
            return 0;
        }
        int target = methodEnd + 1;
        int targetEnd = Octets.blankBehindTarget(address, target, end);
        int versionEnd = targetEnd + 1 + VERSION_BYTES;
        if (versionEnd + 2 > end) {
            return 0;
        }
        int version = Versions.usual(Octets.word(address + targetEnd + 1));
        if (version < 0 || !isLineEnd(address + versionEnd)) {
            return 0;
        }
        out.method(Slice.received(from, methodEnd - from));
        out.target(Slice.received(target, targetEnd - target));
        out.version(version);
        return TargetForm.isConnect(out) ? 0 : versionEnd + 2;
    }

    /** Of the most usual methods, with which the target's place needs no search; 0 of others. */
    private static int methodLength(long address) {
        long word = Octets.word(address);
        if ((int) word == GET) {
            return 3;
        }
        if ((int) word == POST) {
            return 4;
        }
        return (int) word == HEAD ? 4 : 0;
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
            return isLineEndHere() ? old(HeadFault.NO_VERSION, out) : HeadFault.BAD_METHOD.code();
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
            return isLineEndHere() ? old(HeadFault.NO_VERSION, out) : HeadFault.BAD_TARGET_BYTE.code();
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
            return old(HeadFault.NO_VERSION, out);
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

    /** A request line that ends too early: of HTTP/0.9, which has GET only, where that is let pass. */
    private int old(HeadFault fault, MessageHead out) {
        return isTolerant() && Method.numberOf(out) == Method.GET ? endLine(OLD_LF) : fault.code();
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
}
