package dev.weir.proxy.key;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http.Slice;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** {@code balance url_param <name>}: the value of the first parameter of that name in the query. */
public final class UrlParameterKey extends HttpKey {
    private final byte[] name;

    public UrlParameterKey(String name) {
        this.name = name.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    long find(MessageHead head) {
        long query = RequestTarget.query(head);
        if (query == Slice.NONE) {
            return Slice.NONE;
        }
        DirectBuffer bytes = head.bytes(query);
        int offset = Slice.offset(query);
        int end = offset + Slice.length(query);
        int at = offset;
        while (end - at > name.length) {
            int next = parameterEnd(bytes, at, end);
            if (isNamed(bytes, at)) {
                int value = at + name.length + 1;
                return Slice.part(query, value - offset, next - value);
            }
            at = next + 1;
        }
        return Slice.NONE;
    }

    private static int parameterEnd(DirectBuffer bytes, int from, int end) {
        int at = from;
        while (at < end && bytes.getByte(at) != '&') {
            at++;
        }
        return at;
    }

    private boolean isNamed(DirectBuffer bytes, int offset) {
        for (int i = 0; i < name.length; i++) {
            if (bytes.getByte(offset + i) != name[i]) {
                return false;
            }
        }
        return bytes.getByte(offset + name.length) == '=';
    }
}
