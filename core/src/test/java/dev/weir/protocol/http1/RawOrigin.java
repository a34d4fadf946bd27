package dev.weir.protocol.http1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers the request for {@code /N} with exactly the N-th bytes that it was given, and closes. */
final class RawOrigin implements AutoCloseable {
    private static final Pattern NUMBER = Pattern.compile("GET /(\\d+) ");

    private final ServerSocket socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final List<byte[]> answers = new CopyOnWriteArrayList<>();

    RawOrigin() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** A request that will be answered with these bytes. */
    synchronized byte[] requestFor(byte[] answer) {
        answers.add(answer);
        return ("GET /" + (answers.size() - 1) + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed: the end of the test
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                int octet = in.read();
                if (octet < 0) {
                    return;
                }
                request.append((char) octet);
            }
            Matcher number = NUMBER.matcher(request);
            if (number.find()) {
                client.getOutputStream().write(answers.get(Integer.parseInt(number.group(1))));
            }
        } catch (IOException e) {
            // the proxy has seen enough
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
