package dev.weir.protocol.http1;

import static org.agrona.UnsafeApi.getByte;
import static org.agrona.UnsafeApi.getShort;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * What the parsers of request and response heads share: the fields, and the way how bytes are walked.
 *
 * <p>There are two ways through a line. {@link #fastFields} takes whole, ordinary lines of native memory, eight bytes at a time.
 * Whatever it does not take, because something is unusual or the rest has not been received, is walked byte by byte by the states
 * below, which know all rules and can be left and entered anywhere. So a byte is looked at no more than twice, however the message
 * is split, and the fast way never decides that a message is wrong.
 *
 * <pre>
 *   start line states of the subclass -> LINE --name byte--> NAME --colon--> VALUE_START -> VALUE --CR--> VALUE_LF -> LINE
 *                                        LINE --CR--> HEAD_LF -> done
 * </pre>
 *
 * <p>Thread: its owner's; one message at a time. Memory: looks at the bytes for the call only; the offsets stay in the head.
 */
abstract sealed class HeadParser permits RequestHeadParser, ResponseHeadParser {
    /** More bytes are needed. */
    public static final int INCOMPLETE = 0;

    /** A state has come to its end; what a parser returns is never this. */
    static final int NEXT = Integer.MIN_VALUE;

    static final int CR = '\r';
    static final int LF = '\n';
    private static final short CR_LF = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? (short) 0x0A0D : 0x0D0A;
    /** As in HAProxy. */
    static final int NAME_BYTES_MAX = 255;

    /** First state of every head: in front of the start line. */
    static final int BEFORE = 0;

    static final int LINE = 20;
    private static final int NAME = 21;
    private static final int VALUE_START = 22;
    private static final int VALUE = 23;
    private static final int VALUE_LF = 24;
    private static final int HEAD_LF = 25;

    private final int headBytesMax;
    private final int fieldsMax;
    private boolean isTolerant;

    DirectBuffer bytes;
    int length;

    int state;
    /** Next byte to look at. */
    int at;
    /** Where the token that is being read begins. */
    int mark;

    private int nameEnd;
    private int valueStart;
    private int valueEnd;
    /** Behind the value of the field that was added last. */
    private int lastValueEnd;

    private boolean hasField;
    private boolean isFold;
    private boolean hasBadName;

    /**
     * @param headBytesMax longest head: {@code tune.bufsize} less {@code tune.maxrewrite}
     * @param headersMax {@code tune.http.maxhdr}; as in HAProxy one of them marks the end
     */
    HeadParser(int headBytesMax, int headersMax) {
        this.headBytesMax = headBytesMax;
        this.fieldsMax = headersMax - 1;
    }

    /** Whether {@code option accept-unsafe-violations-in-http-*} is on: what HAProxy then lets pass is let pass. */
    public void tolerant(boolean isTolerant) {
        this.isTolerant = isTolerant;
    }

    final boolean isTolerant() {
        return isTolerant;
    }

    /** Forgets a head that was begun. Needed after a refusal only: after a whole head the next call begins anew. */
    public final void reset() {
        state = BEFORE;
        at = 0;
        hasField = isFold = hasBadName = false;
    }

    /** How far the bytes have been looked at: where a refused message went wrong. */
    public final int position() {
        return at;
    }

    /**
     * Parses the head at the start of the bytes, from where the call before left off if that was incomplete: the bytes may have
     * moved since, but not changed. An incomplete head leaves {@code out} half filled.
     *
     * @return the head's length with all line ends, {@link #INCOMPLETE}, or the code of a {@link HeadFault}
     */
    public final int parse(DirectBuffer bytes, int length, MessageHead out) {
        bytes.boundsCheck(0, length);
        out.source(bytes);
        long address = bytes.byteArray() == null && length >= Octets.WORD_BYTES ? bytes.addressOffset() : 0;
        int result = address != 0 ? fastWalk(address, length, out) : INCOMPLETE;
        if (result == INCOMPLETE) {
            result = walk(bytes, length, address, out);
        }
        return result > 0 && result <= headBytesMax ? result : refusedOrIncomplete(result, length);
    }

    private int refusedOrIncomplete(int result, int length) {
        if (result < 0 || result == INCOMPLETE && length < headBytesMax) {
            return result;
        }
        return (result == INCOMPLETE && state < LINE ? HeadFault.TARGET_TOO_LONG : HeadFault.HEAD_TOO_LONG).code();
    }

    /** As many lines as go the fast way: the head's length if these were all; else {@link #at} is behind them. */
    private int fastWalk(long address, int length, MessageHead out) {
        int line = at;
        if (line == 0) {
            line = fastStartLine(address, 0, length, out);
            if (line == 0) {
                return INCOMPLETE;
            }
            state = LINE;
            at = line;
        }
        return state == LINE ? fastFields(address, line, length, out) : INCOMPLETE;
    }

    private int walk(DirectBuffer bytes, int length, long address, MessageHead out) {
        this.bytes = bytes;
        this.length = length;
        while (true) {
            int result = slowLine(out);
            if (result == NEXT && address != 0) {
                result = fastFields(address, at, length, out);
                result = result == INCOMPLETE ? NEXT : result;
            }
            if (result != NEXT) {
                if (result > 0) {
                    reset();
                }
                return result;
            }
        }
    }

    /** One line, or the rest of it, by states. */
    private int slowLine(MessageHead out) {
        while (at < length) {
            int result = state < LINE ? startLineState(out) : fieldState(out);
            if (result != NEXT) {
                return result;
            }
            if (state == LINE) {
                return NEXT;
            }
        }
        return INCOMPLETE;
    }

    // ---- the fast way ----

    /** Reads an ordinary start line: the offset behind it, or 0 if it is not one or not whole. */
    abstract int fastStartLine(long address, int from, int end, MessageHead out);

    /**
     * Reads ordinary field lines.
     *
     * @return the head's length if they were all; else {@link #INCOMPLETE}, and {@link #at} is at the first line that was not taken
     */
    private int fastFields(long address, int from, int end, MessageHead out) {
        int line = from;
        int valueEnd = lastValueEnd;
        int room = fieldsMax - out.fieldCount();
        while (line + 1 < end) {
            if (isLineEnd(address + line)) {
                reset();
                return line + 2;
            }
            int colon = Octets.colonBehindName(address, line, end);
            boolean isName = colon > line && colon <= line + NAME_BYTES_MAX && colon + 2 < end;
            if (!isName || getByte(address + colon) != ':' || --room < 0) {
                break;
            }
            int start = getByte(address + colon + 1) == ' ' ? colon + 2 : colon + 1;
            if (getByte(address + start) <= ' ') {
                start = skipBlanks(address, start, end);
            }
            int lineEnd = Octets.valueEnd(address, start, end);
            if (lineEnd + 1 >= end || !isLineEnd(address + lineEnd)) {
                break;
            }
            valueEnd = getByte(address + lineEnd - 1) <= ' ' ? trimmed(address, start, lineEnd) : lineEnd;
            int hash = FieldName.hash(address + line, colon - line);
            out.add(Slice.received(line, colon - line), hash, Slice.received(start, valueEnd - start));
            line = lineEnd + 2;
        }
        if (line > from) {
            hasField = true;
            hasBadName = false;
            lastValueEnd = valueEnd;
            at = line;
        }
        return INCOMPLETE;
    }

    static boolean isLineEnd(long address) {
        return getShort(address) == CR_LF;
    }

    private static int skipBlanks(long address, int from, int end) {
        int at = from;
        while (at < end && Octets.isBlank(getByte(address + at))) {
            at++;
        }
        return at;
    }

    private static int trimmed(long address, int start, int end) {
        int last = end;
        while (last > start && Octets.isBlank(getByte(address + last - 1))) {
            last--;
        }
        return last;
    }

    // ---- the slow way ----

    /** One step of the start line; enters {@link #LINE} behind it. */
    abstract int startLineState(MessageHead out);

    private int fieldState(MessageHead out) {
        return switch (state) {
            case LINE -> lineStart();
            case NAME -> name();
            case VALUE_START -> valueStart();
            case VALUE -> value();
            case VALUE_LF -> valueLineFeed(out);
            case HEAD_LF -> headLineFeed();
            default -> throw new IllegalStateException("state " + state);
        };
    }

    /** At the first byte of a line behind the start line. */
    private int lineStart() {
        int octet = bytes.getByte(at);
        if (octet == CR) {
            at++;
            state = HEAD_LF;
            return NEXT;
        }
        if (octet == LF) {
            return isTolerant ? ++at : HeadFault.BARE_LF.code();
        }
        mark = at;
        isFold = hasField && Octets.isBlank(octet);
        if (isFold && !isTolerant) {
            return HeadFault.FOLDED_FIELD.code();
        }
        hasBadName = isFold && hasBadName;
        state = isFold ? VALUE_START : NAME;
        return NEXT;
    }

    private int headLineFeed() {
        return bytes.getByte(at) == LF ? ++at : HeadFault.BARE_CR.code();
    }

    private int name() {
        while (at < length) {
            int octet = bytes.getByte(at);
            if (octet == ':') {
                nameEnd = at++;
                state = VALUE_START;
                return nameFault();
            }
            if (!Octets.isToken(octet)) {
                if (!isTolerant || octet == LF) {
                    return badNameByte(octet).code();
                }
                hasBadName = true;
            }
            at++;
        }
        return NEXT;
    }

    private int nameFault() {
        if (nameEnd == mark) {
            return HeadFault.EMPTY_NAME.code();
        }
        return nameEnd > mark + NAME_BYTES_MAX ? HeadFault.NAME_TOO_LONG.code() : NEXT;
    }

    private static HeadFault badNameByte(int octet) {
        if (octet == CR || octet == LF) {
            return HeadFault.NO_COLON;
        }
        return Octets.isBlank(octet) ? HeadFault.BLANK_IN_NAME : HeadFault.BAD_NAME;
    }

    private int valueStart() {
        while (at < length) {
            if (!Octets.isBlank(bytes.getByte(at))) {
                valueStart = at;
                state = VALUE;
                return NEXT;
            }
            at++;
        }
        return NEXT;
    }

    private int value() {
        while (at < length) {
            int octet = bytes.getByte(at);
            if (octet == CR || octet == LF && isTolerant) {
                valueEnd = at;
                at += octet == CR ? 1 : 0;
                state = VALUE_LF;
                return NEXT;
            }
            if (octet == LF) {
                return HeadFault.BARE_LF.code();
            }
            if (octet == 0 && !isTolerant) {
                return HeadFault.NUL_IN_VALUE.code();
            }
            at++;
        }
        return NEXT;
    }

    private int valueLineFeed(MessageHead out) {
        if (bytes.getByte(at) != LF) {
            return HeadFault.BARE_CR.code();
        }
        if (!hasBadName && !(isFold ? unfold(out) : addField(out))) {
            return HeadFault.TOO_MANY_FIELDS.code();
        }
        at++;
        hasField = true;
        state = LINE;
        return NEXT;
    }

    private boolean addField(MessageHead out) {
        if (out.fieldCount() >= fieldsMax) {
            return false;
        }
        int last = trimmed(valueStart, valueEnd);
        int nameLength = nameEnd - mark;
        long value = Slice.received(valueStart, last - valueStart);
        out.add(Slice.received(mark, nameLength), FieldName.hash(bytes, mark, nameLength), value);
        lastValueEnd = last;
        return true;
    }

    /** Appends a continuation to the value of the last field, the line end between them as blanks. */
    private boolean unfold(MessageHead out) {
        int field = out.fieldCount() - 1;
        int end = trimmed(valueStart, valueEnd);
        if (end > valueStart) {
            long before = out.value(field);
            int blanks = Slice.length(before) == 0 ? 0 : valueStart - lastValueEnd;
            out.value(field, out.joined(before, ' ', blanks, Slice.received(valueStart, end - valueStart)));
            lastValueEnd = end;
        }
        return !out.isOverflowed();
    }

    private int trimmed(int start, int end) {
        int last = end;
        while (last > start && Octets.isBlank(bytes.getByte(last - 1))) {
            last--;
        }
        return last;
    }
}
