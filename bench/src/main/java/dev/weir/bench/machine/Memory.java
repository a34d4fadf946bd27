package dev.weir.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Memory of a process with its children, and of the kernel. In bytes.
 *
 * @param proportional PSS: pages that are shared count in parts
 * @param slab of the kernel, all of the machine: sockets, files, their bookkeeping
 * @param sockets pages in sockets' buffers, all of the machine
 */
public record Memory(long proportional, long slab, long sockets) {
    private static final long KILO = 1024;
    private static final long PAGE = 4096;

    public static Memory of(ProcessHandle process) throws IOException {
        long pss = 0;
        for (ProcessHandle one : family(process)) {
            pss += kilobytes(Path.of("/proc", Long.toString(one.pid()), "smaps_rollup"), "Pss:") * KILO;
        }
        return new Memory(pss, slabBytes(), socketPages() * PAGE);
    }

    /** Without a process. */
    public static Memory ofKernel() throws IOException {
        return new Memory(0, slabBytes(), socketPages() * PAGE);
    }

    private static long slabBytes() throws IOException {
        return kilobytes(Path.of("/proc/meminfo"), "Slab:") * KILO;
    }

    /** Pages that are in memory now. */
    public static long resident(ProcessHandle process) throws IOException {
        return status(process, "VmRSS:");
    }

    /** The most that {@link #resident} has been, the sum over the processes. */
    public static long residentPeak(ProcessHandle process) throws IOException {
        return status(process, "VmHWM:");
    }

    private static long status(ProcessHandle process, String key) throws IOException {
        long sum = 0;
        for (ProcessHandle one : family(process)) {
            sum += kilobytes(Path.of("/proc", Long.toString(one.pid()), "status"), key) * KILO;
        }
        return sum;
    }

    private static Iterable<ProcessHandle> family(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    private static long kilobytes(Path file, String key) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(key)) {
                return Long.parseLong(line.substring(key.length()).strip().split(" ")[0]);
            }
        }
        throw new IOException(file + " has no line " + key);
    }

    private static long socketPages() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/net/sockstat"))) {
            if (line.startsWith("TCP:")) {
                return Long.parseLong(
                        line.substring(line.indexOf(" mem ") + " mem ".length()).strip());
            }
        }
        throw new IOException("/proc/net/sockstat has no line of TCP");
    }
}
