package dev.weir.load.origin;

import dev.weir.load.plan.PlanException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/** Answers, made once for each size and sent from where they lie. Thread: the loop's. */
final class HttpAnswers {
    private static final int SIZES_MAX = 64;
    private static final int ALPHABET = 26;

    private final int status;
    private final Int2ObjectHashMap<UnsafeBuffer> bySize = new Int2ObjectHashMap<>();
    private final UnsafeBuffer usual;
    private final UnsafeBuffer usualHead;

    HttpAnswers(OriginOptions options) {
        if (options.status < 200 || options.status > 999) {
            throw new PlanException("status " + options.status + " is not between 200 and 999");
        }
        status = options.status;
        usual = answer(options.bodyBytes, true);
        usualHead = answer(options.bodyBytes, false);
    }

    UnsafeBuffer usual(boolean isHead) {
        return isHead ? usualHead : usual;
    }

    UnsafeBuffer ofSize(int bytes, boolean isHead) {
        if (isHead) {
            return answer(bytes, false);
        }
        UnsafeBuffer answer = bySize.get(bytes);
        if (answer == null) {
            answer = answer(bytes, true);
            if (bySize.size() < SIZES_MAX) {
                bySize.put(bytes, answer);
            }
        }
        return answer;
    }

    private UnsafeBuffer answer(int bytes, boolean hasBody) {
        byte[] head = ("HTTP/1.1 " + status + " -\r\nContent-Type: text/plain\r\nContent-Length: " + bytes + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        UnsafeBuffer answer = new UnsafeBuffer(ByteBuffer.allocateDirect(head.length + (hasBody ? bytes : 0)));
        answer.putBytes(0, head);
        for (int i = head.length; i < answer.capacity(); i++) {
            answer.putByte(i, (byte) ('a' + (i - head.length) % ALPHABET));
        }
        return answer;
    }
}
