package dev.weir.load.http;

import static dev.weir.load.http.Bytes.CR;
import static dev.weir.load.http.Bytes.LF;

import org.agrona.DirectBuffer;

/**
 * Reads requests as the origin needs them: where one ends, how many bytes its path asks for, whether the connection stays. Bodies
 * need a Content-Length. Thread: the connection's.
 */
public final class RequestReader {
    private static final byte[] CONTENT_LENGTH = Bytes.ascii("content-length");
    private static final byte[] CONNECTION = Bytes.ascii("connection");
    private static final byte[] TRANSFER_ENCODING = Bytes.ascii("transfer-encoding");
    private static final byte[] CLOSE = Bytes.ascii("close");
    private static final int NUMBER_MAX = 1 << 30;
    /** {@link #askedBytes} of a path that is no size. */
    public static final int NONE = -1;

    private int askedBytes;
    private boolean isHead;
    private boolean closes;
    private boolean broken;
    private long bodyBytes;

    /** Bytes that the path asks for ({@code /1024}, {@code /16k}, {@code /1m}), or {@link #NONE}. */
    public int askedBytes() {
        return askedBytes;
    }

    public boolean isHead() {
        return isHead;
    }

    /** Whether the client wants no further answer on the connection. */
    public boolean closes() {
        return closes;
    }

    /** Whether this is no request, or one that the origin cannot read. */
    public boolean isBroken() {
        return broken;
    }

    /** How many bytes follow the head. */
    public long bodyBytes() {
        return bodyBytes;
    }

    /** Reads a head; returns its length, or 0 if it is not complete or {@link #isBroken}. */
    public int readHead(DirectBuffer input, int start, int length) {
        int end = start + length;
        closes = false;
        broken = false;
        bodyBytes = 0;
        for (int line = start; ; ) {
            int newline = Bytes.indexOf(input, LF, line, end);
            if (newline < 0) {
                return 0;
            }
            int lineEnd = newline > line && input.getByte(newline - 1) == CR ? newline - 1 : newline;
            if (line == start) {
                readRequestLine(input, line, lineEnd);
            } else if (lineEnd == line) {
                return broken ? 0 : newline + 1 - start;
            } else {
                readHeader(input, line, lineEnd);
            }
            line = newline + 1;
        }
    }

    private void readRequestLine(DirectBuffer input, int start, int end) {
        int blank = Bytes.indexOf(input, (byte) ' ', start, end);
        int after = blank < 0 ? -1 : Bytes.indexOf(input, (byte) ' ', blank + 1, end);
        if (after < 0) {
            broken = true;
            return;
        }
        isHead = blank - start == 4 && input.getByte(start) == 'H';
        closes = input.getByte(end - 1) == '0';
        askedBytes = size(input, blank + 1, after);
    }

    private static int size(DirectBuffer input, int start, int end) {
        int value = 0;
        int at = start + 1;
        for (; at < end && input.getByte(at) >= '0' && input.getByte(at) <= '9'; at++) {
            value = Math.min(NUMBER_MAX, value * 10 + input.getByte(at) - '0');
        }
        if (at == start + 1) {
            return NONE;
        }
        int shift = at == end ? 0 : unit(input.getByte(at++));
        return at != end || shift < 0 ? NONE : (int) Math.min(NUMBER_MAX, (long) value << shift);
    }

    private static int unit(byte letter) {
        return letter == 'k' ? 10 : letter == 'm' ? 20 : -1;
    }

    private void readHeader(DirectBuffer input, int start, int end) {
        int first = input.getByte(start) | 0x20;
        if (first != 'c' && first != 't') {
            return;
        }
        int colon = Bytes.indexOf(input, (byte) ':', start, end);
        if (colon < 0) {
            broken = true;
        } else if (Bytes.equalsLower(input, start, colon, CONTENT_LENGTH)) {
            bodyBytes = number(input, Bytes.skipBlanks(input, colon + 1, end), end);
        } else if (Bytes.equalsLower(input, start, colon, CONNECTION)) {
            closes |= Bytes.containsLower(input, colon + 1, end, CLOSE);
        } else if (Bytes.equalsLower(input, start, colon, TRANSFER_ENCODING)) {
            broken = true;
        }
    }

    private long number(DirectBuffer input, int start, int end) {
        long value = 0;
        for (int i = start; i < end; i++) {
            int digit = input.getByte(i) - '0';
            if (digit < 0 || digit > 9 || value > Long.MAX_VALUE / 16) {
                broken = true;
                return 0;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
