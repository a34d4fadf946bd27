import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/**
 * An HTTP server that behaves as it is told: {@code HttpOrigin PORT}. A request for {@code /how/id/bytes} gets so many bytes of
 * {@link Pattern} with the id as seed, in the way that the first word says; see {@link #answer}.
 */
final class HttpOrigin {
    private static final int CHUNK_BYTES_MAX = 5000;
    private static final int PAUSE_MS = 5;

    /** How often each id was refused. */
    private static final Map<Long, Integer> REFUSALS = new ConcurrentHashMap<>();

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean isOpen = true;

    private HttpOrigin(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 8192);
        this.out = new BufferedOutputStream(socket.getOutputStream(), 16384);
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        try (ServerSocket listener = new ServerSocket(port, 4096, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket socket = listener.accept();
                Thread.startVirtualThread(() -> serve(socket));
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            HttpOrigin origin = new HttpOrigin(socket);
            while (origin.isOpen && origin.serveRequest()) {
                origin.out.flush();
            }
            origin.out.flush();
        } catch (IOException | InterruptedException | NumberFormatException e) {
            // The proxy has had enough of this one, or checks its health.
        }
    }

    // ---- a request ----

    private boolean serveRequest() throws IOException, InterruptedException {
        String line = HttpText.line(in);
        if (line == null) {
            return false;
        }
        Map<String, String> fields = HttpText.fields(in);
        String[] words = line.split(" ")[1].split("/");
        if (words.length < 4) {
            page("200 OK", new byte[0], true);
            return true;
        }
        boolean isHead = line.startsWith("HEAD ");
        answer(words[1], Long.parseLong(words[2]), Integer.parseInt(words[3]), fields, isHead);
        return true;
    }

    private void answer(String how, long id, int bytes, Map<String, String> fields, boolean isHead)
            throws IOException, InterruptedException {
        switch (how) {
            case "post" -> page("200 OK", readBody(fields), true); // what came: bytes and checksum
            case "early" -> early(id, bytes, fields);
            case "chunked" -> chunked(id, bytes);
            case "close" -> untilClose(id, bytes);
            case "last" -> last(id, bytes);
            case "more" -> more(id, bytes);
            case "hint" -> hint(id, bytes);
            case "slow" -> slow(id, bytes);
            case "never" -> endOfStream();
            case "nothing" -> end(id);
            case "cut" -> cut(id, bytes);
            case "torn" -> torn(id);
            case "junk" -> junk(id);
            case "busy" -> busy(id, bytes);
            case "up" -> tunnel(id);
            default -> page("200 OK", pattern(id, bytes), !isHead);
        }
    }

    /** What the client sent, as a page: how much, and its checksum. */
    private byte[] readBody(Map<String, String> fields) throws IOException {
        if (fields.containsKey("expect")) {
            write("HTTP/1.1 100 Continue\r\n\r\n");
            out.flush();
        }
        byte[] body = HttpText.body(in, fields);
        CRC32 checksum = new CRC32();
        checksum.update(body);
        return (body.length + " " + checksum.getValue()).getBytes(StandardCharsets.US_ASCII);
    }

    // ---- as it should be ----

    private void page(String status, byte[] body, boolean isSent) throws IOException {
        write("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length + "\r\n\r\n");
        if (isSent) {
            out.write(body);
        }
    }

    private void chunked(long id, int bytes) throws IOException {
        Random random = new Random(id);
        byte[] body = pattern(id, bytes);
        write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int from = 0; from < bytes; ) {
            int length = Math.min(bytes - from, 1 + random.nextInt(CHUNK_BYTES_MAX));
            write(Integer.toHexString(length) + (random.nextBoolean() ? ";a=b" : "") + "\r\n");
            out.write(body, from, length);
            write("\r\n");
            from += length;
        }
        write(random.nextBoolean() ? "0\r\nX-Trailer: yes\r\n\r\n" : "0\r\n\r\n");
    }

    private void untilClose(long id, int bytes) throws IOException {
        isOpen = false;
        write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        out.write(pattern(id, bytes));
    }

    private void hint(long id, int bytes) throws IOException {
        write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
        out.flush();
        page("200 OK", pattern(id, bytes), true);
    }

    private void slow(long id, int bytes) throws IOException, InterruptedException {
        byte[] body = pattern(id, bytes);
        write("HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n");
        for (int from = 0; from < 10; from++) {
            write("X-Field-" + from + ": slowly\r\n");
            out.flush();
            Thread.sleep(PAUSE_MS);
        }
        write("\r\n");
        for (int part = 0, step = bytes / 10 + 1; part < bytes; part += step) {
            out.write(body, part, Math.min(step, bytes - part));
            out.flush();
            Thread.sleep(PAUSE_MS);
        }
    }

    /** Refuses twice, then answers: for {@code retry-on 503}. */
    private void busy(long id, int bytes) throws IOException {
        boolean isRefused = REFUSALS.merge(id, 1, Integer::sum) <= 2;
        page(isRefused ? "503 Busy" : "200 OK", isRefused ? new byte[0] : pattern(id, bytes), true);
        if (!isRefused) {
            REFUSALS.remove(id);
        }
    }

    /** Switches protocols, then echoes until the client ends. */
    private void tunnel(long id) throws IOException {
        isOpen = false;
        write("HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n");
        out.flush();
        byte[] block = new byte[4096];
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
            out.write(block, 0, n);
            out.flush();
        }
    }

    // ---- as it should not be ----

    /** Goes without having said that it would: whoever comes next over this connection finds nobody. */
    private void last(long id, int bytes) throws IOException {
        isOpen = false;
        page("200 OK", pattern(id, bytes), true);
    }

    /** Answers before it has read what the client sends, and then reads none or all of it. */
    private void early(long id, int bytes, Map<String, String> fields) throws IOException {
        page("200 OK", pattern(id, bytes), true);
        out.flush();
        if (id % 2 == 0) {
            end(id);
        } else {
            HttpText.body(in, fields);
        }
    }

    /** Says more than it announced. */
    private void more(long id, int bytes) throws IOException {
        page("200 OK", pattern(id, bytes), true);
        write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nnobody");
    }

    private void endOfStream() throws IOException {
        isOpen = false;
        while (in.read() >= 0) {}
    }

    /** Goes without a word, by FIN or by RST. */
    private void end(long id) throws IOException {
        isOpen = false;
        if (id % 3 == 0) {
            out.flush();
            socket.setSoLinger(true, 0);
        }
    }

    /** Dies in the middle of a body. */
    private void cut(long id, int bytes) throws IOException {
        boolean isChunked = id % 2 == 0;
        write("HTTP/1.1 200 OK\r\n");
        write(isChunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: " + bytes + "\r\n\r\n");
        write(isChunked ? Integer.toHexString(bytes) + "\r\n" : "");
        out.write(pattern(id, bytes), 0, bytes / 2);
        out.flush();
        end(id);
    }

    /** Dies in the middle of a head. */
    private void torn(long id) throws IOException {
        write("HTTP/1.1 200 OK\r\nContent-Le");
        out.flush();
        end(id);
    }

    private void junk(long id) throws IOException {
        byte[] noise = new byte[1 + (int) (id % 400)];
        new Random(id).nextBytes(noise);
        out.write(noise);
        isOpen = false;
    }

    // ---- bytes ----

    private static byte[] pattern(long id, int bytes) {
        byte[] body = new byte[bytes];
        new Pattern(id).next(body, bytes);
        return body;
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
