package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** Answers each request with its name, on connections that stay open; one for {@code /held} waits until it is released. */
final class NamedHttpServer implements AutoCloseable {
    private final ServerSocket listener;
    private final String name;
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    NamedHttpServer(String name) throws IOException {
        this(name, "127.0.0.1", 0);
    }

    /** @param port 0 for one that is free */
    NamedHttpServer(String name, String address, int port) throws IOException {
        listener = new ServerSocket(port, 100, InetAddress.getByName(address));
        this.name = name;
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Whether somebody has asked for {@code /held}. */
    boolean isHolding() {
        return held.getCount() == 0;
    }

    void release() {
        released.countDown();
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
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                if (head.startsWith("GET /held ")) {
                    held.countDown();
                    released.await();
                }
                socket.getOutputStream().write(answer());
            }
        } catch (IOException e) {
            return; // the proxy closed a connection that it no longer needs
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] answer() {
        return ("HTTP/1.1 200 OK\r\ncontent-length: " + name.length() + "\r\n\r\n" + name).getBytes(ISO_8859_1);
    }

    /** Up to and with the empty line; empty at the end of the stream. Requests here have no body. */
    static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        release();
        listener.close();
    }
}
