package dev.weir.load.run;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does wrong in a way that a test chooses; each connection on a thread of its own. */
final class ScriptedServer implements AutoCloseable {
    /** What happens with a connection. */
    interface Script {
        void play(Socket client, int number) throws IOException;
    }

    private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();

    ScriptedServer(Script script) throws IOException {
        Thread.ofPlatform().daemon().start(() -> accept(script));
    }

    private void accept(Script script) {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                int number = connections.getAndIncrement();
                Thread.ofPlatform().daemon().start(() -> play(script, client, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void play(Script script, Socket client, int number) {
        try (client) {
            script.play(client, number);
        } catch (IOException gone) {
            // The other side ended first: tests look at what it has counted.
        }
    }

    int connections() {
        return connections.get();
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Reads to the end of a head; false if the stream ends before. */
    static boolean readHead(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return true;
    }

    static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
