import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/**
 * The load scripts' client: {@code Client WHAT PORT ...} against a Weir in front of {@link Origin}s, on 127.0.0.1. Prints
 * {@code word number} lines and ends by itself. The words are described at their methods.
 */
final class Client {
    private static final byte[] PING = "ping-0123456789\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SOURCES = 32;

    private final int port;
    private final AtomicLong done = new AtomicLong();
    private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> servers = new ConcurrentHashMap<>();

    private Client(int port) {
        this.port = port;
    }

    public static void main(String[] arguments) throws Exception {
        Client client = new Client(Integer.parseInt(arguments[1]));
        long[] numbers = Arrays.stream(arguments).skip(2).mapToLong(Long::parseLong).toArray();
        switch (arguments[0]) {
            case "hold" -> client.hold((int) numbers[0]);
            case "churn" -> client.churn((int) numbers[0], numbers[1]);
            case "queue" -> client.queue((int) numbers[0], numbers[1]);
            case "talk" -> client.talk((int) numbers[0], numbers[1], numbers[2]);
            case "reset" -> client.reset((int) numbers[0], (int) numbers[1]);
            case "drip" -> client.drip((int) numbers[0]);
            case "garbage" -> client.garbage((int) numbers[0], numbers[1]);
            case "slow" -> client.slow((int) numbers[0], numbers[1], numbers[2]);
            case "upload" -> client.upload(numbers[0], numbers[1]);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** hold COUNT: opens connections, then for each line of standard input pings all of them; ends with the input. */
    private void hold(int count) throws Exception {
        List<Socket> sockets = new ArrayList<>();
        each(count, 200, i -> {
            Socket socket = connect(i);
            greet(socket);
            synchronized (sockets) {
                sockets.add(socket);
            }
        });
        report("held", sockets.size());
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (commands.readLine() != null) {
            done.set(0);
            each(sockets.size(), 200, i -> {
                ping(sockets.get(i));
                done.incrementAndGet();
            });
            report("alive", done.get());
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** churn THREADS SECONDS: connect, one exchange, close, as fast as it goes. */
    private void churn(int threads, long seconds) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        each(threads, threads, i -> {
            for (int round = i; System.nanoTime() < end; round++) {
                int source = round;
                attempt(() -> {
                    try (Socket socket = connect(source)) {
                        greet(socket);
                        ping(socket);
                    }
                });
            }
        });
        report("done", done.get());
    }

    /** queue COUNT HOLD_MS: so many clients at once, each keeps its server for a while; how many had the same one at a time. */
    private void queue(int count, long holdMs) throws Exception {
        Map<String, AtomicLong> now = new ConcurrentHashMap<>();
        Map<String, AtomicLong> most = new ConcurrentHashMap<>();
        each(count, count, i -> {
            try (Socket socket = connect(i)) {
                String server = greet(socket);
                AtomicLong here = now.computeIfAbsent(server, k -> new AtomicLong());
                most.computeIfAbsent(server, k -> new AtomicLong())
                        .accumulateAndGet(here.incrementAndGet(), Math::max);
                Thread.sleep(holdMs);
                here.decrementAndGet();
                done.incrementAndGet();
            }
        });
        report("done", done.get());
        new TreeMap<>(most).forEach((server, number) -> System.out.println("most " + server + " " + number));
    }

    /** talk CONNECTIONS SECONDS PAUSE_MS: long connections that never stop exchanging, each replaced only if it fails. */
    private void talk(int connections, long seconds, long pauseMs) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        each(connections, connections, i -> {
            while (System.nanoTime() < end) {
                attempt(() -> {
                    try (Socket socket = connect(i)) {
                        greet(socket);
                        while (System.nanoTime() < end) {
                            ping(socket);
                            Thread.sleep(pauseMs);
                        }
                    }
                });
            }
        });
        report("done", done.get());
    }

    /** reset COUNT THREADS: connections that end with RST, half of them in the middle of an answer. */
    private void reset(int count, int threads) throws Exception {
        each(count, threads, i -> {
            try (Socket socket = connect(i)) {
                socket.setSoLinger(true, 0);
                if (i % 2 == 0) {
                    socket.getOutputStream().write(("SEND 10000000 " + i + "\n").getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().read(new byte[1024]);
                }
                done.incrementAndGet();
            }
        });
        report("done", done.get());
    }

    /** drip SECONDS: one byte a second each way, on a server that nobody kills (s1 or s3); every byte must come back. */
    private void drip(int seconds) throws Exception {
        try (Socket socket = connect(0)) {
            if (greet(socket).equals("s2")) {
                drip(seconds);
                return;
            }
            for (int i = 0; i < seconds; i++) {
                socket.getOutputStream().write('a' + i % 26);
                if (socket.getInputStream().read() != 'a' + i % 26) {
                    throw new IOException("byte " + i + " came back wrong");
                }
                done.incrementAndGet();
                Thread.sleep(1000);
            }
        }
        report("done", done.get());
    }

    /** garbage COUNT SEED: random bytes, PROXY headers that are torn, oversized or wrong, early ends and resets. */
    private void garbage(int count, long seed) throws Exception {
        each(count, 20, i -> {
            Random random = new Random(seed + i);
            try (Socket socket = connect(i)) {
                socket.setSoTimeout(300);
                byte[] bytes = Garbage.bytes(random);
                for (int from = 0; from < bytes.length; ) {
                    int to = Math.min(bytes.length, from + 1 + random.nextInt(bytes.length));
                    socket.getOutputStream().write(bytes, from, to - from);
                    from = to;
                }
                switch (random.nextInt(3)) {
                    case 0 -> socket.shutdownOutput();
                    case 1 -> socket.setSoLinger(true, 0);
                    default -> socket.getInputStream().read();
                }
            } catch (IOException e) {
                // Being thrown out is a right answer to garbage.
            }
            done.incrementAndGet();
        });
        report("done", done.get());
    }

    /** slow COUNT BYTES KB_PER_SECOND: readers that take their time; every byte must be right. */
    private void slow(int count, long bytes, long kbPerSecond) throws Exception {
        each(count, count, i -> {
            try (Socket socket = new Socket()) {
                socket.setReceiveBufferSize(16384);
                socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
                socket.getOutputStream().write(("SEND " + bytes + " " + i + "\n").getBytes(StandardCharsets.US_ASCII));
                if (read(socket.getInputStream(), bytes, kbPerSecond) != Pattern.checksum(i, bytes)) {
                    throw new IOException("checksum differs");
                }
                done.incrementAndGet();
            }
        });
        report("done", done.get());
    }

    private static long read(InputStream in, long bytes, long kbPerSecond) throws Exception {
        CRC32 checksum = new CRC32();
        byte[] block = new byte[16384];
        long start = System.nanoTime();
        for (long got = 0; got < bytes; ) {
            int n = in.read(block);
            if (n < 0) {
                throw new EOFException("after " + got + " of " + bytes);
            }
            checksum.update(block, 0, n);
            got += n;
            long aheadMs = kbPerSecond == 0 ? 0 : got / kbPerSecond - (System.nanoTime() - start) / 1_000_000;
            if (aheadMs > 0) {
                Thread.sleep(aheadMs);
            }
        }
        return checksum.getValue();
    }

    /** upload BYTES SEED: sends, half-closes, and compares what the origin says it received. */
    private void upload(long bytes, long seed) throws Exception {
        Pattern pattern = new Pattern(seed);
        byte[] block = new byte[65536];
        try (Socket socket = connect(0)) {
            socket.getOutputStream().write("SINK\n".getBytes(StandardCharsets.US_ASCII));
            for (long left = bytes; left > 0; left -= block.length) {
                int length = (int) Math.min(left, block.length);
                pattern.next(block, length);
                socket.getOutputStream().write(block, 0, length);
            }
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
            System.out.println(answer.equals(bytes + " " + pattern.checksum()) ? "same" : "differs: " + answer);
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private interface IndexedStep {
        void run(int index) throws Exception;
    }

    /** Runs the step for each index, so many at once, and counts how they fail. */
    private void each(int count, int atOnce, IndexedStep step) throws InterruptedException {
        Semaphore permits = new Semaphore(atOnce);
        CountDownLatch left = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            int index = i;
            permits.acquire();
            Thread.startVirtualThread(() -> {
                try {
                    step.run(index);
                } catch (Exception e) {
                    failed(e);
                } finally {
                    permits.release();
                    left.countDown();
                }
            });
        }
        left.await();
    }

    private void attempt(Step step) {
        try {
            step.run();
            done.incrementAndGet();
        } catch (Exception e) {
            failed(e);
        }
    }

    private void failed(Exception e) {
        String kind = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
        failures.computeIfAbsent(kind, k -> new AtomicLong()).incrementAndGet();
    }

    private Socket connect(int index) throws IOException {
        Socket socket = new Socket();
        InetAddress source = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (1 + index % SOURCES)});
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(source, 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    /** Asks for an echo and counts which server answered. */
    private String greet(Socket socket) throws IOException {
        socket.getOutputStream().write("ECHO\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder name = new StringBuilder();
        for (int c = socket.getInputStream().read(); c != '\n'; c = socket.getInputStream().read()) {
            if (c < 0) {
                throw new EOFException("no server answered");
            }
            name.append((char) c);
        }
        servers.computeIfAbsent(name.toString(), k -> new AtomicLong()).incrementAndGet();
        return name.toString();
    }

    private static void ping(Socket socket) throws IOException {
        socket.getOutputStream().write(PING);
        if (!Arrays.equals(PING, socket.getInputStream().readNBytes(PING.length))) {
            throw new EOFException("the echo ended or differs");
        }
    }

    private void report(String word, long number) {
        System.out.println(word + " " + number);
        System.out.println("failed " + failures.values().stream().mapToLong(AtomicLong::get).sum());
        new TreeMap<>(failures).forEach((kind, count) -> System.out.println("failure " + count + " " + kind));
        new TreeMap<>(servers).forEach((name, count) -> System.out.println("server " + name + " " + count));
        System.out.flush();
    }
}
