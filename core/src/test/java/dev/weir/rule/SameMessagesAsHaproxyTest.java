package dev.weir.rule;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.FreePort;
import dev.weir.sample.HaproxyProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cases of {@code messages.txt} on a HAProxy between a real client and a real origin. Skipped without one. */
class SameMessagesAsHaproxyTest {
    private static final int TIMEOUT_MS = 20_000;

    @TempDir
    Path folder;

    @Test
    void shouldMakeOfMessagesWhatHaproxyMakesOfThem() throws Exception {
        String program = HaproxyProbe.program();
        List<MessageCase> cases = MessageCase.all();
        List<Integer> ports = IntStream.range(0, cases.size())
                .map(i -> FreePort.next())
                .boxed()
                .toList();
        try (ServerSocket origin = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Path file = folder.resolve("haproxy.cfg");
            Files.writeString(file, configuration(cases, ports, origin.getLocalPort()));
            Process process = new ProcessBuilder(program, "-db", "-f", file.toString())
                    .redirectErrorStream(true)
                    .start();
            try {
                SoftAssertions softly = new SoftAssertions();
                for (int i = 0; i < cases.size(); i++) {
                    if (cases.get(i).difference().isEmpty()) {
                        check(cases.get(i), connect(process, ports.get(i)), origin, softly);
                    }
                }
                softly.assertAll();
            } finally {
                process.destroy();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static String configuration(List<MessageCase> cases, List<Integer> ports, int origin) {
        StringBuilder text = new StringBuilder("global\n nbthread 1\ndefaults\n mode http\n timeout client 20s\n"
                + " timeout server 20s\n timeout connect 5s\n");
        for (int i = 0; i < cases.size(); i++) {
            text.append("listen l")
                    .append(i)
                    .append("\n bind 127.0.0.1:")
                    .append(ports.get(i))
                    .append('\n');
            for (String rule : cases.get(i).rules()) {
                text.append(' ').append(rule).append('\n');
            }
            text.append(" server s 127.0.0.1:").append(origin).append('\n');
        }
        return text.toString();
    }

    private static Socket connect(Process process, int port) throws IOException, InterruptedException {
        while (true) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException e) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    throw new IOException(new String(process.getInputStream().readAllBytes(), ISO_8859_1), e);
                }
            }
        }
    }

    /** An origin is accepted by the proxy only if the request gets there. */
    private static void check(MessageCase wanted, Socket client, ServerSocket origin, SoftAssertions softly)
            throws Exception {
        try (client) {
            client.setSoTimeout(TIMEOUT_MS);
            CompletableFuture<String> seen = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> serve(wanted, origin, seen));
            client.getOutputStream().write(crlf(wanted.request()).getBytes(ISO_8859_1));
            String response = message(client);
            if (!wanted.expectedResponse().isEmpty()) {
                softly.assertThat(response.strip())
                        .as(wanted.toString())
                        .isEqualTo(wanted.expectedResponse().strip());
            }
            if (!wanted.expectedRequest().isEmpty()) {
                softly.assertThat(seen.get(TIMEOUT_MS, TimeUnit.MILLISECONDS))
                        .as(wanted.toString())
                        .isEqualTo(wanted.expectedRequest());
            }
            if (!seen.isDone()) {
                new Socket(InetAddress.getLoopbackAddress(), origin.getLocalPort()).close(); // frees the one that waits
                seen.handle((head, failure) -> head).get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static void serve(MessageCase wanted, ServerSocket origin, CompletableFuture<String> seen) {
        try (Socket server = origin.accept()) {
            server.setSoTimeout(TIMEOUT_MS);
            String head = message(server);
            seen.complete(head); // before the client can have an answer
            server.getOutputStream().write(crlf(wanted.response()).getBytes(ISO_8859_1));
        } catch (IOException e) {
            seen.completeExceptionally(e);
        }
    }

    private static String crlf(String head) {
        return head.replace("\n", "\r\n") + "\r\n\r\n";
    }

    /** Head and body, without the empty line if there is no body. */
    private static String message(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        int end;
        while ((end = text.indexOf("\r\n\r\n")) < 0) {
            text.append((char) octet(socket));
        }
        int body = 0;
        for (String line : text.toString().split("\r\n")) {
            if (line.startsWith("content-length: ")) {
                body = Integer.parseInt(line.substring("content-length: ".length()));
            }
        }
        for (int i = 0; i < body; i++) {
            text.append((char) octet(socket));
        }
        String head = text.substring(0, end).replace("\r\n", "\n");
        return body == 0 ? head : head + "\n\n" + text.substring(end + 4);
    }

    private static int octet(Socket socket) throws IOException {
        int octet = socket.getInputStream().read();
        if (octet < 0) {
            throw new IOException("closed too early");
        }
        return octet;
    }
}
