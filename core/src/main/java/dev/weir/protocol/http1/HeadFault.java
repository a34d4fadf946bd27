package dev.weir.protocol.http1;

/**
 * Why a message is refused. Parsers return {@link #code}, a negative number, so that a result is one int. {@link #status} is what a
 * client is answered; a server's faulty response is always a 502.
 */
public enum HeadFault {
    BAD_METHOD(400, "byte not allowed in the method"),
    BAD_TARGET_BYTE(400, "byte not allowed in the request target"),
    BAD_TARGET(400, "request target of no form that the method allows"),
    NO_VERSION(400, "request line without a version"),
    BAD_VERSION(400, "version not of the form HTTP/digit.digit"),
    UNSUPPORTED_VERSION(505, "major version other than 1"),
    BAD_STATUS(502, "status code not of three digits"),
    BAD_REASON(502, "byte not allowed in the reason phrase"),
    BARE_CR(400, "CR without LF"),
    BARE_LF(400, "LF without CR"),
    EMPTY_NAME(400, "field without a name"),
    BAD_NAME(400, "byte not allowed in a field's name"),
    NAME_TOO_LONG(400, "field's name longer than 255 bytes"),
    BLANK_IN_NAME(400, "blank in or behind a field's name"),
    NO_COLON(400, "field line without a colon"),
    NUL_IN_VALUE(400, "NUL in a field's value"),
    FOLDED_FIELD(400, "field continued on a further line"),
    TOO_MANY_FIELDS(400, "more fields than tune.http.maxhdr allows"),
    TARGET_TOO_LONG(414, "start line does not fit the buffer"),
    HEAD_TOO_LONG(431, "head does not fit the buffer"),
    BAD_HOST(400, "byte not allowed in the host"),
    DIFFERENT_HOSTS(400, "two Host fields that differ"),
    HOST_IS_NOT_AUTHORITY(400, "Host is not the target's authority"),
    BAD_CONTENT_LENGTH(400, "Content-Length that is no number"),
    DIFFERENT_CONTENT_LENGTHS(400, "two Content-Lengths that differ"),
    BAD_TRANSFER_ENCODING(400, "Transfer-Encoding that does not end with one chunked"),
    UNSUPPORTED_TRANSFER_CODING(422, "transfer coding other than chunked"),
    PAYLOAD_NOT_ALLOWED(413, "payload with a method that defines none, in HTTP/1.0"),
    BAD_CHUNK_SIZE(400, "chunk size that is no hexadecimal number"),
    CHUNK_SIZE_TOO_LARGE(400, "chunk size beyond 2^52"),
    CHUNK_LINE_TOO_LONG(400, "chunk size line or trailers do not fit the buffer"),
    BAD_CHUNK_EXTENSION(400, "byte not allowed in a chunk extension"),
    BAD_CHUNK_END(400, "chunk data without CRLF behind it"),
    BAD_TRAILER(400, "trailer field that is none"),
    FORBIDDEN_TRAILER(400, "field about framing or routing among the trailers"),
    NO_WEBSOCKET_KEY(400, "upgrade to WebSocket without the key, or the answer to it");

    private static final HeadFault[] FAULTS = values();

    private final int status;
    private final String text;

    HeadFault(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /** What a parser returns for it: negative. */
    public int code() {
        return -1 - ordinal();
    }

    public static HeadFault of(int code) {
        return FAULTS[-1 - code];
    }

    /** The status that the client is answered if it sent the message. */
    public int status() {
        return status;
    }

    /** One line for people. */
    public String text() {
        return text;
    }
}
