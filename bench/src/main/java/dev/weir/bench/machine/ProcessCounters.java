package dev.weir.bench.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process, its children and all their threads have used so far.
 *
 * @param cpuNs run time by {@code schedstat}, to the nanosecond
 * @param tickedNs the same by {@code stat}, in ticks of 10 ms, which also counts threads that have ended
 * @param contextSwitches of both kinds
 */
public record ProcessCounters(long cpuNs, long tickedNs, long contextSwitches) {
    private static final ProcessCounters NONE = new ProcessCounters(0, 0, 0);
    private static final long TICK_NS = 10_000_000;
    private static final int UTIME = 11;
    private static final int STIME = 12;

    /** A process that has ended counts as nothing: who cares asks whether it lives. */
    public static ProcessCounters of(ProcessHandle process) throws IOException {
        ProcessCounters sum = NONE;
        for (ProcessHandle one :
                Stream.concat(Stream.of(process), process.descendants()).toList()) {
            sum = sum.plus(ofOne(Path.of("/proc", Long.toString(one.pid()))));
        }
        return sum;
    }

    private static ProcessCounters ofOne(Path folder) throws IOException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(folder.resolve("task"))) {
            long cpuNs = 0;
            long switches = 0;
            for (Path thread : threads) {
                cpuNs += runTime(thread);
                switches += switches(thread);
            }
            return new ProcessCounters(cpuNs, ticked(folder), switches);
        } catch (NoSuchFileException e) {
            return NONE;
        }
    }

    private static long runTime(Path thread) throws IOException {
        String text = readUnlessGone(thread.resolve("schedstat"));
        return text.isEmpty() ? 0 : Long.parseLong(text.substring(0, text.indexOf(' ')));
    }

    private static long switches(Path thread) throws IOException {
        long sum = 0;
        for (String line : readUnlessGone(thread.resolve("status")).split("\n")) {
            if (line.contains("voluntary_ctxt_switches:")) {
                sum += Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return sum;
    }

    private static long ticked(Path folder) throws IOException {
        String text = readUnlessGone(folder.resolve("stat"));
        if (text.isEmpty()) {
            return 0;
        }
        String[] words = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(words[UTIME]) + Long.parseLong(words[STIME])) * TICK_NS;
    }

    /** Threads come and go while we look. A read of one that just went fails as any read can. */
    private static String readUnlessGone(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            if (Files.exists(file.getParent())) {
                throw e;
            }
            return "";
        }
    }

    private ProcessCounters plus(ProcessCounters other) {
        return new ProcessCounters(
                cpuNs + other.cpuNs, tickedNs + other.tickedNs, contextSwitches + other.contextSwitches);
    }

    /** By schedstat, unless threads that ended since then took what they had used with them. */
    public double cpuSecondsSince(ProcessCounters before) {
        long precise = cpuNs - before.cpuNs;
        long whole = tickedNs - before.tickedNs - 2 * TICK_NS;
        return Math.max(precise, whole) / 1e9;
    }

    public long contextSwitchesSince(ProcessCounters before) {
        return Math.max(0, contextSwitches - before.contextSwitches);
    }
}
