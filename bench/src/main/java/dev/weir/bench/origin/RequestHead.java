package dev.weir.bench.origin;

import java.util.Locale;
import org.agrona.DirectBuffer;

/**
 * The head of a request, as far as the origin cares. Load generators send the same head again and again: one that equals the one
 * before is recognized by comparing bytes, and nothing is parsed.
 */
final class RequestHead {
    /** What {@link #read} returns while the head is not complete. */
    static final int INCOMPLETE = -1;

    private static final int END = '\r' << 24 | '\n' << 16 | '\r' << 8 | '\n';
    private static final int HEAD_BYTES_MAX = 8192;

    /** Longer ones are parsed each time. */
    private static final int KNOWN_BYTES_MAX = 2048;

    private final byte[] last = new byte[KNOWN_BYTES_MAX];
    private int lastBytes;

    private DirectBuffer answer;
    private long bodyBytes;
    private boolean closes;
    private boolean expectsContinue;

    /** What to answer. */
    DirectBuffer answer() {
        return answer;
    }

    /** Length of the request's body, which follows. */
    long bodyBytes() {
        return bodyBytes;
    }

    /** Whether the connection ends after the answer. */
    boolean closes() {
        return closes;
    }

    boolean expectsContinue() {
        return expectsContinue;
    }

    /**
     * Reads a head that begins at an index.
     *
     * @return its length, or {@link #INCOMPLETE}
     * @throws IllegalArgumentException if it is none
     */
    int read(DirectBuffer input, int start, int available) {
        if (isLast(input, start, available)) {
            return lastBytes;
        }
        int length = length(input, start, available);
        if (length == INCOMPLETE) {
            if (available >= HEAD_BYTES_MAX) {
                throw new IllegalArgumentException("a head longer than " + HEAD_BYTES_MAX + " bytes");
            }
            return INCOMPLETE;
        }
        lastBytes = length <= KNOWN_BYTES_MAX ? length : 0;
        input.getBytes(start, last, 0, lastBytes);
        parse(input.getStringWithoutLengthAscii(start, length));
        return length;
    }

    private boolean isLast(DirectBuffer input, int start, int available) {
        if (lastBytes == 0 || available < lastBytes) {
            return false;
        }
        for (int i = 0; i < lastBytes; i++) {
            if (input.getByte(start + i) != last[i]) {
                return false;
            }
        }
        return true;
    }

    private static int length(DirectBuffer input, int start, int available) {
        int window = 0;
        for (int i = 0; i < Math.min(available, HEAD_BYTES_MAX); i++) {
            window = window << 8 | input.getByte(start + i) & 0xff;
            if (window == END) {
                return i + 1;
            }
        }
        return INCOMPLETE;
    }

    private void parse(String head) {
        String[] lines = head.split("\r\n");
        String[] words = lines[0].split(" ");
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            throw new IllegalArgumentException("no HTTP request: " + lines[0]);
        }
        answer = Answers.of(words[1]);
        bodyBytes = 0;
        closes = words[2].equals("HTTP/1.0");
        expectsContinue = false;
        for (int i = 1; i < lines.length; i++) {
            field(lines[i].toLowerCase(Locale.ROOT));
        }
    }

    private void field(String line) {
        String value = line.substring(line.indexOf(':') + 1).strip();
        if (line.startsWith("content-length:")) {
            bodyBytes = Long.parseLong(value);
        } else if (line.startsWith("connection:")) {
            closes = value.equals("close") || closes && !value.equals("keep-alive");
        } else if (line.startsWith("expect:")) {
            expectsContinue = value.equals("100-continue");
        }
    }
}
