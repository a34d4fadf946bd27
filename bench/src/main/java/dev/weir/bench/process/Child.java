package dev.weir.bench.process;

import dev.weir.bench.BenchFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of this run; what it prints goes to a file. */
public final class Child implements AutoCloseable {
    private static final int GRACE_SECONDS = 3;
    private static final int LINES_SHOWN = 8;

    private final String name;
    private final String commandLine;
    private final Process process;
    private final Path log;

    Child(String name, String commandLine, Process process, Path log) {
        this.name = name;
        this.commandLine = commandLine;
        this.process = process;
        this.log = log;
    }

    public String name() {
        return name;
    }

    /** As one would type it. */
    public String commandLine() {
        return commandLine;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its standard input, where it was not closed. */
    public Process process() {
        return process;
    }

    /** @throws BenchFailure with its last lines if it has ended */
    public void checkAlive() throws BenchFailure {
        if (!process.isAlive()) {
            throw new BenchFailure(name + " has ended (" + exitText(process.exitValue()) + ")" + lastLines());
        }
    }

    /** Lets time pass, unless it ends meanwhile.
     *
     * @throws BenchFailure with its last lines if it has ended
     */
    public void pause(double seconds) throws BenchFailure {
        try {
            if (process.waitFor((long) (seconds * 1e9), TimeUnit.NANOSECONDS)) {
                checkAlive();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted");
        }
    }

    /** 128 and a signal's number is what shells and the JVM make of a kill. */
    private static String exitText(int status) {
        int signalBase = 128;
        return status > signalBase && status < signalBase + 65
                ? "killed by signal " + (status - signalBase)
                : "exit status " + status;
    }

    /** Waits until it ends by itself. */
    public int waitFor(long seconds) throws BenchFailure {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new BenchFailure(name + " does not end" + lastLines());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted");
        }
    }

    public String printed() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the end of a message; empty if it printed nothing. */
    public String lastLines() {
        List<String> lines = new ArrayList<>(printed().lines().toList());
        if (lines.isEmpty()) {
            return "";
        }
        return "; it said:\n  "
                + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    /** Asks it to end, and insists. Idempotent. */
    @Override
    public void close() {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }
}
