package dev.weir.sample;

import dev.weir.FreePort;
import dev.weir.sample.HttpCases.Case;
import dev.weir.sample.HttpCases.Exchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Sends one request through a HAProxy, and one response back, and asks for the values of expressions in between: rules keep them in
 * variables, which the log line shows.
 */
final class HaproxyHttpProbe {
    private HaproxyHttpProbe() {}

    /** Values in order; null where there is none. */
    static List<String> ask(String program, Path folder, Exchange exchange) throws Exception {
        try (ServerSocket origin = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            int port = FreePort.next();
            Path file = folder.resolve("haproxy.cfg");
            Files.writeString(file, configuration(port, origin.getLocalPort(), exchange));
            Process process = new ProcessBuilder(program, "-db", "-f", file.toString())
                    .redirectErrorStream(true)
                    .start();
            Thread answering = Thread.ofVirtual().start(() -> answer(origin, exchange));
            try (Socket client = connect(process, port)) {
                client.getOutputStream().write(exchange.request().getBytes(StandardCharsets.ISO_8859_1));
                return values(process, exchange.cases().size());
            } finally {
                process.destroy();
                answering.interrupt();
            }
        }
    }

    private static void answer(ServerSocket origin, Exchange exchange) {
        String response = exchange.response() == null ? "HTTP/1.1 204 No Content\r\n\r\n" : exchange.response();
        try (Socket socket = origin.accept()) {
            BufferedReader in = new BufferedReader(
                    new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
            socket.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            while (in.read() >= 0) {
                // until the proxy has read all and closes
            }
        } catch (IOException e) {
            // The proxy went first: it has what it wanted, or the test says what it lacks.
        }
    }

    private static String configuration(int port, int originPort, Exchange exchange) {
        StringBuilder text = new StringBuilder(
                "global\n nbthread 1\n log stdout len 65535 format raw local0\n" + " tune.bufsize 65536\n");
        exchange.sections().forEach(line -> text.append(line).append('\n'));
        text.append("defaults\n mode http\n log global\n timeout client 2s\n timeout server 2s\n timeout connect 1s\n")
                .append("frontend fe\n bind 127.0.0.1:" + port + " name fe\n");
        exchange.settings().forEach(line -> text.append(' ').append(line).append('\n'));
        String set = exchange.response() == null ? "http-request" : "http-response";
        StringBuilder format = new StringBuilder("%{+json}o");
        if (exchange.response() == null) {
            text.append(" option http-buffer-request\n");
        }
        for (int i = 0; i < exchange.cases().size(); i++) {
            rules(i, exchange.cases().get(i), set, text);
            format.append(" %(v" + i + ")[var(txn.v" + i + ")]");
        }
        text.append(" log-format " + quoted(format.toString()) + "\n default_backend be\n")
                .append("backend be\n server s1 127.0.0.1:" + originPort + "\n");
        return text.toString();
    }

    /** The value is preceded by a digit that says whether there is one. */
    private static void rules(int number, Case line, String set, StringBuilder out) {
        String name = "f" + number;
        String test = line.isTest()
                ? line.testWords().stream().map(HaproxyHttpProbe::quoted).collect(Collectors.joining(" "))
                : quoted(line.expression()) + " -m found";
        String value = line.isTest() ? "1%[acl(" + name + ")]" : "%[acl(" + name + ")]%[" + line.expression() + "]";
        out.append(" acl " + name + ' ' + test + "\n");
        out.append(" " + set + " set-var-fmt(txn.v" + number + ") " + quoted(value) + "\n");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\"'\"'") + "'";
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

    private static List<String> values(Process process, int count) throws IOException {
        BufferedReader in = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder others = new StringBuilder();
        String line = in.readLine();
        while (line != null && !line.startsWith("{\"v0\"")) {
            others.append(line).append('\n');
            line = in.readLine();
        }
        if (line == null) {
            throw new IOException("HAProxy ended: " + others);
        }
        List<String> values = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < count; i++) {
            String key = "\"v" + i + "\": \"";
            at = line.indexOf(key, at) + key.length();
            int end = at;
            while (line.charAt(end) != '"') {
                end += line.charAt(end) == '\\' ? 2 : 1;
            }
            String value = unescaped(line.substring(at, end));
            values.add(value.startsWith("1") ? value.substring(1) : null);
            at = end;
        }
        return values;
    }

    private static String unescaped(String json) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char next = json.charAt(++i);
            switch (next) {
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'u' -> {
                    out.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> out.append(next);
            }
        }
        return out.toString();
    }
}
