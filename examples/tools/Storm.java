import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Mixed HTTP load with faults of every kind on both sides: {@code Storm PORT SEED CONNECTIONS SECONDS AT_ONCE FIRST_ID
 * CLIENT_TIMEOUT_MS JOURNAL} against a Weir in front of {@link HttpOrigin}s. It ends after so many connections or so many seconds, whichever is
 * first; 0 is no limit. What one connection does is decided by the seed and the connection's number alone.
 */
final class Storm {
    final int port;
    final int clientTimeoutMs;
    private final Journal journal = new Journal();
    private final AtomicLong ids;
    private final long seed;

    private Storm(int port, long seed, long firstId, int clientTimeoutMs) {
        this.port = port;
        this.seed = seed;
        this.ids = new AtomicLong(firstId);
        this.clientTimeoutMs = clientTimeoutMs;
    }

    public static void main(String[] words) throws Exception {
        Storm storm = new Storm(
                Integer.parseInt(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[5]),
                Integer.parseInt(words[6]));
        storm.run(Long.parseLong(words[2]), Long.parseLong(words[3]), Integer.parseInt(words[4]));
        storm.journal.write(Path.of(words[7]));
        storm.journal.report();
    }

    long nextId() {
        return ids.getAndIncrement();
    }

    private void run(long connections, long seconds, int atOnce) throws InterruptedException {
        long end = seconds == 0 ? Long.MAX_VALUE : System.nanoTime() + seconds * 1_000_000_000L;
        Semaphore permits = new Semaphore(atOnce);
        long started = 0;
        while ((connections == 0 || started < connections) && System.nanoTime() < end) {
            long number = started++;
            permits.acquire();
            Thread.startVirtualThread(() -> {
                try {
                    connection(new Random(seed * 1_000_003 + number));
                } finally {
                    permits.release();
                }
            });
        }
        permits.acquire(atOnce);
        System.out.println("connections " + started);
    }

    private void connection(Random random) {
        int act = random.nextInt(100);
        boolean isSlow = act >= 96;
        try (StormClient client = new StormClient(this, journal, random, isSlow ? 16384 : 0)) {
            for (int left = random.nextInt(6); left > 0 && client.isOpen(); left--) {
                client.sound();
            }
            if (client.isOpen()) {
                act(client, act);
            }
        } catch (IOException | InterruptedException e) {
            journal.failure("connection: " + e);
        }
    }

    /** In percent of the connections. */
    private static void act(StormClient client, int act) throws IOException, InterruptedException {
        if (act < 20) {
            client.sound();
        } else if (act < 24) {
            client.head();
        } else if (act < 32) {
            client.pipeline();
        } else if (act < 40) {
            client.upload();
        } else if (act < 48) {
            client.faulty();
        } else if (act < 54) {
            client.mortal();
        } else if (act < 58) {
            client.tunnel();
        } else if (act < 62) {
            client.dribble();
        } else if (act < 64) {
            client.stall();
        } else if (act < 68) {
            client.torn();
        } else if (act < 74) {
            client.garbage();
        } else if (act < 78) {
            client.smuggle();
        } else if (act < 90) {
            client.abandon();
        } else if (act < 96) {
            client.abort();
        } else if (act < 99) {
            client.crawl();
        } else {
            client.stare();
        }
    }
}
