package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.Patience;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the executable. What it prints is kept in files, so that no pipe can fill up. */
final class Weir implements AutoCloseable {
    /** Generous: the machine may be busy; nothing is measured. */
    static final Path ROOT =
            Path.of(System.getProperty("weir.root", "..")).toAbsolutePath().normalize();

    static final Path EXECUTABLE = ROOT.resolve("weir");

    private final Process process;
    private final Path out;
    private final Path errors;

    private Weir(Process process, Path out, Path errors) {
        this.process = process;
        this.out = out;
        this.errors = errors;
    }

    static Weir start(Path folder, String... arguments) {
        return start(folder, Way.BEST, arguments);
    }

    static Weir start(Path folder, Way way, String... arguments) {
        List<String> command = new ArrayList<>(List.of(EXECUTABLE.toString()));
        command.addAll(List.of(arguments));
        return command(folder, way, command);
    }

    /** Starts any command that becomes the executable by exec. */
    static Weir command(Path folder, Way way, List<String> command) {
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path errors = Files.createTempFile(folder, "errors", ".txt");
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(errors.toFile());
            builder.environment().put("WEIR_JAVA_OPTS", way.options());
            return new Weir(builder.start(), out, errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it ends by itself. */
    int exitStatus() {
        try {
            if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("still running; " + this);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    String out() {
        return read(out);
    }

    String errors() {
        return read(errors);
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A signal by its name: TERM, INT, USR1, USR2, HUP. */
    Weir signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("kill -" + name + " failed; " + this);
            }
            return this;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("kill", e);
        }
    }

    /** Types a line on its standard input. */
    void type(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until somebody accepts connections on the port, while the process lives. */
    Weir listensOn(int port) {
        Patience.await()
                .pollInterval(Duration.ofMillis(20))
                .conditionEvaluationListener(condition -> checkAlive())
                .until(() -> Peers.accepts(port));
        return this;
    }

    private void checkAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("ended early; " + this);
        }
    }

    /** Waits for a text in what it prints, on either output. */
    Weir says(String text) {
        Patience.await()
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> !process.isAlive() && !printed().contains(text))
                .until(() -> printed().contains(text));
        return this;
    }

    private String printed() {
        return out() + errors();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public String toString() {
        return "weir, pid " + pid() + ", printed:\n" + printed();
    }
}
