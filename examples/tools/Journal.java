import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What became of each request of a storm, as its client saw it, and what should not have happened. Any thread. */
final class Journal {
    /** How a request ended for its client. */
    enum End {
        /** A whole response. */
        WHOLE,
        /** A response that stopped in its middle. */
        CUT,
        /** The connection ended without a word. */
        SILENT,
        /** The client did not wait, or sent what is no request. */
        GONE
    }

    private record Entry(long id, int status, End end) {}

    private final ConcurrentLinkedQueue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    /** @param status the client saw, 0 for none */
    void note(long id, String what, int status, End end) {
        entries.add(new Entry(id, status, end));
        count(what + " " + (end == End.WHOLE ? Integer.toString(status) : end.name().toLowerCase()));
    }

    void count(String what) {
        counts.computeIfAbsent(what, k -> new AtomicLong()).incrementAndGet();
    }

    void failure(String what) {
        failures.computeIfAbsent(what, k -> new AtomicLong()).incrementAndGet();
    }

    /** A line a request, {@code id status end}, for {@link Audit}. */
    void write(Path file) {
        try (var writer = Files.newBufferedWriter(file)) {
            for (Entry entry : entries) {
                writer.write(entry.id + " " + entry.status + " " + entry.end + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void report() {
        System.out.println("requests " + entries.size());
        System.out.println("failed " + failures.values().stream().mapToLong(AtomicLong::get).sum());
        new TreeMap<>(failures).forEach((what, count) -> System.out.println("failure " + count + " " + what));
        new TreeMap<>(counts).forEach((what, count) -> System.out.println("count " + count + " " + what));
    }
}
