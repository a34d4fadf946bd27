package dev.weir.protocol.http1;

import static org.agrona.UnsafeApi.getByte;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
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
    /** As in HAProxy. */
    private static final int NAME_BYTES_MAX = 255;

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
    private long address;

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
        this.bytes = bytes;
        this.length = length;
        address = bytes.byteArray() == null && length >= Octets.WORD_BYTES ? bytes.addressOffset() : 0;
        out.source(bytes);
        int result = walk(out);
        if (result > headBytesMax || result == INCOMPLETE && length >= headBytesMax) {
            return (state < LINE ? HeadFault.TARGET_TOO_LONG : HeadFault.HEAD_TOO_LONG).code();
        }
        if (result > 0) {
            reset();
        }
        return result;
    }

    private int walk(MessageHead out) {
        if (state == BEFORE && address != 0 && fastStartLine(address, at, length, out)) {
            state = LINE;
        }
        while (true) {
            if (state == LINE && address != 0) {
                fastFields(address, at, length, out);
            }
            int result = slowLine(out);
            if (result != NEXT) {
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

    /** Reads an ordinary start line and leaves {@link #at} behind it; false, with nothing changed, if it is not one or not whole. */
    abstract boolean fastStartLine(long address, int from, int end, MessageHead out);

    /** Reads ordinary field lines and leaves {@link #at} at the first line that it did not take. */
    private void fastFields(long address, int from, int end, MessageHead out) {
        int line = from;
        while (out.fieldCount() < fieldsMax) {
            int colon = Octets.tokenEnd(address, line, end);
            if (colon == line || colon > line + NAME_BYTES_MAX || colon + 2 >= end || getByte(address + colon) != ':') {
                break;
            }
            int start = colon + 1;
            if (getByte(address + start) == ' ') {
                start++;
            }
            int lineEnd = Octets.valueEnd(address, start, end);
            if (lineEnd + 1 >= end || !isLineEnd(address + lineEnd)) {
                break;
            }
            add(line, colon, start, lineEnd, out);
            line = lineEnd + 2;
        }
        if (line > from) {
            hasField = true;
            hasBadName = false;
            at = line;
        }
    }

    static boolean isLineEnd(long address) {
        return getByte(address) == CR && getByte(address + 1) == LF;
    }

    private void add(int name, int colon, int start, int end, MessageHead out) {
        int first = start;
        while (first < end && Octets.isBlank(bytes.getByte(first))) {
            first++;
        }
        int last = trimmed(first, end);
        int length = colon - name;
        out.add(Slice.received(name, length), FieldName.hash(bytes, name, length), Slice.received(first, last - first));
        lastValueEnd = last;
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
        add(mark, nameEnd, valueStart, valueEnd, out);
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
