package dev.weir.load.http;

import static dev.weir.load.http.Bytes.CR;
import static dev.weir.load.http.Bytes.LF;

import org.agrona.DirectBuffer;

/**
 * Reads answers of HTTP/1 in place, as they arrive: bytes are looked at once, nothing is copied or kept. A head has to fit in what
 * a connection holds ({@link #HEAD_BYTES_MAX}); bodies may have any length.
 *
 * <p>Thread: the connection's. Memory: none of its own beyond this object.
 */
public final class ResponseReader {
    /** A longer head is refused as malformed. */
    public static final int HEAD_BYTES_MAX = 16384;

    private static final byte[] CONTENT_LENGTH = Bytes.ascii("content-length");
    private static final byte[] CONNECTION = Bytes.ascii("connection");
    private static final byte[] TRANSFER_ENCODING = Bytes.ascii("transfer-encoding");
    private static final byte[] CLOSE = Bytes.ascii("close");
    private static final byte[] KEEP_ALIVE = Bytes.ascii("keep-alive");
    private static final byte[] CHUNKED = Bytes.ascii("chunked");
    private static final int STATUS_LINE_BYTES_MIN = 12;
    private static final long NO_LENGTH = -1;
    private static final long LENGTH_MAX = Long.MAX_VALUE / 16;

    private enum State {
        HEAD,
        BODY,
        BODY_TO_END,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_DATA_END,
        TRAILERS,
        COMPLETE,
        BROKEN
    }

    private final BodyCheck bodyCheck = new BodyCheck();
    private Expectation expectation;
    private boolean isHead;
    private State state = State.HEAD;
    /** Complete lines of the head that were read already, in bytes from its start. */
    private int headScanned;

    private int status;
    private boolean keepsConnection;
    private boolean isChunked;
    private long contentLength;
    private long left;
    private long bodyBytes;
    private String mistake;

    /** Prepares for the answer to a request. */
    public void begin(RequestBytes request, Expectation expectation) {
        this.expectation = expectation;
        isHead = request.isHead();
        bodyCheck.begin(expectation);
        beginHead();
    }

    private void beginHead() {
        state = State.HEAD;
        headScanned = 0;
        status = 0;
        contentLength = NO_LENGTH;
        isChunked = false;
        bodyBytes = 0;
    }

    /** Whether the whole answer was read. */
    public boolean isComplete() {
        return state == State.COMPLETE;
    }

    /** Whether what came is no answer; {@link #mistake} says why. */
    public boolean isBroken() {
        return state == State.BROKEN;
    }

    public String mistake() {
        return mistake;
    }

    public int status() {
        return status;
    }

    public long bodyBytes() {
        return bodyBytes;
    }

    /** Whether another answer may follow on the connection. */
    public boolean keepsConnection() {
        return keepsConnection;
    }

    /** To be asked once of a complete answer. */
    public boolean hasExpectedBody() {
        return bodyCheck.accepts(expectation, bodyBytes);
    }

    /** The stream has ended; whether that completes the answer. */
    public boolean end() {
        if (state == State.BODY_TO_END) {
            state = State.COMPLETE;
        }
        return state == State.COMPLETE;
    }

    /** The connection is given up in the middle of an answer. */
    public void abandon() {
        bodyCheck.abandon();
    }

    /**
     * Reads on.
     *
     * @return how many bytes were used: all, unless the answer is complete or the rest belongs to an incomplete line or head, which
     *     has to be shown again with more
     */
    public int read(DirectBuffer input, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (state.compareTo(State.COMPLETE) < 0 && at < end) {
            int next = step(input, at, end);
            if (next == at) {
                break;
            }
            at = next;
        }
        return at - offset;
    }

    /** Returns where to go on; the same place if more has to come first. */
    private int step(DirectBuffer input, int at, int end) {
        return switch (state) {
            case HEAD -> readHead(input, at, end);
            case BODY, CHUNK_DATA -> readCounted(input, at, end);
            case BODY_TO_END -> readToEnd(input, at, end);
            case CHUNK_SIZE -> readChunkSize(input, at, end);
            case CHUNK_DATA_END -> readChunkDataEnd(input, at, end);
            case TRAILERS -> readTrailer(input, at, end);
            case COMPLETE, BROKEN -> at;
        };
    }

    private int fail(String why, int at) {
        mistake = why;
        state = State.BROKEN;
        keepsConnection = false;
        return at;
    }

    // ---- the head ----

    private int readHead(DirectBuffer input, int start, int end) {
        int line = start + headScanned;
        while (true) {
            int newline = Bytes.indexOf(input, LF, line, end);
            if (newline < 0) {
                headScanned = line - start;
                return end - start >= HEAD_BYTES_MAX ? fail("the head is too long", start) : start;
            }
            int lineEnd = newline > line && input.getByte(newline - 1) == CR ? newline - 1 : newline;
            if (line == start) {
                readStatusLine(input, line, lineEnd);
            } else if (lineEnd == line) {
                return endHead(newline + 1);
            } else {
                readHeader(input, line, lineEnd);
            }
            if (state == State.BROKEN) {
                return start;
            }
            line = newline + 1;
        }
    }

    private void readStatusLine(DirectBuffer input, int start, int end) {
        if (end - start < STATUS_LINE_BYTES_MIN || !isHttp1(input, start)) {
            fail("the answer does not begin with HTTP/1.", start);
            return;
        }
        int hundreds = digit(input, start + 9);
        int tens = digit(input, start + 10);
        int ones = digit(input, start + 11);
        if (hundreds < 1 || tens < 0 || ones < 0) {
            fail("the status line has no status", start);
            return;
        }
        status = hundreds * 100 + tens * 10 + ones;
        keepsConnection = input.getByte(start + 7) != '0';
    }

    private static boolean isHttp1(DirectBuffer input, int at) {
        return input.getByte(at) == 'H'
                && input.getByte(at + 1) == 'T'
                && input.getByte(at + 2) == 'T'
                && input.getByte(at + 3) == 'P'
                && input.getByte(at + 4) == '/'
                && input.getByte(at + 5) == '1'
                && input.getByte(at + 6) == '.'
                && input.getByte(at + 8) == ' ';
    }

    private static int digit(DirectBuffer input, int at) {
        int value = input.getByte(at) - '0';
        return value >= 0 && value <= 9 ? value : -1;
    }

    /** Only three fields concern us; their first letters tell most lines apart. */
    private void readHeader(DirectBuffer input, int start, int end) {
        int first = input.getByte(start) | 0x20;
        if (first != 'c' && first != 't') {
            return;
        }
        int colon = Bytes.indexOf(input, (byte) ':', start, end);
        if (colon < 0) {
            fail("a header line has no colon", start);
        } else if (Bytes.equalsLower(input, start, colon, CONTENT_LENGTH)) {
            readContentLength(input, colon + 1, end);
        } else if (Bytes.equalsLower(input, start, colon, CONNECTION)) {
            readConnection(input, colon + 1, end);
        } else if (Bytes.equalsLower(input, start, colon, TRANSFER_ENCODING)) {
            isChunked = Bytes.containsLower(input, colon + 1, end, CHUNKED);
        }
    }

    private void readConnection(DirectBuffer input, int start, int end) {
        if (Bytes.containsLower(input, start, end, CLOSE)) {
            keepsConnection = false;
        } else if (Bytes.containsLower(input, start, end, KEEP_ALIVE)) {
            keepsConnection = true;
        }
    }

    private void readContentLength(DirectBuffer input, int start, int end) {
        int from = Bytes.skipBlanks(input, start, end);
        int to = Bytes.trimBlanks(input, from, end);
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = digit(input, i);
            if (digit < 0 || value > LENGTH_MAX) {
                fail("Content-Length is no number", start);
                return;
            }
            value = value * 10 + digit;
        }
        if (from == to || contentLength != NO_LENGTH && contentLength != value) {
            fail("Content-Length is no number, or two of them", start);
            return;
        }
        contentLength = value;
    }

    /** Says what follows the head. */
    private int endHead(int after) {
        if (status < 200) {
            if (status == 101) {
                return fail("the server switches to another protocol", after);
            }
            beginHead();
        } else if (isHead || status == 204 || status == 304) {
            state = State.COMPLETE;
        } else if (isChunked) {
            state = State.CHUNK_SIZE;
        } else if (contentLength == NO_LENGTH) {
            state = State.BODY_TO_END;
            keepsConnection = false;
        } else {
            left = contentLength;
            state = left == 0 ? State.COMPLETE : State.BODY;
        }
        return after;
    }

    // ---- the body ----

    private int readCounted(DirectBuffer input, int at, int end) {
        int part = (int) Math.min(left, end - at);
        take(input, at, part);
        left -= part;
        if (left == 0) {
            state = state == State.BODY ? State.COMPLETE : State.CHUNK_DATA_END;
        }
        return at + part;
    }

    private int readToEnd(DirectBuffer input, int at, int end) {
        take(input, at, end - at);
        return end;
    }

    private void take(DirectBuffer input, int at, int length) {
        bodyCheck.add(input, at, length);
        bodyBytes += length;
    }

    private int readChunkSize(DirectBuffer input, int at, int end) {
        int newline = Bytes.indexOf(input, LF, at, end);
        if (newline < 0) {
            return end - at >= HEAD_BYTES_MAX ? fail("a chunk's size line is too long", at) : at;
        }
        long size = 0;
        int digits = 0;
        for (int i = at; i < newline; i++, digits++) {
            int value = Bytes.hexDigit(input.getByte(i));
            if (value < 0) {
                break;
            }
            if (size > LENGTH_MAX) {
                return fail("a chunk's size is too large", at);
            }
            size = size * 16 + value;
        }
        if (digits == 0) {
            return fail("a chunk has no size", at);
        }
        left = size;
        state = size == 0 ? State.TRAILERS : State.CHUNK_DATA;
        return newline + 1;
    }

    private int readChunkDataEnd(DirectBuffer input, int at, int end) {
        byte first = input.getByte(at);
        if (first == LF) {
            state = State.CHUNK_SIZE;
            return at + 1;
        }
        if (first != CR) {
            return fail("a chunk is longer than its size", at);
        }
        if (end - at < 2) {
            return at;
        }
        if (input.getByte(at + 1) != LF) {
            return fail("a chunk is longer than its size", at);
        }
        state = State.CHUNK_SIZE;
        return at + 2;
    }

    private int readTrailer(DirectBuffer input, int at, int end) {
        int newline = Bytes.indexOf(input, LF, at, end);
        if (newline < 0) {
            return end - at >= HEAD_BYTES_MAX ? fail("a trailer is too long", at) : at;
        }
        if (newline == at || newline == at + 1 && input.getByte(at) == CR) {
            state = State.COMPLETE;
        }
        return newline + 1;
    }
}
