package dev.weir.sample.fetch;

import dev.weir.protocol.http.Tokens;
import dev.weir.sample.Sample;
import dev.weir.stream.InputView;
import org.agrona.DirectBuffer;

/** Recognises a complete HTTP/1 request head without keeping anything of it. No state. */
final class HttpHeadProbe {
    private static final byte[] VERSION = "HTTP/".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final int TOO_SHORT = -1;
    private static final int MALFORMED = -2;

    private HttpHeadProbe() {}

    static boolean fetch(InputView input, Sample out) {
        int end = requestLine(input.bytes(), input.length());
        while (end > 0) {
            int line = headerLine(input.bytes(), end, input.length());
            if (line == end) {
                return out.bool(true);
            }
            end = line;
        }
        out.mayChange(end == TOO_SHORT && input.mayGrow());
        return false;
    }

    /** Where the first header line starts, TOO_SHORT or MALFORMED. */
    private static int requestLine(DirectBuffer bytes, int length) {
        int at = token(bytes, 0, length);
        if (at <= 0 || at == length) {
            return at == length ? TOO_SHORT : MALFORMED;
        }
        int target = at + 1;
        at = target;
        while (at < length && (bytes.getByte(at) & 0xFF) > ' ') {
            at++;
        }
        if (at == length) {
            return TOO_SHORT;
        }
        return bytes.getByte(at) == ' ' && at > target ? version(bytes, at + 1, length) : MALFORMED;
    }

    /** The end of a method, which a space must follow. */
    private static int token(DirectBuffer bytes, int start, int length) {
        int at = start;
        while (at < length && Tokens.isToken(bytes.getByte(at) & 0xFF)) {
            at++;
        }
        return at < length && bytes.getByte(at) != ' ' ? MALFORMED : at == length ? length : at;
    }

    private static int version(DirectBuffer bytes, int start, int length) {
        int digits = start + VERSION.length;
        for (int i = start; i < Math.min(length, digits); i++) {
            if (bytes.getByte(i) != VERSION[i - start]) {
                return MALFORMED;
            }
        }
        if (length < digits + 4) {
            return TOO_SHORT;
        }
        boolean isVersion = isDigit(bytes.getByte(digits))
                && bytes.getByte(digits + 1) == '.'
                && isDigit(bytes.getByte(digits + 2));
        return isVersion ? lineEnd(bytes, digits + 3, length) : MALFORMED;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Behind an LF, or a CR and an LF. */
    private static int lineEnd(DirectBuffer bytes, int at, int length) {
        if (bytes.getByte(at) == '\n') {
            return at + 1;
        }
        if (bytes.getByte(at) != '\r') {
            return MALFORMED;
        }
        if (at + 1 == length) {
            return TOO_SHORT;
        }
        return bytes.getByte(at + 1) == '\n' ? at + 2 : MALFORMED;
    }

    /** Where the next line starts; {@code start} itself if this is the empty line; TOO_SHORT or MALFORMED. */
    private static int headerLine(DirectBuffer bytes, int start, int length) {
        if (start == length) {
            return TOO_SHORT;
        }
        if (bytes.getByte(start) == '\r' || bytes.getByte(start) == '\n') {
            int end = lineEnd(bytes, start, length);
            return end > 0 ? start : end;
        }
        for (int at = start; at < length; at++) {
            if (bytes.getByte(at) == '\n') {
                return at + 1;
            }
        }
        return TOO_SHORT;
    }
}
