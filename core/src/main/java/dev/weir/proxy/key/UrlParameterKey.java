package dev.weir.proxy.key;

import dev.weir.balance.HashType;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Method;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http.Slice;
import dev.weir.protocol.http.Tokens;
import dev.weir.sample.Scratch;
import dev.weir.server.SessionRequest;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * {@code balance url_param <name>}: the value of the first parameter of that name in the query, or, of a POST whose query has none,
 * in what is here of its body. HAProxy manual 4.2; its {@code check_post} makes no difference, there neither.
 */
public final class UrlParameterKey extends HttpKey {
    private static final int NONE = -1;

    private final byte[] name;

    public UrlParameterKey(String name) {
        this.name = name.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void fill(Stream stream, HashType type, Scratch scratch, SessionRequest request) {
        super.fill(stream, type, scratch, request);
        HttpExchange exchange = stream.http();
        if (!request.hasHash && exchange != null && exchange.hasRequest() && exchange.method() == Method.POST) {
            fillFromBody(exchange.requestBody(), type, request);
        }
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
        int value = valueStart(bytes, offset, end);
        return value == NONE ? Slice.NONE : Slice.part(query, value - offset, parameterEnd(bytes, value, end) - value);
    }

    private void fillFromBody(DirectBuffer body, HashType type, SessionRequest request) {
        int start = valueStart(body, 0, body.capacity());
        int end = start == NONE ? NONE : tokenEnd(body, start);
        if (end != NONE) {
            request.hasHash = true;
            request.hash = type.hash(body, start, end - start);
        }
    }

    private int valueStart(DirectBuffer bytes, int offset, int end) {
        int at = offset;
        while (end - at > name.length) {
            if (isNamed(bytes, at)) {
                return at + name.length + 1;
            }
            at = parameterEnd(bytes, at, end) + 1;
        }
        return NONE;
    }

    private static int parameterEnd(DirectBuffer bytes, int from, int end) {
        int at = from;
        while (at < end && bytes.getByte(at) != '&') {
            at++;
        }
        return at;
    }

    /** Where a value in a body ends; NONE if it is none: other bytes than those of a token are not of a form. */
    private static int tokenEnd(DirectBuffer body, int from) {
        for (int at = from; at < body.capacity(); at++) {
            int octet = body.getByte(at) & 0xFF;
            if (octet == '&' || octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n') {
                return at;
            }
            if (!Tokens.isToken(octet)) {
                return NONE;
            }
        }
        return body.capacity();
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
