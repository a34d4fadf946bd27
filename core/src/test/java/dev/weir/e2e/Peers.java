package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Clients and free ports. */
final class Peers {
    private static final int TIMEOUT_MS = 30_000;

    private Peers() {}

    /** A port that was free a moment ago: HAProxy's language has no bind to port 0. */
    static int freePort() {
        return FreePort.next();
    }

    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The name of the {@link NamedServer} that a new connection reaches. */
    static String whoAnswers(int port) throws IOException {
        try (Socket socket = connect(port)) {
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    /** Sends and reads back as many bytes: the connection still works. */
    static String echo(Socket socket, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        socket.getOutputStream().write(bytes);
        return new String(socket.getInputStream().readNBytes(bytes.length), UTF_8);
    }

    /** Everything up to the end of the stream, as text. */
    static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
}
