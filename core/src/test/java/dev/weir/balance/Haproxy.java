package dev.weir.balance;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A HAProxy with one backend for each scenario, asked over UNIX sockets; the PROXY protocol gives it any client address. The
 * program is the one that {@code WEIR_HAPROXY} names, else the one on the PATH.
 */
final class Haproxy implements AutoCloseable {
    private final Process process;
    private final Path folder;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Haproxy(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
        Thread.ofPlatform().daemon().name("haproxy-output").start(this::readLines);
    }

    /** Null if there is none. */
    static String program() {
        String named = System.getenv("WEIR_HAPROXY");
        if (named != null) {
            return named;
        }
        for (String folder : (System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(":")) {
            if (Files.isExecutable(Path.of(folder, "haproxy"))) {
                return folder + "/haproxy";
            }
        }
        return null;
    }

    static double version(String program) throws IOException {
        Process process =
                new ProcessBuilder(program, "-v").redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var matcher = java.util.regex.Pattern.compile("version (\\d+\\.\\d+)").matcher(text);
        if (!matcher.find()) {
            throw new IOException("no version in: " + text);
        }
        return Double.parseDouble(matcher.group(1));
    }

    static Haproxy start(String program, List<Scenario> scenarios) throws Exception {
        return start(program, folder -> config(folder, scenarios));
    }

    /** @param config makes the configuration, which has its sockets, and the one for commands named {@code cli}, in the folder */
    static Haproxy start(String program, Function<Path, String> config) throws Exception {
        Path folder = Files.createTempDirectory("weir-haproxy");
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, config.apply(folder));
        Process process = new ProcessBuilder(program, "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        Haproxy haproxy = new Haproxy(process, folder);
        haproxy.awaitReady();
        return haproxy;
    }

    /** What all configurations begin with. The byte count makes HAProxy write the line at the end of the session, not at its start. */
    static String preamble(Path folder) {
        return "global\n  nbthread 1\n  stats socket " + folder.resolve("cli") + " level admin\n"
                + "  log stdout format raw local0\n"
                + "defaults\n  mode tcp\n  log global\n  log-format \"pick %s %B\"\n  retries 0\n"
                + "  timeout connect 5s\n  timeout client 30s\n  timeout server 30s\n";
    }

    private static String config(Path folder, List<Scenario> scenarios) {
        StringBuilder text = new StringBuilder(preamble(folder));
        for (Scenario scenario : scenarios) {
            String acceptProxy = scenario.addresses.isEmpty() && scenario.ports.isEmpty() ? "" : " accept-proxy";
            text.append("frontend fe_" + scenario.name + "\n  bind unix@" + folder.resolve(scenario.name) + acceptProxy
                    + "\n");
            if (scenario.ports.isEmpty() && !scenario.keys.isEmpty()) {
                // not "balance hash req.payload": when HAProxy balances, the bytes have left the part that fetches see
                text.append("  tcp-request inspect-delay 5s\n"
                        + "  tcp-request content set-var(txn.key) req.payload(0,0) if { req.len gt 0 }\n");
            }
            text.append("  default_backend be_" + scenario.name + "\n");
            text.append(scenario.haproxyBackend());
        }
        return text.toString();
    }

    private void readLines() {
        try (BufferedReader reader = process.inputReader()) {
            String line;
            while ((line = reader.readLine()) != null) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("output ended: " + e);
        }
    }

    private void awaitReady() throws Exception {
        while (!Files.exists(folder.resolve("cli"))) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("HAProxy ended: " + String.join("\n", new ArrayList<>(lines)));
            }
        }
    }

    /** The sequence of servers, as {@link Scenario#ours} writes it. */
    String run(Scenario scenario) throws Exception {
        StringBuilder picks = new StringBuilder();
        for (int i = 0; i < scenario.sessions; i++) {
            if (!scenario.changes.isEmpty() && scenario.changes.get(i) != null) {
                change(scenario, scenario.changes.get(i));
            }
            session(scenario, i);
            picks.append(nextPick());
        }
        return picks.toString();
    }

    private void change(Scenario scenario, String change) throws IOException {
        String[] words = change.split(" ");
        String server = "be_" + scenario.name + "/" + words[1];
        command(
                switch (words[0]) {
                    case "weight" -> "set weight " + server + " " + words[2];
                    default -> words[0] + " server " + server;
                });
    }

    private void command(String command) throws IOException {
        String answer = exchange(folder.resolve("cli"), (command + "\n").getBytes(StandardCharsets.US_ASCII));
        if (!answer.isBlank()) {
            throw new IOException(command + ": " + answer);
        }
    }

    private void session(Scenario scenario, int number) throws IOException {
        byte[] sent = new byte[0];
        if (!scenario.addresses.isEmpty()) {
            sent = proxyHeader(scenario.addresses.get(number), 1000);
        } else if (!scenario.ports.isEmpty()) {
            sent = proxyHeader("11.0.0.1", scenario.ports.get(number));
        } else if (!scenario.keys.isEmpty()) {
            sent = scenario.keys.get(number);
        }
        exchange(folder.resolve(scenario.name), sent);
    }

    private static byte[] proxyHeader(String address, int port) {
        boolean isV6 = address.indexOf(':') >= 0;
        String line =
                "PROXY " + (isV6 ? "TCP6 " : "TCP4 ") + address + (isV6 ? " ::1 " : " 127.0.0.1 ") + port + " 80\r\n";
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    private static String exchange(Path socket, byte[] sent) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(sent));
            ByteBuffer answer = ByteBuffer.allocate(4096);
            try {
                while (channel.read(answer) >= 0 && answer.hasRemaining()) {
                    // until the end
                }
            } catch (IOException e) {
                // reset: an end as well
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        }
    }

    /** A socket of its configuration. */
    Path socket(String name) {
        return folder.resolve(name);
    }

    /** A session that stays. */
    SocketChannel open(String socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(folder.resolve(socket)));
        return channel;
    }

    /** Waits for the end of a session: the server that it was on. */
    char nextPick() throws InterruptedException {
        String line;
        do {
            line = lines.poll(20, TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException("HAProxy did not log the session");
            }
        } while (!line.startsWith("pick "));
        String server = line.split(" ")[1];
        return server.equals("<NOSRV>") ? '-' : (char) ('a' + Integer.parseInt(server.substring(1)) - 1);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
