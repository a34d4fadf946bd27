package dev.weir.launch.demo;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.DirectBuffer;

/** As much of HTTP/1 as the demo's origins need: where a request ends, and whether another may follow. */
record RequestHead(boolean isKnownMethod, boolean isKeepAlive) {
    private static final byte[] END = {'\r', '\n', '\r', '\n'};

    /** The bytes of the first request's head, or -1 while it is not complete. */
    static int length(DirectBuffer input, int available) {
        int matched = 0;
        for (int i = 0; i < available; i++) {
            byte b = input.getByte(i);
            matched = b == END[matched] ? matched + 1 : b == '\r' ? 1 : 0;
            if (matched == END.length) {
                return i + 1;
            }
        }
        return -1;
    }

    static RequestHead of(DirectBuffer input, int length) {
        byte[] bytes = new byte[length];
        input.getBytes(0, bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        boolean isKnownMethod = text.startsWith("get ");
        boolean isFirstVersion = text.substring(0, text.indexOf('\r')).endsWith("http/1.0");
        boolean wantsClose = isFirstVersion || text.contains("\r\nconnection: close\r\n");
        return new RequestHead(isKnownMethod, isKnownMethod && !wantsClose);
    }

    byte[] answer(String name, int port, long number) {
        String status = isKnownMethod ? "200 OK" : "405 Method Not Allowed";
        String body = name + " on port " + port + ", request " + number + "\n";
        String head = "HTTP/1.1 " + status + "\r\nServer: " + name + "\r\nContent-Type: text/plain\r\nContent-Length: "
                + body.length() + (isKeepAlive ? "\r\n" : "\r\nConnection: close\r\n") + "\r\n";
        return (head + body).getBytes(StandardCharsets.ISO_8859_1);
    }
}
