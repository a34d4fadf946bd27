package dev.weir.proxy.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What HAProxy answers to bytes that are no request, before there is an exchange: as it stands, in that case. Immutable. */
final class EarlyPage {
    private static final EarlyPage[] BY_STATUS = new EarlyPage[600];

    static {
        add(400, "Bad request", "Connection: close\r\n", "Your browser sent an invalid request.");
        add(408, "Request Time-out", "Connection: close\r\n", "Your browser didn't send a complete request in time.");
        add(413, "Payload Too Large", "The request entity exceeds the maximum allowed.");
        add(414, "URI Too Long", "The URI provided was too long for the server to process.");
        add(422, "Unprocessable Content", "The server cannot process the contained instructions.");
        add(431, "Request Header Fields Too Large", "Request Header Fields Too Large.");
        add(500, "Internal Server Error", "An internal server error occurred.");
        add(501, "Not Implemented", "The server does not support the functionality required to fulfill the request.");
        add(505, "HTTP Version Not Supported", "The HTTP version of the request is not supported.");
    }

    final DirectBuffer bytes;

    private EarlyPage(byte[] text) {
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(text.length));
        buffer.putBytes(0, text);
        bytes = buffer;
    }

    private static void add(int status, String reason, String sentence) {
        add(status, reason, "", sentence);
    }

    /** @param close says that the connection ends, which it does in any case: HAProxy says so in two of them */
    private static void add(int status, String reason, String close, String sentence) {
        String body = "<html><body><h1>" + status + " " + reason + "</h1>\n" + sentence + "\n</body></html>\n";
        String text = "HTTP/1.1 " + status + " " + reason + "\r\nContent-length: " + body.length()
                + "\r\nCache-Control: no-cache\r\n" + close + "Content-Type: text/html\r\n\r\n" + body;
        BY_STATUS[status] = new EarlyPage(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The page of that status; of one that has none, that of 400. */
    static EarlyPage of(int status) {
        EarlyPage page = BY_STATUS[status];
        return page == null ? BY_STATUS[400] : page;
    }
}
