package dev.weir.e2e;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that says the same to everybody: its greeting first, its answer when something has come, and then it goes or stays. */
final class ScriptedServer implements Closeable {
    private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final String greeting;
    private final String[] answers;
    private final boolean isStaying;
    private volatile String asked = "";

    /** Texts are byte strings. */
    ScriptedServer(boolean isStaying, String greeting, String... answers) throws IOException {
        this.isStaying = isStaying;
        this.greeting = greeting;
        this.answers = answers;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What it was asked first by the last that did. */
    String asked() {
        return asked;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> converse(client));
            } catch (IOException e) {
                return; // the scene ends
            }
        }
    }

    private void converse(Socket client) {
        try (client) {
            send(client, greeting);
            byte[] buffer = new byte[4096];
            for (int i = 0; i < answers.length; i++) {
                int length = client.getInputStream().read(buffer);
                if (length < 0) {
                    return;
                }
                asked = i == 0 ? new String(buffer, 0, length, StandardCharsets.ISO_8859_1) : asked;
                send(client, answers[i]);
            }
            if (!isStaying) {
                client.shutdownOutput();
            }
            while (client.getInputStream().read(buffer) >= 0) {} // until the check has had enough
        } catch (IOException e) {
            // a check ends by a reset
        }
    }

    private static void send(Socket client, String text) throws IOException {
        if (!text.isEmpty()) {
            client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
