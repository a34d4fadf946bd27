package dev.weir.bench.process;

import dev.weir.bench.machine.CpuSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts children on chosen CPUs; on {@link #close}, which the JVM's shutdown calls too, ends all that are left and deletes the folder
 * in which they and their files are. Should the runner be killed outright, the kernel ends them ({@code setpriv --pdeathsig}, where it
 * is installed).
 */
public final class Children implements AutoCloseable {
    private static final Path PARENT_DEATH_SIGNAL = Path.of("/usr/bin/setpriv");
    /** A terminal's Ctrl-C is for the runner alone, which then ends them in order. */
    private static final String OWN_SESSION = "setsid";

    /** For whoever uses them to notice the end, and to write down what there is. */
    private static final int FAREWELL_SECONDS = 20;

    private final Path folder;
    private final List<Child> running = new CopyOnWriteArrayList<>();
    private final Thread atExit = new Thread(this::endAtExit, "children");
    private final CountDownLatch isClosed = new CountDownLatch(1);
    private volatile boolean isStopping;
    private int started;

    /** Makes a folder for them. */
    public Children() throws IOException {
        folder = Files.createTempDirectory("weir-bench");
        makeReadable(folder);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** A worker of nginx may run as another user. */
    private static void makeReadable(Path folder) {
        if (!folder.toFile().setReadable(true, false) || !folder.toFile().setExecutable(true, false)) {
            throw new IllegalStateException("cannot open up " + folder);
        }
    }

    /** Of their output and configurations; goes with them. */
    public Path folder() {
        return folder;
    }

    /** Whether the end has begun: a child that is gone now is no news. */
    public boolean isStopping() {
        return isStopping;
    }

    /** Starts a command on the given CPUs; all that it prints goes to a file. */
    public Child start(String name, CpuSet cpus, List<String> command) throws IOException {
        return start(name, cpus, command, true);
    }

    /** The same, but its standard input and output are for us; the file takes its standard error. */
    public Child startTalking(String name, CpuSet cpus, List<String> command) throws IOException {
        return start(name, cpus, command, false);
    }

    private Child start(String name, CpuSet cpus, List<String> command, boolean isSilent) throws IOException {
        Path log = folder.resolve(name + "-" + ++started + ".log");
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", cpus.toString()));
        pinned.addAll(command);
        List<String> guarded = new ArrayList<>(List.of(OWN_SESSION));
        if (Files.isExecutable(PARENT_DEATH_SIGNAL)) {
            guarded.addAll(List.of(PARENT_DEATH_SIGNAL.toString(), "--pdeathsig", "KILL"));
        }
        guarded.addAll(pinned);
        var builder = new ProcessBuilder(guarded).redirectError(log.toFile());
        if (isSilent) {
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
        }
        Child child = new Child(name, String.join(" ", pinned), builder.start(), log);
        running.add(child);
        if (isStopping) { // and the end may not have seen this one
            stop(child);
            throw new IOException(name + " is no longer started");
        }
        return child;
    }

    /** Ends one that is no longer needed. */
    public void stop(Child child) {
        child.close();
        running.remove(child);
    }

    /** The JVM ends, by Ctrl-C mostly: whoever uses the children sees them go, and gets the time to close us. */
    private void endAtExit() {
        isStopping = true;
        running.forEach(Child::close);
        try {
            if (isClosed.await(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deleteFolder();
    }

    private synchronized void deleteFolder() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("weir bench: " + folder + " is left behind: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        running.forEach(Child::close);
        running.clear();
        deleteFolder();
        if (!isStopping) {
            forgetExit();
        }
        isClosed.countDown();
    }

    private void forgetExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            isStopping = true; // the JVM began to end just now
        }
    }
}
