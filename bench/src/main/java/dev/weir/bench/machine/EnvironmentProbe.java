package dev.weir.bench.machine;

import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.Transports;
import dev.weir.report.data.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Fills in {@link Environment}. */
public final class EnvironmentProbe {
    /** A report that is measured anew changes no program. */
    private static final List<String> REPORTS_LEFT_OUT =
            List.of(":(exclude,glob)perf-reports/*/*", ":(exclude,glob)perf-reports/*/data/**");

    private static final Path SYSCTLS = Path.of("/proc/sys");
    private static final String[] SETTINGS = {
        "net/ipv4/tcp_congestion_control",
        "net/core/somaxconn",
        "net/ipv4/tcp_max_syn_backlog",
        "net/ipv4/ip_local_port_range",
        "net/ipv4/tcp_tw_reuse",
        "net/ipv4/tcp_rmem",
        "net/ipv4/tcp_wmem",
        "kernel/io_uring_disabled"
    };

    private EnvironmentProbe() {}

    /** @param root the project's folder */
    public static Environment look(Path root, CpuSet cpus) throws IOException {
        return new Environment(
                field(Path.of("/proc/cpuinfo"), "model name", System.getProperty("os.arch")),
                cpus.size(),
                Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal", "0").split(" ")[0]) / 1024,
                line(Path.of("/proc/sys/kernel/osrelease")) + " " + line(Path.of("/proc/sys/kernel/version")),
                virtualization(),
                governor(),
                mitigations(),
                settings(),
                ioUring(),
                Runtime.version() + " " + System.getProperty("java.vendor"),
                commit(root));
    }

    /** In one read: the kernel gives a setting only whole. */
    private static String line(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = reader.readLine();
            return line == null ? "" : line.strip();
        }
    }

    private static String field(Path file, String key, String otherwise) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(key)) {
                return line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return otherwise;
    }

    private static String virtualization() throws IOException {
        String detected = output("systemd-detect-virt");
        if (!detected.isEmpty()) {
            return detected;
        }
        boolean isGuest = field(Path.of("/proc/cpuinfo"), "flags", "").matches(".*\\bhypervisor\\b.*");
        return isGuest ? "a virtual machine" : "none";
    }

    private static String governor() throws IOException {
        Path file = Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
        return Files.isReadable(file) ? line(file) : "not visible";
    }

    private static Map<String, String> mitigations() throws IOException {
        Map<String, String> all = new TreeMap<>();
        Path folder = Path.of("/sys/devices/system/cpu/vulnerabilities");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    String state = line(file);
                    if (!state.equals("Not affected")) {
                        all.put(file.getFileName().toString(), state);
                    }
                }
            }
        }
        return all;
    }

    private static Map<String, String> settings() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (String name : SETTINGS) {
            Path file = SYSCTLS.resolve(name);
            if (Files.isReadable(file)) {
                all.put(name.replace('/', '.'), line(file).replace('\t', ' '));
            }
        }
        return all;
    }

    private static String ioUring() {
        try (var transport = Transports.open(Transports.Choice.URING, new TransportOptions())) {
            return transport.description();
        } catch (TransportException e) {
            return "not available: " + e.getMessage();
        }
    }

    private static String commit(Path root) {
        String commit = output("git", "-C", root.toString(), "rev-parse", "--short=12", "HEAD");
        if (commit.isEmpty()) {
            return "unknown";
        }
        List<String> status = new ArrayList<>(
                List.of("git", "-C", root.toString(), "status", "--porcelain", "--untracked-files=no", "--", "."));
        status.addAll(REPORTS_LEFT_OUT);
        String changes = output(status.toArray(String[]::new));
        return changes.isEmpty() ? commit : commit + "-dirty";
    }

    /** What a command prints; empty if there is no such command or it fails. */
    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes()).strip();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? text : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
