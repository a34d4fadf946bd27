package dev.weir.protocol.http1;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.ListValues;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Method;
import dev.weir.protocol.http.Slice;

/**
 * What a head says about the bytes behind it and about its connection (RFC 9112 sections 6, 7.1 and 9; HAProxy 3.2). Asked once, when
 * the head has been parsed, and it puts the head in order: equal repetitions of Content-Length and Host become one field, a
 * Content-Length beside a Transfer-Encoding goes, and so do {@code close}, {@code keep-alive} and upgrades that are none, which the
 * session decides anew for each side.
 *
 * <p>Thread: its owner's; reused. Allocates nothing.
 */
public final class Framing {
    /** How the end of a body is known. */
    public enum Body {
        NONE,
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    private static final FieldName PREFACE = FieldName.of("pri");
    private static final FieldName CHUNKED = FieldName.of("chunked");
    private static final FieldName CONTINUE = FieldName.of("100-continue");
    private static final FieldName WEBSOCKET = FieldName.of("websocket");
    /** Of the key of its handshake, in base64. */
    private static final int WEBSOCKET_KEY_BYTES = 24;

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final ListValues values = new ListValues();
    private final ConnectionFields connection = new ConnectionFields();
    private boolean acceptsAnyPayload;
    private boolean keepsInsecure;
    private boolean isTolerant;

    private Body body = Body.NONE;
    private long contentLength;
    private boolean isKeepAlive;
    private boolean isInsecure;
    private boolean isTunnel;
    private boolean expectsContinue;

    /** {@code option accept-unsafe-violations-in-http-*}: an authority other than the Host is let pass. */
    public void tolerant(boolean isTolerant) {
        this.isTolerant = isTolerant;
    }

    /** {@code h1-accept-payload-with-any-method}. */
    public void acceptsAnyPayload(boolean acceptsAnyPayload) {
        this.acceptsAnyPayload = acceptsAnyPayload;
    }

    /** {@code h1-do-not-close-on-insecure-transfer-encoding}. */
    public void keepsInsecure(boolean keepsInsecure) {
        this.keepsInsecure = keepsInsecure;
    }

    // ---- requests ----

    /**
     * Reads a request's framing.
     *
     * @return 0, or the code of a {@link HeadFault}
     */
    public int request(MessageHead head) {
        int fault = HostFields.settle(head, isTolerant);
        if (fault == 0) {
            fault = lengths(head, true);
        }
        if (fault != 0) {
            return fault;
        }
        if (body == Body.UNTIL_CLOSE) {
            body = Body.NONE;
        }
        connection(head, true);
        if (!isTolerant && isWebSocket(head) && !hasWebSocketKey(head)) {
            return HeadFault.NO_WEBSOCKET_KEY.code();
        }
        expectsContinue = head.version() >= MessageHead.HTTP_1_1 && expects(head);
        int method = Method.numberOf(head);
        if (method == Method.OTHER && isPreface(head)) {
            return HeadFault.BAD_METHOD.code();
        }
        isTunnel = method == Method.CONNECT;
        if (isPayloadRefused(head, method)) {
            return HeadFault.PAYLOAD_NOT_ALLOWED.code();
        }
        if (isTunnel && body == Body.LENGTH) {
            head.removeAll(FieldName.CONTENT_LENGTH); // of nothing, and what follows is no body
            contentLength = -1;
            body = Body.NONE;
        }
        return 0;
    }

    /** A method that is the beginning of HTTP/2 (RFC 9113 section 3.4), and of nothing else: a server might take it for that. */
    private static boolean isPreface(MessageHead head) {
        long method = head.method();
        return method != Slice.NONE && PREFACE.isAt(head.bytes(method), Slice.offset(method), Slice.length(method));
    }

    private boolean expects(MessageHead head) {
        int field = head.find(FieldName.EXPECT, 0);
        if (field < 0) {
            return false;
        }
        long value = head.value(field);
        return CONTINUE.isAt(head.bytes(value), Slice.offset(value), Slice.length(value));
    }

    /** A payload where HTTP/1.0 has none, or behind CONNECT: who is behind the proxy might take it for a request. */
    private boolean isPayloadRefused(MessageHead head, int method) {
        if (body == Body.NONE || body == Body.LENGTH && contentLength == 0) {
            return false;
        }
        boolean definesNone = method == Method.GET || method == Method.HEAD || method == Method.DELETE;
        return isTunnel || head.version() < MessageHead.HTTP_1_1 && definesNone && !acceptsAnyPayload;
    }

    // ---- responses ----

    /**
     * Reads a response's framing.
     *
     * @param isToHead whether it answers a HEAD request
     * @param isToConnect whether it answers a CONNECT request
     * @return 0, or the code of a {@link HeadFault}
     */
    public int response(MessageHead head, boolean isToHead, boolean isToConnect) {
        int fault = lengths(head, false);
        if (fault != 0) {
            return fault;
        }
        expectsContinue = false;
        int status = head.status();
        isTunnel = status == SWITCHING_PROTOCOLS || isToConnect && status / 100 == 2;
        boolean hasNoBody = status < 200 || status == NO_CONTENT || isTunnel;
        if (hasNoBody) {
            head.removeAll(FieldName.CONTENT_LENGTH);
            head.removeAll(FieldName.TRANSFER_ENCODING);
            contentLength = -1;
        }
        if (hasNoBody || isToHead || status == NOT_MODIFIED) {
            body = Body.NONE;
        }
        connection(head, false);
        boolean lacksAccept = isWebSocket(head) && head.find(FieldName.SEC_WEBSOCKET_ACCEPT, 0) < 0;
        return lacksAccept ? HeadFault.NO_WEBSOCKET_KEY.code() : 0;
    }

    // ---- both ----

    private void connection(MessageHead head, boolean isRequest) {
        connection.settle(head, isRequest);
        isKeepAlive = !connection.isClose()
                && (head.version() >= MessageHead.HTTP_1_1 || connection.isKeepAlive())
                && !isInsecure
                && body != Body.UNTIL_CLOSE;
    }

    /** 16 bytes in base64 belong to the handshake (RFC 6455 section 4.1); what they are is the server's business. */
    private static boolean hasWebSocketKey(MessageHead head) {
        int field = head.find(FieldName.SEC_WEBSOCKET_KEY, 0);
        while (field >= 0 && Slice.length(head.value(field)) != WEBSOCKET_KEY_BYTES) {
            field = head.find(FieldName.SEC_WEBSOCKET_KEY, field + 1);
        }
        return field >= 0;
    }

    /** An upgrade to it. */
    private boolean isWebSocket(MessageHead head) {
        if (!connection.isUpgrade()) {
            return false;
        }
        values.start(head, FieldName.UPGRADE);
        while (values.next()) {
            if (values.is(WEBSOCKET)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a rule has closed the connection behind the message: its {@code close} and {@code keep-alive} go, as the sender's did. */
    public boolean isClosedByRule(MessageHead head, boolean isRequest) {
        if (!head.mayHave(FieldName.CONNECTION)) {
            return false;
        }
        connection.settle(head, isRequest);
        return connection.isClose();
    }

    private int lengths(MessageHead head, boolean isRequest) {
        body = Body.UNTIL_CLOSE;
        contentLength = -1;
        isInsecure = false;
        boolean isEncoded = head.find(FieldName.TRANSFER_ENCODING, 0) >= 0;
        int fault = contentLengths(head);
        if (fault == 0 && isEncoded) {
            fault = transferEncoding(head, isRequest);
        }
        return fault;
    }

    private int contentLengths(MessageHead head) {
        int first = head.find(FieldName.CONTENT_LENGTH, 0);
        if (first < 0) {
            return 0;
        }
        long known = Lengths.NONE;
        int field = first;
        while (field >= 0) {
            known = Lengths.merged(values.startField(head, field), head, known);
            if (known < 0) {
                return (known == Lengths.DIFFERENT ? HeadFault.DIFFERENT_CONTENT_LENGTHS : HeadFault.BAD_CONTENT_LENGTH)
                        .code();
            }
            if (field > first) {
                head.remove(field--);
            }
            field = head.find(FieldName.CONTENT_LENGTH, field + 1);
        }
        head.value(first, Lengths.shortest(head, head.value(first)));
        contentLength = known;
        body = Body.LENGTH;
        return 0;
    }

    private int transferEncoding(MessageHead head, boolean isRequest) {
        int chunkedCount = 0;
        int otherCount = 0;
        boolean isEmpty = false;
        boolean isChunked = false;
        for (values.start(head, FieldName.TRANSFER_ENCODING); values.next(); ) {
            isChunked = values.is(CHUNKED);
            chunkedCount += isChunked ? 1 : 0;
            isEmpty |= Slice.length(values.value()) == 0;
            otherCount += isChunked ? 0 : 1;
        }
        if (isTolerant && !isRequest && (isEmpty && otherCount == 1 || chunkedCount > 1 && otherCount == 0)) {
            return settleTransferEncoding(head, isChunked);
        }
        if (isEmpty || chunkedCount > 1 || !isChunked) {
            return HeadFault.BAD_TRANSFER_ENCODING.code();
        }
        return otherCount > 0 ? HeadFault.UNSUPPORTED_TRANSFER_CODING.code() : settleTransferEncoding(head, true);
    }

    /** One field is left: {@code chunked}, in lower case for the sake of those who do not know better, or none. */
    private int settleTransferEncoding(MessageHead head, boolean isChunked) {
        isInsecure = !keepsInsecure && (body == Body.LENGTH || head.version() < MessageHead.HTTP_1_1);
        head.removeAll(FieldName.CONTENT_LENGTH);
        contentLength = -1;
        body = isChunked ? Body.CHUNKED : Body.UNTIL_CLOSE;
        int first = head.find(FieldName.TRANSFER_ENCODING, 0);
        int kept = isChunked ? first : first - 1;
        int other = head.find(FieldName.TRANSFER_ENCODING, kept + 1);
        while (other >= 0) {
            head.remove(other);
            other = head.find(FieldName.TRANSFER_ENCODING, other);
        }
        if (isChunked && !head.isText(head.value(first), CHUNKED.bytes())) {
            head.value(first, head.write(CHUNKED.bytes(), 0, CHUNKED.length()));
        }
        return 0;
    }

    // ---- what was found ----

    public Body body() {
        return body;
    }

    /** Of {@link Body#LENGTH}; also where the message has no body but announces one, as the response to HEAD. -1 if there is none. */
    public long contentLength() {
        return contentLength;
    }

    /** Whether the sender is ready for another message on the connection. */
    public boolean isKeepAlive() {
        return isKeepAlive;
    }

    /** Whether the message is framed in two ways, so that others may see another end of it: the connection ends behind it, both sides. */
    public boolean isInsecure() {
        return isInsecure;
    }

    /** Whether the message asks for or grants another protocol: a Connection field says upgrade, and an Upgrade field says to which. */
    public boolean isUpgrade() {
        return connection.isUpgrade();
    }

    /** A CONNECT request, or a response behind which bytes pass as they are: 101, or a granted CONNECT. */
    public boolean isTunnel() {
        return isTunnel;
    }

    /** The client has got its 100 already. */
    public void continued() {
        expectsContinue = false;
    }

    /** Whether the client waits for a 100 before it sends the body. */
    public boolean expectsContinue() {
        return expectsContinue;
    }
}
