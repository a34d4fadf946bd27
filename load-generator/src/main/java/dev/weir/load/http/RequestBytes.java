package dev.weir.load.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One request as it goes to the wire, made once, in native memory that is sent in place.
 *
 * @param method {@code HEAD} answers have no body
 * @param url as written, for reports
 * @param wire all of it
 */
public record RequestBytes(String method, String url, UnsafeBuffer wire) {
    private static final byte[] NO_BODY = {};

    /** A header line: name and value as given. */
    public record Header(String name, String value) {}

    /** What a request is made of. */
    public static final class Parts {
        public String method = "GET";
        public String url = "";
        /** Path and query. */
        public String target = "/";
        /** Host and port as the server is to see them. */
        public String host = "";

        public List<Header> headers = List.of();
        public byte[] body = NO_BODY;
        /** Asks the server to close after its answer. */
        public boolean closes;
    }

    /** Writes a request down. A header of the user's replaces one that would be there anyway. */
    public static RequestBytes of(Parts parts) {
        StringBuilder head = new StringBuilder(256);
        head.append(parts.method).append(' ').append(parts.target).append(" HTTP/1.1\r\n");
        if (!has(parts, "Host")) {
            line(head, "Host", parts.host);
        }
        for (Header header : parts.headers) {
            line(head, header.name(), header.value());
        }
        if (wantsLength(parts) && !has(parts, "Content-Length") && !has(parts, "Transfer-Encoding")) {
            line(head, "Content-Length", Integer.toString(parts.body.length));
        }
        if (parts.closes && !has(parts, "Connection")) {
            line(head, "Connection", "close");
        }
        head.append("\r\n");
        return new RequestBytes(parts.method, parts.url, nativeCopy(head.toString(), parts.body));
    }

    private static boolean wantsLength(Parts parts) {
        return parts.body.length > 0 || parts.method.equals("POST") || parts.method.equals("PUT");
    }

    private static boolean has(Parts parts, String name) {
        return parts.headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private static UnsafeBuffer nativeCopy(String head, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        byte[] bytes = all.toByteArray();
        UnsafeBuffer wire = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
        wire.putBytes(0, bytes);
        return wire;
    }

    public int length() {
        return wire.capacity();
    }

    /** Whether the answer has no body, whatever its head says. */
    public boolean isHead() {
        return method.equals("HEAD");
    }
}
