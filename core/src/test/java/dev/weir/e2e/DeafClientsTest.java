package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients of the runtime API that ask for megabytes and read nothing of them: answers wait for their readers, so that a process
 * whose heap has room for a few of them outlives all.
 */
@DisplayName("clients of the runtime API that do not read")
final class DeafClientsTest {
    private static final String HEAP = "-Xmx64m";
    /** With keys of a thousand bytes: {@code show table} has ten million. */
    private static final int ENTRIES = 10_000;

    private static final int PROXIES = 300;
    private static final int EXCHANGES = 50;
    private static final String[] QUESTIONS = {"show table fe", "show stat json", "show stat desc", "dump stats-file"};
    private static final int CLIENTS_EACH = 8;
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket %s mode 600 level admin
                stats timeout 2s
                stats maxconn 40
            defaults base
                mode http
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:%d
                stick-table type string len 1024 size 10k expire 1h store gpc0
                http-request track-sc0 req.hdr(x-key)
                http-request return status 200
            """;

    @TempDir
    Path folder;

    private final int port = FreePort.next();

    private Weir start(Way way) throws IOException {
        var text = new StringBuilder(CONFIGURATION.formatted(folder.resolve("api"), port));
        for (int i = 0; i < PROXIES; i++) {
            text.append("backend b%1$d\n    guid b%1$d\n    server s1 127.0.0.1:1\n".formatted(i));
        }
        Files.writeString(folder.resolve("haproxy.cfg"), text);
        String options = "WEIR_JAVA_OPTS=" + HEAP + " " + way.options();
        return Weir.command(
                        folder, way, List.of("env", options, Weir.EXECUTABLE.toString(), "-db", "-f", "haproxy.cfg"))
                .listensOn(port);
    }

    private SocketChannel ask(String line) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(folder.resolve("api")));
        channel.write(bytes(line + "\n"));
        return channel;
    }

    private String answer(String line) throws IOException {
        try (var channel = ask(line)) {
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Says more and more without reading, until the other side has had enough. */
    private static void awaitEnd(SocketChannel channel) {
        ByteBuffer more = bytes("x".repeat(1024));
        try (channel) {
            while (true) {
                channel.write(more.rewind());
            }
        } catch (IOException e) {
            return; // it has closed
        }
    }

    private static String request(String key, boolean isLast) {
        return "GET / HTTP/1.1\r\nHost: a\r\nx-key: " + key + "\r\n" + (isLast ? "Connection: close\r\n\r\n" : "\r\n");
    }

    /** One connection; the requests do not wait for their responses. */
    private void fillTable() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread writer = Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 1; i <= ENTRIES; i++) {
                        String request = request("%01000d".formatted(i), i == ENTRIES);
                        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                    }
                } catch (IOException e) {
                    throw new AssertionError("the requests were not taken", e);
                }
            });
            InputStream in = socket.getInputStream();
            byte[] block = new byte[65536];
            while (in.read(block) >= 0) {
                assertThat(socket.isConnected()).isTrue();
            }
            writer.join();
        }
    }

    private void exchange() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(bytes(request("0", true)).array());
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldWaitForTheirReadersAndEndThoseThatDoNotRead(Way way) throws Exception {
        try (Weir weir = start(way)) {
            fillTable();
            List<Thread> clients = new ArrayList<>();
            for (String question : QUESTIONS) {
                for (int i = 0; i < CLIENTS_EACH; i++) {
                    SocketChannel channel = ask(question);
                    clients.add(Thread.ofPlatform().daemon().start(() -> awaitEnd(channel)));
                }
            }

            for (int i = 0; i < EXCHANGES; i++) {
                exchange();
            }
            for (Thread client : clients) {
                client.join();
            }

            assertThat(answer("show table fe").lines().filter(row -> row.contains("key=0")))
                    .hasSizeGreaterThanOrEqualTo(ENTRIES);
            assertThat(answer("show stat").lines().filter(row -> row.startsWith("b299,")))
                    .hasSize(2);
            assertThat(weir.isAlive()).as(weir.toString()).isTrue();
        }
    }
}
