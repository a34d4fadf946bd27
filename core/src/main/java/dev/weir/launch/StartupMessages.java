package dev.weir.launch;

import dev.weir.config.model.ByteText;
import dev.weir.config.model.Problem;
import dev.weir.config.model.Problems;
import dev.weir.config.model.Severity;
import dev.weir.config.parse.Compatibility;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes messages as HAProxy does at start: levels and process id on the standard error, after two lines that say who
 * speaks; short answers on the standard output. Any thread may show; levels and texts are whole lines.
 */
public final class StartupMessages {
    private static final int RECENT_MAX = 500;

    private final boolean isQuiet;
    private final boolean showsDiagnostics;
    private final Consumer<String> errors;
    private final List<String> recent = new ArrayList<>();
    private boolean hasIntroduced;
    private long pid;

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

    public synchronized void show(Problem problem) {
        if (isQuiet || problem.severity() == Severity.DIAG && !showsDiagnostics) {
            return;
        }
        introduce();
        String line = problem.format(pid);
        record(line);
        errors.accept(line + "\n");
    }

    private synchronized void record(String line) {
        if (recent.size() < RECENT_MAX) {
            recent.add(line);
        }
    }

    /** What was shown since the last call, for those who ask later; bounded. */
    synchronized List<String> takeRecent() {
        List<String> taken = List.copyOf(recent);
        recent.clear();
        return taken;
    }

    /** A message of its own, without a position. */
    public void show(Severity severity, String text) {
        show(new Problem(severity, dev.weir.config.model.Position.NONE, text));
    }

    /** A line on the standard output. */
    public void answer(String line) {
        if (!isQuiet) {
            write(FileDescriptor.out, line + "\n");
        }
    }

    private void introduce() {
        if (hasIntroduced) {
            return;
        }
        hasIntroduced = true;
        pid = ProcessHandle.current().pid();
        show(
                Severity.NOTICE,
                "weir version is " + VersionText.version() + ", HAProxy version " + Compatibility.VERSION
                        + " compatible");
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
