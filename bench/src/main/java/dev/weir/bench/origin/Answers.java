package dev.weir.bench.origin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The answers, head and body in one piece, made once for each size. {@code /64}, {@code /16k} and {@code /10m} say how many bytes
 * of body. Which bytes depends on the place alone, so everybody can check them.
 */
final class Answers {
    static final int BODY_BYTES_MAX = 256 << 20;

    private static final DirectBuffer NOT_FOUND =
            direct("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));

    private static final Map<String, DirectBuffer> BY_PATH = new ConcurrentHashMap<>();

    private Answers() {}

    static DirectBuffer of(String path) {
        return BY_PATH.computeIfAbsent(path, Answers::make);
    }

    private static DirectBuffer make(String path) {
        int bytes = bodyBytes(path);
        if (bytes < 0) {
            return NOT_FOUND;
        }
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n").getBytes(US_ASCII);
        byte[] whole = new byte[head.length + bytes];
        System.arraycopy(head, 0, whole, 0, head.length);
        for (int i = 0; i < bytes; i++) {
            whole[head.length + i] = bodyByte(i);
        }
        return direct(whole);
    }

    private static byte bodyByte(int place) {
        return (byte) ('a' + (place + place / 26) % 26);
    }

    /** The size that a path names, or -1. */
    static int bodyBytes(String path) {
        int end = path.length();
        int unit = 1;
        if (end > 2 && (path.charAt(end - 1) == 'k' || path.charAt(end - 1) == 'm')) {
            unit = path.charAt(end - 1) == 'k' ? 1 << 10 : 1 << 20;
            end--;
        }
        if (end < 2 || end > 10 || path.charAt(0) != '/') {
            return -1;
        }
        long count = 0;
        for (int i = 1; i < end; i++) {
            int digit = path.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            count = count * 10 + digit;
        }
        return count * unit <= BODY_BYTES_MAX ? (int) (count * unit) : -1;
    }

    private static DirectBuffer direct(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length);
        buffer.put(bytes);
        return new UnsafeBuffer(buffer);
    }
}
