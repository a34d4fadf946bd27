package dev.weir.bench.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.bench.BenchFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One request by hand: whether somebody answers, and with which bytes. */
final class Exchange {
    private static final int TIMEOUT_MS = 5000;
    private static final String OK = "HTTP/1.1 200 ";

    private Exchange() {}

    /** @return the SHA-256 of the body, in hex */
    static String digest(int port, String path) throws IOException, BenchFailure {
        byte[] whole = get(port, path);
        int body = bodyStart(port, whole);
        String head = new String(whole, 0, body, US_ASCII);
        if (!head.startsWith(OK)) {
            throw new BenchFailure("port " + port + " answers to " + path + ": "
                    + head.lines().findFirst().orElse("nothing"));
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(whole, body, whole.length - body);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Whether a request is answered, now. */
    static boolean answers(int port) {
        try {
            digest(port, "/64");
            return true;
        } catch (IOException | BenchFailure e) {
            return false;
        }
    }

    private static int bodyStart(int port, byte[] whole) throws BenchFailure {
        for (int i = 3; i < whole.length; i++) {
            if (whole[i] == '\n' && whole[i - 1] == '\r' && whole[i - 2] == '\n') {
                return i + 1;
            }
        }
        throw new BenchFailure("port " + port + " sends no whole head of an answer, only " + whole.length + " bytes");
    }

    private static byte[] get(int port, String path) throws IOException {
        try (Socket socket = open(port)) {
            send(socket, path, "close");
            return socket.getInputStream().readAllBytes();
        }
    }

    static Socket open(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
        return socket;
    }

    private static void send(Socket socket, String path, String connection) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: " + connection + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
    }

    /** One exchange on a connection that stays open. */
    static void keepAlive(Socket socket) throws IOException {
        send(socket, "/64", "keep-alive");
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        while (!head.toString(US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended");
            }
            head.write(next);
        }
        in.readNBytes(64);
    }
}
