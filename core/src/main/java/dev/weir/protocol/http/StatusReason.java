package dev.weir.protocol.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The reason phrase of a status code, in HAProxy's words. No state. RFC 9112 section 4: clients ignore it. */
public final class StatusReason {
    private static final int CODES = 1000;
    private static final byte[][] REASONS = new byte[CODES][];
    private static final byte[][] CLASSES = new byte[CODES / 100][];
    private static final byte[] OTHER = ascii("Other");
    private static final Map<Integer, String> OF_CLASS =
            Map.of(1, "Informational", 2, "Success", 3, "Redirection", 4, "Client Error", 5, "Server Error");

    static {
        """
        100 Continue
        101 Switching Protocols
        102 Processing
        103 Early Hints
        200 OK
        201 Created
        202 Accepted
        203 Non-Authoritative Information
        204 No Content
        205 Reset Content
        206 Partial Content
        207 Multi-Status
        210 Content Different
        226 IM Used
        300 Multiple Choices
        301 Moved Permanently
        302 Found
        303 See Other
        304 Not Modified
        305 Use Proxy
        307 Temporary Redirect
        308 Permanent Redirect
        310 Too many Redirects
        400 Bad Request
        401 Unauthorized
        402 Payment Required
        403 Forbidden
        404 Not Found
        405 Method Not Allowed
        406 Not Acceptable
        407 Proxy Authentication Required
        408 Request Time-out
        409 Conflict
        410 Gone
        411 Length Required
        412 Precondition Failed
        413 Request Entity Too Large
        414 Request-URI Too Long
        415 Unsupported Media Type
        416 Requested range unsatisfiable
        417 Expectation failed
        418 I'm a teapot
        421 Misdirected Request
        422 Unprocessable Content
        423 Locked
        424 Method failure
        425 Too Early
        426 Upgrade Required
        428 Precondition Required
        429 Too Many Requests
        431 Request Header Fields Too Large
        449 Retry With
        450 Blocked by Windows Parental Controls
        451 Unavailable For Legal Reasons
        456 Unrecoverable Error
        499 client has closed connection
        500 Internal Server Error
        501 Not Implemented
        502 Bad Gateway or Proxy Error
        503 Service Unavailable
        504 Gateway Time-out
        505 HTTP Version not supported
        506 Variant also negotiate
        507 Insufficient storage
        508 Loop detected
        509 Bandwidth Limit Exceeded
        510 Not extended
        511 Network authentication required
        520 Web server is returning an unknown error
        """.lines().forEach(StatusReason::register);
        for (int i = 0; i < CLASSES.length; i++) {
            CLASSES[i] = ascii(OF_CLASS.getOrDefault(i, "Other"));
        }
    }

    private StatusReason() {}

    private static void register(String line) {
        REASONS[Integer.parseInt(line.substring(0, 3))] = ascii(line.substring(4));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Not to be written to. A code of its class that has no phrase gets that of the class. */
    public static byte[] of(int status) {
        if (status < 0 || status >= CODES) {
            return OTHER;
        }
        byte[] reason = REASONS[status];
        return reason == null ? CLASSES[status / 100] : reason;
    }
}
