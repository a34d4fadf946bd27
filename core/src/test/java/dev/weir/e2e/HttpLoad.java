package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Clients that ask without a pause, each on one connection, and remember every answer that is not a 200 with a name. A connection
 * that ends is a failure, unless the proxy was said to be {@link #stopping}: then it may end between two answers, never within one.
 */
final class HttpLoad implements AutoCloseable {
    private static final byte[] REQUEST = "GET /load HTTP/1.1\r\nhost: www.example.com\r\n\r\n".getBytes(ISO_8859_1);

    private final int port;
    private final List<Thread> clients = new ArrayList<>();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean isStopping;
    private volatile boolean isOver;

    HttpLoad(int port, int clientCount) {
        this.port = port;
        for (int i = 0; i < clientCount; i++) {
            clients.add(Thread.startVirtualThread(this::client));
        }
    }

    /** How often each name has answered. */
    Map<String, Integer> answers() {
        return Map.copyOf(answers);
    }

    int count() {
        return answers.values().stream().mapToInt(Integer::intValue).sum();
    }

    Queue<String> failures() {
        return failures;
    }

    /** From now on the proxy may close connections. */
    void stopping() {
        isStopping = true;
    }

    /** Waits until the proxy has sent all clients away. */
    void awaitEnd() throws InterruptedException {
        for (Thread client : clients) {
            client.join();
        }
    }

    private void client() {
        try (Socket socket = Peers.connect(port)) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (!isOver && exchange(socket, in)) {}
        } catch (IOException e) {
            failures.add("cannot connect or was cut off: " + e);
        }
    }

    /** Whether the connection may be used again. */
    private boolean exchange(Socket socket, InputStream in) throws IOException {
        in.mark(1);
        if (!send(socket) || !hasAnswer(in)) {
            return failedUnlessStopping("a connection ended before an answer");
        }
        in.reset();
        String head = NamedHttpServer.head(in);
        if (!head.startsWith("HTTP/1.1 200 ")) {
            failures.add(head.isEmpty() ? "an answer without an end" : head);
            return false;
        }
        int length = Integer.parseInt(head.replaceFirst("(?s).*content-length: (\\d+).*", "$1"));
        String body = new String(in.readNBytes(length), ISO_8859_1);
        if (body.length() != length) {
            failures.add("half an answer: " + body);
        }
        answers.merge(body, 1, Integer::sum);
        boolean isLast = head.contains("\r\nconnection: close\r\n");
        return isLast ? failedUnlessStopping("sent away: " + head) : true;
    }

    private static boolean send(Socket socket) {
        try {
            socket.getOutputStream().write(REQUEST);
            return true;
        } catch (IOException e) {
            return false; // the connection has ended meanwhile
        }
    }

    private static boolean hasAnswer(InputStream in) {
        try {
            return in.read() >= 0;
        } catch (IOException e) {
            return false; // reset: the request came when it was closed already
        }
    }

    private boolean failedUnlessStopping(String what) {
        if (!isStopping && !isOver) {
            failures.add(what);
        }
        return false;
    }

    @Override
    public void close() {
        isOver = true;
    }
}
