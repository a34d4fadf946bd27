import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * {@code Survivor PORT API SEED}: outlives a proxy that is killed again and again, and knows what its table has to hold. For each
 * {@code load} on the standard input it asks without a pause until it is cut off, and prints {@code kill} after a random number of answers,
 * then {@code cut COUNT}. For each {@code check MISSING} it compares the table with what it knows; so many entries may be missing.
 *
 * <p>A key is asked for with a checksum of itself, which its entry keeps; and the entry counts, so that it holds at least as many
 * requests as were answered and at most as many as were sent.
 */
final class Survivor {
    private static final int KEYS = 10_000;
    private static final int CLIENTS = 4;
    private static final Pattern ENTRY = Pattern.compile("key=/k(\\d+) use=0 .*gpt0=(\\d+) gpc0=(\\d+)");

    /** What became of one key. Lives on until its entry is lost. */
    private record Known(int sent, int answered) {
        static final Known NOTHING = new Known(0, 0);

        Known asked() {
            return new Known(sent + 1, answered);
        }

        Known toldSo() {
            return new Known(sent, answered + 1);
        }
    }

    private final int port;
    private final String api;
    private final Random random;
    private final AtomicReferenceArray<Known> keys = new AtomicReferenceArray<>(KEYS);
    private final AtomicLong answers = new AtomicLong();
    private volatile long killAfter;

    private Survivor(int port, String api, long seed) {
        this.port = port;
        this.api = api;
        this.random = new Random(seed);
        for (int key = 0; key < KEYS; key++) {
            keys.set(key, Known.NOTHING);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Survivor survivor = new Survivor(Integer.parseInt(arguments[0]), arguments[1], Long.parseLong(arguments[2]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "load" -> survivor.load();
                case "check" -> survivor.compareAll(Integer.parseInt(words[1]));
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    // ---- asking ----

    private void load() throws InterruptedException {
        long before = answers.get();
        killAfter = before + random.nextInt(3000);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            long seed = random.nextLong();
            clients.add(Thread.ofPlatform().start(() -> ask(new Random(seed))));
        }
        for (Thread client : clients) {
            client.join();
        }
        System.out.println("cut " + (answers.get() - before));
    }

    private void ask(Random choice) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            while (true) {
                exchange(socket, choice.nextInt(KEYS));
                if (answers.getAndIncrement() == killAfter) {
                    System.out.println("kill");
                }
            }
        } catch (IOException e) {
            return; // it was killed
        }
    }

    private void exchange(Socket socket, int key) throws IOException {
        String request = "GET /k" + key + " HTTP/1.1\r\nhost: x\r\nx-check: " + check(key) + "\r\n\r\n";
        keys.getAndUpdate(key, Known::asked);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("cut off");
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 200 ")) {
            throw new IllegalStateException("no answer of the proxy's: " + head);
        }
        keys.getAndUpdate(key, Known::toldSo);
    }

    private static long check(int key) {
        CRC32 crc = new CRC32();
        crc.update(Integer.toString(key).getBytes(StandardCharsets.US_ASCII));
        return crc.getValue();
    }

    // ---- comparing ----

    private void compareAll(int missingMax) throws IOException {
        List<String> faults = new ArrayList<>();
        Set<Integer> found = new HashSet<>();
        for (String line : table().split("\n")) {
            if (line.startsWith("0x")) {
                compare(line, found, faults);
            }
        }
        int missing = 0;
        for (int key = 0; key < KEYS; key++) {
            if (!found.contains(key)) {
                missing += keys.get(key).answered() > 0 ? 1 : 0;
                keys.set(key, Known.NOTHING);
            }
        }
        if (missing > missingMax) {
            faults.add(missing + " entries are missing");
        }
        faults.stream().limit(5).forEach(System.out::println);
        System.out.println("checked " + found.size() + " entries, " + missing + " missing, " + faults.size() + " faults");
    }

    private void compare(String line, Set<Integer> found, List<String> faults) {
        Matcher entry = ENTRY.matcher(line);
        if (!entry.find()) {
            faults.add("no entry of ours: " + line);
            return;
        }
        int key = Integer.parseInt(entry.group(1));
        long check = Long.parseLong(entry.group(2));
        int count = Integer.parseInt(entry.group(3));
        Known known = keys.get(key);
        boolean isChecked = check == check(key) || check == 0 && known.answered() == 0;
        if (!found.add(key) || !isChecked || count < known.answered() || count > known.sent()) {
            faults.add("wrong: " + line + " but " + known + ", check " + check(key));
        }
        keys.set(key, new Known(count, count)); // what was under way when it died is decided now
    }

    /**
     * The port listens a moment before the API does, whose path is still there from the process before. That one's socket may be, too: the
     * kernel takes a ring apart some time after its process has died, and whoever connects until then is reset.
     */
    private String table() throws IOException {
        long endMs = System.currentTimeMillis() + 30_000;
        IOException last = null;
        while (System.currentTimeMillis() < endMs) {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(api));
                channel.write(ByteBuffer.wrap("show table web\n".getBytes(StandardCharsets.US_ASCII)));
                String answer = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
                if (answer.startsWith("# table: web")) {
                    return answer;
                }
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException("the API does not show the table", last);
    }
}
