package dev.weir.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Some CPUs by number, in order. Its text is the kernel's and taskset's: {@code 0-3,6}. */
public record CpuSet(List<Integer> cpus) {
    public CpuSet {
        cpus = List.copyOf(cpus);
    }

    /** @throws IllegalArgumentException if it is no list of CPUs */
    public static CpuSet parse(String text) {
        TreeSet<Integer> cpus = new TreeSet<>();
        for (String part : text.strip().split(",")) {
            String[] ends = part.strip().split("-", 2);
            try {
                int first = Integer.parseInt(ends[0]);
                int last = ends.length == 1 ? first : Integer.parseInt(ends[1]);
                for (int cpu = first; cpu <= last; cpu++) {
                    cpus.add(cpu);
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "' is no list of CPUs such as 0-3,6", e);
            }
        }
        return new CpuSet(List.copyOf(cpus));
    }

    /** Those that this process may use. */
    public static CpuSet allowed() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("Cpus_allowed_list:")) {
                return parse(line.substring(line.indexOf(':') + 1));
            }
        }
        throw new IOException("/proc/self/status names no allowed CPUs");
    }

    public int size() {
        return cpus.size();
    }

    public CpuSet first(int count) {
        return new CpuSet(cpus.subList(0, count));
    }

    public CpuSet last(int count) {
        return new CpuSet(cpus.subList(size() - count, size()));
    }

    public boolean contains(CpuSet other) {
        return cpus.containsAll(other.cpus);
    }

    public boolean overlaps(CpuSet other) {
        return other.cpus.stream().anyMatch(cpus::contains);
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at < cpus.size()) {
            int end = at;
            while (end + 1 < cpus.size() && cpus.get(end + 1) == cpus.get(end) + 1) {
                end++;
            }
            parts.add(end == at ? cpus.get(at).toString() : cpus.get(at) + "-" + cpus.get(end));
            at = end + 1;
        }
        return parts.stream().collect(Collectors.joining(","));
    }
}
