package dev.weir.protocol.http1;

import static org.agrona.UnsafeApi.getByte;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;

/**
 * Parses response heads (RFC 9112 section 4). Empty lines in front of the status line are part of the head and skipped.
 *
 * <pre>
 *   BEFORE -> VERSION -> VERSION_BLANK -> STATUS -> STATUS_BLANK -> REASON -> START_LF -> LINE
 * </pre>
 */
public final class ResponseHeadParser extends HeadParser {
    private static final int BEFORE_LF = 1;
    private static final int VERSION = 2;
    private static final int VERSION_BLANK = 3;
    private static final int STATUS = 4;
    private static final int STATUS_BLANK = 5;
    private static final int REASON = 6;
    private static final int START_LF = 7;

    private static final int VERSION_BYTES = 8;
    private static final int STATUS_BYTES = 3;
    /** {@code HTTP/1.1 200 }. */
    private static final int REASON_OFFSET = VERSION_BYTES + 1 + STATUS_BYTES + 1;

    /**
     * @param headBytesMax longest head: {@code tune.bufsize} less {@code tune.maxrewrite}
     * @param headersMax {@code tune.http.maxhdr}
     */
    public ResponseHeadParser(int headBytesMax, int headersMax) {
        super(headBytesMax, headersMax);
    }

    @Override
    int fastStartLine(long address, int from, int end, MessageHead out) {
        int reason = from + REASON_OFFSET;
        if (reason + 2 > end) {
            return 0;
        }
        int version = Versions.usual(Octets.word(address + from));
        int status = usualStatus(Octets.word(address + from + VERSION_BYTES - 3));
        if (version < 0 || status < 0 || Octets.isBlank(getByte(address + reason))) {
            return 0;
        }
        int reasonEnd = Octets.valueEnd(address, reason, end);
        if (reasonEnd + 2 > end || !isLineEnd(address + reasonEnd)) {
            return 0;
        }
        out.version(version);
        out.status(status);
        out.reason(Slice.received(reason, reasonEnd - reason));
        return reasonEnd + 2;
    }

    /** Of {@code 1.1 200 } in a word, whose first three bytes do not count; -1 if that is not how it looks. */
    private static int usualStatus(long word) {
        int hundreds = (int) (word >>> 32 & 0xFF) - '0';
        int tens = (int) (word >>> 40 & 0xFF) - '0';
        int ones = (int) (word >>> 48 & 0xFF) - '0';
        boolean isDigits = hundreds >= 1 && hundreds <= 9 && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
        boolean isSeparated = (word >>> 24 & 0xFF) == ' ' && word >>> 56 == ' ';
        return isDigits && isSeparated ? hundreds * 100 + tens * 10 + ones : -1;
    }

    @Override
    int startLineState(MessageHead out) {
        return switch (state) {
            case BEFORE -> before();
            case BEFORE_LF -> beforeLineFeed();
            case VERSION -> version(out);
            case VERSION_BLANK -> versionBlank();
            case STATUS -> status(out);
            case STATUS_BLANK -> statusBlank();
            case REASON -> reason(out);
            case START_LF -> startLineFeed();
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
        state = VERSION;
        return NEXT;
    }

    private int beforeLineFeed() {
        if (bytes.getByte(at) != LF) {
            return HeadFault.BARE_CR.code();
        }
        at++;
        state = BEFORE;
        return NEXT;
    }

    private int version(MessageHead out) {
        while (at < length && Octets.isVersion(bytes.getByte(at))) {
            at++;
        }
        if (at == length) {
            return NEXT;
        }
        if (!Octets.isBlank(bytes.getByte(at))) {
            return HeadFault.BAD_VERSION.code();
        }
        int version = Versions.parse(bytes, mark, at - mark, isTolerant());
        if (version < 0) {
            return version;
        }
        out.version(version);
        state = VERSION_BLANK;
        return NEXT;
    }

    private int versionBlank() {
        if (skipBlanks()) {
            mark = at;
            state = STATUS;
        }
        return NEXT;
    }

    private boolean skipBlanks() {
        while (at < length && Octets.isBlank(bytes.getByte(at))) {
            at++;
        }
        return at < length;
    }

    private int status(MessageHead out) {
        int end = Math.min(length, mark + STATUS_BYTES);
        while (at < end && Octets.isDigit(bytes.getByte(at))) {
            at++;
        }
        if (at == length) {
            return NEXT;
        }
        boolean isWhole = at - mark == STATUS_BYTES && bytes.getByte(mark) != '0';
        int octet = bytes.getByte(at);
        if (!isWhole || !Octets.isBlank(octet) && octet != CR && octet != LF) {
            return HeadFault.BAD_STATUS.code();
        }
        out.status(bytes.parseNaturalIntAscii(mark, STATUS_BYTES));
        state = STATUS_BLANK;
        return NEXT;
    }

    private int statusBlank() {
        if (skipBlanks()) {
            mark = at;
            state = REASON;
        }
        return NEXT;
    }

    private int reason(MessageHead out) {
        while (at < length) {
            int octet = bytes.getByte(at);
            if (octet == CR || octet == LF) {
                out.reason(Slice.received(mark, at - mark));
                return endLine(octet);
            }
            if (octet == 0 && !isTolerant()) {
                return HeadFault.BAD_REASON.code();
            }
            at++;
        }
        return NEXT;
    }

    private int endLine(int octet) {
        if (octet == LF && !isTolerant()) {
            return HeadFault.BARE_LF.code();
        }
        at += octet == CR ? 1 : 0;
        state = START_LF;
        return NEXT;
    }

    private int startLineFeed() {
        if (bytes.getByte(at) != LF) {
            return HeadFault.BARE_CR.code();
        }
        at++;
        state = LINE;
        return NEXT;
    }
}
