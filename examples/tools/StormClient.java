import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;

/** One connection of a {@link Storm}: sends requests to {@link HttpOrigin}s, well or badly, and notes what came of each. */
final class StormClient implements AutoCloseable {
    /** Whoever says nothing for so long has forgotten this client. */
    private static final int STUCK_MS = 30_000;

    /** Requests that have to succeed, whatever happens around them. */
    private static final String[] SOUND = {
        "ok", "ok", "ok", "ok", "chunked", "close", "hint", "slow", "busy", "last", "more", "post"
    };

    /** Requests whose servers die or say what is no response. */
    private static final String[] FAULTY = {"never", "nothing", "cut", "torn", "junk"};

    private static final byte[] ECHOED = "tunnel-0123456789".getBytes(StandardCharsets.US_ASCII);

    private final Journal journal;
    private final Storm storm;
    private final Random random;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean isOpen = true;

    StormClient(Storm storm, Journal journal, Random random, int receiveBytes) throws IOException {
        this.storm = storm;
        this.journal = journal;
        this.random = random;
        this.socket = new Socket();
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.connect(new InetSocketAddress("127.0.0.1", storm.port), STUCK_MS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(STUCK_MS);
        this.in = new BufferedInputStream(socket.getInputStream(), 8192);
        this.out = socket.getOutputStream();
    }

    boolean isOpen() {
        return isOpen;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** By FIN or by RST. */
    void leave() throws IOException {
        isOpen = false;
        if (random.nextBoolean()) {
            reset();
        } else {
            close();
        }
    }

    // ---- requests that a server is to answer ----

    /** One that must succeed. */
    void sound() throws IOException {
        String how = SOUND[random.nextInt(SOUND.length)];
        long id = storm.nextId();
        if (how.equals("post")) {
            post(id);
            return;
        }
        int bytes = random.nextInt(10) == 0 ? random.nextInt(400_000) : random.nextInt(4000);
        send("GET", how, id, bytes, "");
        expectSound(how, id, bytes);
    }

    private void expectSound(String how, long id, int bytes) throws IOException {
        Answer answer = read(id, how, false);
        boolean isRight = answer.isWhole() && answer.status == 200 && Pattern.checksum(id, bytes) == answer.checksum;
        if (!isRight) {
            journal.failure(how + ": " + answer);
        }
    }

    void head() throws IOException {
        long id = storm.nextId();
        send("HEAD", "ok", id, 100, "");
        Answer answer = read(id, "head", true);
        if (!answer.isWhole() || answer.status != 200) {
            journal.failure("head: " + answer);
        }
    }

    /** Small enough to be sent once more: it must succeed. */
    private void post(long id) throws IOException {
        byte[] body = body(id, random.nextInt(3000));
        String framing = "Content-Length: " + body.length + "\r\n";
        byte[] head = head("POST", "post", id, 0, framing).getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        out.write(whole);
        Answer answer = read(id, "post", false);
        if (answer.status != 200 || !answer.text.equals(summary(body))) {
            journal.failure("post: " + answer);
        }
    }

    /** Cannot be sent once more: nobody is to blame if its server goes, but what is answered must be right. */
    void upload() throws IOException {
        long id = storm.nextId();
        byte[] body = body(id, 1 + random.nextInt(500_000));
        boolean isChunked = random.nextBoolean();
        String expects = random.nextInt(4) == 0 ? "Expect: 100-continue\r\n" : "";
        send("POST", "post", id, 0, (isChunked ? "Transfer-Encoding: chunked\r\n" : length(body)) + expects);
        try {
            send(body, isChunked);
        } catch (IOException e) {
            // It may have been answered, all the same.
        }
        Answer answer = read(id, "upload", false);
        boolean isRight = answer.status == 200 && answer.text.equals(summary(body));
        if (!isRight && answer.end != Journal.End.SILENT && answer.status != 502) {
            journal.failure("upload: " + answer);
        }
    }

    private void send(byte[] body, boolean isChunked) throws IOException {
        for (int from = 0, length; from < body.length; from += length) {
            length = Math.min(body.length - from, 1 + random.nextInt(60_000));
            if (isChunked) {
                write(Integer.toHexString(length) + "\r\n");
            }
            out.write(body, from, length);
            if (isChunked) {
                write("\r\n");
            }
        }
        if (isChunked) {
            write("0\r\n\r\n");
        }
    }

    /** Several requests before the first answer. */
    void pipeline() throws IOException {
        int count = 2 + random.nextInt(6);
        StringBuilder text = new StringBuilder();
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = storm.nextId();
            text.append(head("GET", "ok", ids[i], 100, ""));
        }
        write(text.toString());
        for (long id : ids) {
            expectSound("ok", id, 100);
        }
    }

    /** The server dies, or says what is no response. */
    void faulty() throws IOException {
        String how = FAULTY[random.nextInt(FAULTY.length)];
        long id = storm.nextId();
        send("GET", how, id, 2 + random.nextInt(100_000), "");
        Answer answer = read(id, how, false);
        if (answer.end == Journal.End.WHOLE && answer.status < 500) {
            journal.failure(how + ": " + answer);
        }
    }

    /** From a server that is killed now and then: nothing is promised. */
    void mortal() throws IOException {
        long id = storm.nextId();
        write(head("GET", "slow", id, 1000, "").replace("Host: sound", "Host: mortal"));
        read(id, "mortal", false);
    }

    void tunnel() throws IOException {
        long id = storm.nextId();
        send("GET", "up", id, 0, "Connection: upgrade\r\nUpgrade: echo\r\n");
        Answer answer = read(id, "up", false);
        boolean isEcho = answer.status == 101;
        for (int i = random.nextInt(5); i >= 0 && isEcho; i--) {
            out.write(ECHOED);
            isEcho = java.util.Arrays.equals(ECHOED, in.readNBytes(ECHOED.length));
        }
        if (!isEcho) {
            journal.failure("tunnel: " + answer);
        }
        leave();
    }

    // ---- clients that behave badly ----

    /** A head in pieces: it must succeed all the same. */
    void dribble() throws IOException, InterruptedException {
        long id = storm.nextId();
        String head = head("GET", "ok", id, 500, "X-Long: " + "x".repeat(random.nextInt(3000)) + "\r\n");
        for (int from = 0, to; from < head.length(); from = to) {
            to = Math.min(head.length(), from + 1 + random.nextInt(head.length()));
            write(head.substring(from, to));
            Thread.sleep(random.nextInt(10));
        }
        expectSound("ok", id, 500);
    }

    /** Half a head, and no more: 408. */
    void stall() throws IOException {
        write("GET /ok/0/0 HTTP/1.1\r\nHost: x\r\nX-Unfini");
        expectRefusal("stall", 408);
    }

    /** Half a head, or nothing, and away. */
    void torn() throws IOException {
        if (random.nextBoolean()) {
            write("POST /ok/0/0 HTTP/1.1\r\nHost: x\r\nX-Unfini");
        }
        journal.count("torn");
        leave();
    }

    void garbage() throws IOException {
        out.write(Garbage.bytes(random));
        socket.shutdownOutput();
        journal.count("garbage");
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketTimeoutException e) {
            journal.failure("garbage: stuck");
        } catch (IOException e) {
            // A reset is a right answer.
        }
        isOpen = false;
    }

    /** Requests that must be refused at once. */
    void smuggle() throws IOException {
        String[] framings = {
            "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            "Content-Length: +3\r\n\r\nabc",
            "Transfer-Encoding: chunked, gzip\r\n\r\n",
            "X bad: 1\r\n\r\n",
        };
        write("POST /ok/0/0 HTTP/1.1\r\nHost: sound\r\n" + framings[random.nextInt(framings.length)]);
        expectRefusal("smuggle", 400);
    }

    private void expectRefusal(String what, int status) throws IOException {
        isOpen = false;
        try {
            String line = HttpText.line(in);
            if (line == null || !line.startsWith("HTTP/1.1 " + status)) {
                journal.failure(what + ": " + line);
            }
            journal.count(what + " " + status);
        } catch (SocketTimeoutException e) {
            journal.failure(what + ": stuck");
        }
    }

    /** Asks and goes. */
    void abandon() throws IOException, InterruptedException {
        long id = storm.nextId();
        String[] ways = {"ok", "slow", "never", "chunked"};
        send("GET", ways[random.nextInt(ways.length)], id, random.nextInt(2_000_000), "");
        if (random.nextBoolean()) {
            Thread.sleep(random.nextInt(20));
        }
        if (random.nextBoolean()) {
            in.read(new byte[1000]);
        }
        journal.note(id, "abandon", 0, Journal.End.GONE);
        leave();
    }

    /** Uploads less than it said, and goes, or waits until it is thrown out; or a body that is none. */
    void abort() throws IOException {
        long id = storm.nextId();
        String how = random.nextInt(3) == 0 ? "early" : "post";
        switch (random.nextInt(3)) {
            case 0 -> send("POST", how, id, 100, "Content-Length: 300000\r\n");
            case 1 -> send("POST", how, id, 100, "Transfer-Encoding: chunked\r\n");
            default -> send("POST", how, id, 100, "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n");
        }
        journal.note(id, "abort", 0, Journal.End.GONE);
        try {
            write("8000\r\n");
            out.write(new byte[random.nextInt(0x8000)]);
            if (random.nextInt(3) == 0) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        } catch (SocketTimeoutException e) {
            journal.failure("abort: stuck");
        } catch (IOException e) {
            // Thrown out in the middle.
        }
        leave();
    }

    /** Reads slowly, and to the end: every byte must be right. */
    void crawl() throws IOException, InterruptedException {
        long id = storm.nextId();
        int bytes = 1_050_000 + random.nextInt(300_000);
        send("GET", random.nextBoolean() ? "ok" : "chunked", id, bytes, "");
        Thread.sleep(random.nextInt(200));
        expectSound("ok", id, bytes);
    }

    /** Reads nothing of an answer that fits in no buffer, until it is thrown out. */
    void stare() throws IOException, InterruptedException {
        long id = storm.nextId();
        send("GET", "ok", id, 8_000_000, "");
        journal.note(id, "stare", 0, Journal.End.GONE);
        Thread.sleep(storm.clientTimeoutMs * 2L);
        leave();
    }

    // ---- sending ----

    private void send(String method, String how, long id, int bytes, String fields) throws IOException {
        write(head(method, how, id, bytes, fields));
    }

    private static String head(String method, String how, long id, int bytes, String fields) {
        return method + " /" + how + "/" + id + "/" + bytes + " HTTP/1.1\r\nHost: sound\r\n" + fields + "\r\n";
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] body(long id, int bytes) {
        byte[] body = new byte[bytes];
        new Pattern(id).next(body, bytes);
        return body;
    }

    private static String length(byte[] body) {
        return "Content-Length: " + body.length + "\r\n";
    }

    private static String summary(byte[] body) {
        CRC32 checksum = new CRC32();
        checksum.update(body);
        return body.length + " " + checksum.getValue();
    }

    // ---- reading ----

    private record Answer(int status, Journal.End end, long checksum, String text) {
        boolean isWhole() {
            return end == Journal.End.WHOLE;
        }

        @Override
        public String toString() {
            return status + " " + end;
        }
    }

    private Answer read(long id, String what, boolean isHead) throws IOException {
        int status = 0;
        try {
            String line = statusLine();
            Map<String, String> fields = Map.of();
            while (line != null) {
                status = Integer.parseInt(line.split(" ")[1]);
                fields = HttpText.fields(in);
                line = status < 200 && status != 101 ? statusLine() : null;
                status = line != null ? 0 : status;
            }
            return status == 0
                    ? ended(id, what, 0, Journal.End.SILENT)
                    : readBody(id, what, status, fields, isHead || status == 101);
        } catch (SocketTimeoutException e) {
            journal.failure(what + ": stuck");
            return ended(id, what, status, Journal.End.CUT);
        } catch (IOException e) {
            return ended(id, what, status, status == 0 ? Journal.End.SILENT : Journal.End.CUT);
        }
    }

    private String statusLine() throws IOException {
        return HttpText.line(in);
    }

    private Answer ended(long id, String what, int status, Journal.End end) {
        isOpen = false;
        journal.note(id, what, status, end);
        return new Answer(status, end, 0, "");
    }

    private Answer readBody(long id, String what, int status, Map<String, String> fields, boolean hasNone)
            throws IOException {
        boolean isUntilClose = !hasNone && !fields.containsKey("content-length") && !fields.containsKey("transfer-encoding");
        byte[] body = hasNone ? new byte[0] : isUntilClose ? in.readAllBytes() : HttpText.body(in, fields);
        isOpen = !isUntilClose && !fields.getOrDefault("connection", "").equals("close");
        CRC32 checksum = new CRC32();
        checksum.update(body);
        String text = body.length < 100 ? new String(body, StandardCharsets.US_ASCII) : "";
        journal.note(id, what, status, Journal.End.WHOLE);
        return new Answer(status, Journal.End.WHOLE, checksum.getValue(), text);
    }
}
