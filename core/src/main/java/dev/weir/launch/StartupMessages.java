package dev.weir.launch;

import dev.weir.config.model.ByteText;
import dev.weir.config.model.Position;
import dev.weir.config.model.Problem;
import dev.weir.config.model.Problems;
import dev.weir.config.model.Severity;
import dev.weir.config.parse.Compatibility;
import dev.weir.sync.SpinLock;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Writes messages as HAProxy does at start: levels and process id on the standard error, after two lines that say who
 * speaks; short answers on the standard output. Any thread may show; levels and texts are whole lines.
 *
 * <p>Loops show what goes wrong on them, and must not wait for a terminal that another thread writes to: one thread writes at a
 * time, and what others leave meanwhile, too.
 */
public final class StartupMessages {
    private static final int RECENT_MAX = 500;

    /** Who speaks, before anything is said. */
    private final Problem introduction = new Problem(
            Severity.NOTICE,
            Position.NONE,
            "weir version is " + VersionText.version() + ", HAProxy version " + Compatibility.VERSION + " compatible");

    private final boolean isQuiet;
    private final boolean showsDiagnostics;
    private final Consumer<String> errors;
    private final long pid = ProcessHandle.current().pid();
    private final AtomicLong warnings = new AtomicLong();
    private final SpinLock lock = new SpinLock();

    // ---- guarded by the lock ----

    private final List<String> recent = new ArrayList<>();
    private final ArrayDeque<String> unwritten = new ArrayDeque<>();
    private boolean hasIntroduced;
    private boolean isWriting;

    public StartupMessages(boolean isQuiet, boolean showsDiagnostics) {
        this(isQuiet, showsDiagnostics, text -> write(FileDescriptor.err, text));
    }

    /** With another taker of the messages than the standard error: whole lines, as byte strings. */
    StartupMessages(boolean isQuiet, boolean showsDiagnostics, Consumer<String> errors) {
        this.isQuiet = isQuiet;
        this.showsDiagnostics = showsDiagnostics;
        this.errors = errors;
    }

    /** Everything that was found, in order. */
    public void show(Problems problems) {
        for (var problem : problems.all()) {
            show(problem);
        }
    }

    public void show(Problem problem) {
        if (problem.severity() == Severity.WARNING) {
            warnings.incrementAndGet();
        }
        if (isQuiet || problem.severity() == Severity.DIAG && !showsDiagnostics) {
            return;
        }
        String line = problem.format(pid);
        if (leave(line)) {
            writeAll();
        }
    }

    /** @return whether the caller has to write what is there */
    private boolean leave(String line) {
        lock.lock();
        try {
            if (!hasIntroduced) {
                hasIntroduced = true;
                add(introduction.format(pid));
            }
            add(line);
            boolean writes = !isWriting;
            isWriting = true;
            return writes;
        } finally {
            lock.unlock();
        }
    }

    private void add(String line) {
        unwritten.add(line);
        if (recent.size() < RECENT_MAX) {
            recent.add(line);
        }
    }

    private void writeAll() {
        String line;
        while ((line = nextToWrite()) != null) {
            errors.accept(line + "\n");
        }
    }

    /** Null, and nobody writes any more, when all is written. */
    private String nextToWrite() {
        lock.lock();
        try {
            isWriting = !unwritten.isEmpty();
            return unwritten.poll();
        } finally {
            lock.unlock();
        }
    }

    /** How many there were, also while nothing is shown. */
    long warnings() {
        return warnings.get();
    }

    /** What was shown since the last call, for those who ask later; bounded. */
    List<String> takeRecent() {
        lock.lock();
        try {
            List<String> taken = List.copyOf(recent);
            recent.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** A message of its own, without a position. */
    public void show(Severity severity, String text) {
        show(new Problem(severity, Position.NONE, text));
    }

    /** A line on the standard output. */
    public void answer(String line) {
        if (!isQuiet) {
            write(FileDescriptor.out, line + "\n");
        }
    }

    /** Text is a byte string; what cannot be written is lost, for there is nobody to tell. */
    private static void write(FileDescriptor descriptor, String text) {
        try {
            // not closed: the descriptor is the process's
            @SuppressWarnings("resource")
            var stream = new FileOutputStream(descriptor);
            stream.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return;
        }
    }

    /** For text that did not come from a configuration. */
    static String bytes(String text) {
        return ByteText.fromNative(text);
    }
}
