package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.Patience;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client or an origin's end of a connection. Limits on waiting only keep a failing test from hanging. */
final class BehaviourPeer implements Closeable {
    static final int PATIENCE_MS = (int) Patience.LIMIT.toMillis();

    private final Socket socket;

    BehaviourPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
    }

    Socket socket() {
        return socket;
    }

    BehaviourPeer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    BehaviourPeer send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Reads as many bytes as the text has, and compares. */
    BehaviourPeer expect(String text) throws IOException {
        assertEquals(text, new String(socket.getInputStream().readNBytes(text.length()), StandardCharsets.ISO_8859_1));
        return this;
    }

    /** What comes up to the first empty line, or the end. */
    String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        int next = socket.getInputStream().read();
        while (next >= 0) {
            head.append((char) next);
            boolean isWhole = head.length() >= 4 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0;
            next = isWhole ? -1 : socket.getInputStream().read();
        }
        return head.toString();
    }

    /** Reads a head, whatever it says, and sends a response. */
    BehaviourPeer answer(String response) throws IOException {
        readHead();
        return send(response);
    }

    byte[] read(int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    /** What still comes, then {@code <FIN>} or {@code <RST>}. */
    String rest() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String end = readTo(bytes);
        return bytes.toString(StandardCharsets.ISO_8859_1) + end;
    }

    private String readTo(ByteArrayOutputStream bytes) throws IOException {
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                bytes.write(next);
            }
            return "<FIN>";
        } catch (SocketTimeoutException e) {
            return "<nothing>";
        } catch (SocketException e) {
            return "<RST>";
        }
    }

    BehaviourPeer expectEnd() throws IOException {
        assertEquals("<FIN>", rest());
        return this;
    }

    BehaviourPeer halfClose() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
