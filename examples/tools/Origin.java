import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A server for the load scripts: {@code Origin PORT NAME}. The client's first line says what it does:
 *
 * <ul>
 *   <li>{@code ECHO}: answers its name, then echoes until the client ends its stream
 *   <li>{@code SEND bytes seed}: sends so many bytes of {@link Pattern}, then ends
 *   <li>{@code SINK}: reads until the client ends its stream, then answers how many bytes came and their CRC-32
 * </ul>
 */
final class Origin {
    private Origin() {}

    public static void main(String[] arguments) throws IOException {
        String name = arguments[1];
        try (ServerSocket listener =
                new ServerSocket(Integer.parseInt(arguments[0]), 4096, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket socket = listener.accept();
                Thread.startVirtualThread(() -> serve(socket, name));
            }
        }
    }

    private static void serve(Socket socket, String name) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 512);
            OutputStream out = socket.getOutputStream();
            String[] words = line(in).split(" ");
            switch (words[0]) {
                case "ECHO" -> echo(in, out, name);
                case "SEND" -> send(out, Long.parseLong(words[1]), Long.parseLong(words[2]));
                case "SINK" -> sink(in, out);
                default -> {}
            }
        } catch (IOException | NumberFormatException e) {
            // A client that went away, a health check or garbage: the next connection is served all the same.
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n' && line.length() < 80; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static void echo(InputStream in, OutputStream out, String name) throws IOException {
        out.write((name + "\n").getBytes(StandardCharsets.US_ASCII));
        byte[] block = new byte[512];
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
            out.write(block, 0, n);
        }
    }

    private static void send(OutputStream out, long bytes, long seed) throws IOException {
        Pattern pattern = new Pattern(seed);
        byte[] block = new byte[65536];
        for (long left = bytes; left > 0; left -= block.length) {
            int length = (int) Math.min(left, block.length);
            pattern.next(block, length);
            out.write(block, 0, length);
        }
    }

    private static void sink(InputStream in, OutputStream out) throws IOException {
        CRC32 checksum = new CRC32();
        byte[] block = new byte[65536];
        long bytes = 0;
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
            checksum.update(block, 0, n);
            bytes += n;
        }
        out.write((bytes + " " + checksum.getValue() + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
