package dev.weir.sample;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks a HAProxy for the values of expressions in one session. The program is the one that {@code WEIR_HAPROXY} names; it must be
 * 3.2 or later. Tests are skipped without one.
 */
public final class HaproxyProbe {
    private static final String MARK = "\u0001";

    private HaproxyProbe() {}

    /** Skips the test if there is none. */
    public static String program() {
        String program = System.getenv("WEIR_HAPROXY");
        assumeTrue(program != null, "WEIR_HAPROXY names no program");
        return program;
    }

    /** @param lines further ones of the frontend */
    public static List<String> ask(String program, Path folder, List<String> lines, List<String> expressions)
            throws Exception {
        int port = FreePort.next();
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, configuration(port, lines, expressions));
        Process process = new ProcessBuilder(program, "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        try (Socket client = connect(process, port)) {
            client.shutdownOutput();
            return values(process, expressions.size());
        } finally {
            process.destroy();
        }
    }

    private static String configuration(int port, List<String> lines, List<String> expressions) {
        StringBuilder format = new StringBuilder();
        for (String expression : expressions) {
            format.append(MARK).append("%[").append(expression).append(']');
        }
        String quoted = "'" + (format + MARK).replace("'", "'\"'\"'") + "'";
        return "global\n nbthread 1\n log stdout len 65535 format raw local0\n tune.bufsize 65536\n"
                + "defaults\n mode tcp\n log global\n retries 0\n timeout client 2s\n timeout server 2s\n"
                + " timeout connect 1s\n"
                + "frontend fe\n bind 127.0.0.1:" + port + " name fe\n " + String.join("\n ", lines) + "\n log-format "
                + quoted + "\n default_backend be\n"
                + "backend be\n server s1 127.0.0.1:1\n server s2 127.0.0.1:2 disabled\n";
    }

    private static Socket connect(Process process, int port) throws IOException, InterruptedException {
        while (true) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException e) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    throw new IOException(
                            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8), e);
                }
            }
        }
    }

    /** Values may hold line feeds; the mark ends them. */
    private static List<String> values(Process process, int count) throws IOException {
        BufferedReader in = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder();
        while (text.chars().filter(c -> c == 1).count() < count + 1) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("HAProxy ended: " + text);
            }
            text.append((char) c);
        }
        String[] parts = text.toString().split(MARK, -1);
        return List.of(parts).subList(1, count + 1);
    }
}
