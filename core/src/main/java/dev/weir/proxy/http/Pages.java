package dev.weir.proxy.http;

import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;

/** HAProxy's answers to what could not be served. Immutable. */
final class Pages {
    private static final Pages[] BY_STATUS = new Pages[600];

    static {
        add(400, "Bad request", "Your browser sent an invalid request.");
        add(403, "Forbidden", "Request forbidden by administrative rules.");
        add(408, "Request Time-out", "Your browser didn't send a complete request in time.");
        add(413, "Payload Too Large", "The request entity exceeds the maximum allowed.");
        add(414, "URI Too Long", "The URI provided was too long for the server to process.");
        add(422, "Unprocessable Content", "The server cannot process the contained instructions.");
        add(431, "Request Header Fields Too Large", "Request Header Fields Too Large.");
        add(500, "Internal Server Error", "An internal server error occurred.");
        add(502, "Bad Gateway", "The server returned an invalid or incomplete response.");
        add(503, "Service Unavailable", "No server is available to handle this request.");
        add(504, "Gateway Time-out", "The server didn't respond in time.");
    }

    private final byte[] head;
    private final byte[] rest;

    private Pages(int status, String reason, String sentence) {
        String body = "<html><body><h1>" + status + " " + reason + "</h1>\n" + sentence + "\n</body></html>\n";
        head = ascii("HTTP/1.1 " + status + " " + reason + "\r\ncontent-length: " + body.length()
                + "\r\ncache-control: no-cache\r\n");
        rest = ascii("content-type: text/html\r\n\r\n" + body);
    }

    private static void add(int status, String reason, String sentence) {
        BY_STATUS[status] = new Pages(status, reason, sentence);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static final byte[] CLOSE = ascii("connection: close\r\n");

    /** @return how long it is */
    static int write(int status, boolean closes, MutableDirectBuffer out) {
        Pages page = BY_STATUS[status] == null ? BY_STATUS[400] : BY_STATUS[status];
        out.putBytes(0, page.head);
        int length = page.head.length;
        if (closes) {
            out.putBytes(length, CLOSE);
            length += CLOSE.length;
        }
        out.putBytes(length, page.rest);
        return length + page.rest.length;
    }
}
