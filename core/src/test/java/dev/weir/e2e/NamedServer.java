package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Greets with its name, then echoes until the client ends its stream. */
final class NamedServer implements AutoCloseable {
    private final String name;
    private final ServerSocket listener;

    NamedServer(String name) {
        this.name = name;
        try {
            listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.getOutputStream().write(name.getBytes(UTF_8));
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            return; // the client left
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
