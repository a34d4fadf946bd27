package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.FreePort;
import dev.weir.bridge.kernel.Kernel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that ask for more and more and read nothing: what is put together for them waits for its reader without memory of its
 * own, so that a process whose memory for messages would do for a few of them serves the others.
 */
@DisplayName("HTTP clients that do not read")
final class DeafHttpClientsTest {
    /** Blocks of io_uring's loops are not counted in it. */
    private static final String OPTIONS = "WEIR_JAVA_OPTS=-Dweir.transport=uring -XX:MaxDirectMemorySize=8m";

    private static final int CLIENTS = 200;
    private static final int PAGE_BYTES = 12_000;
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String CONFIGURATION = """
            global
                nbthread 1
            defaults
                mode http
                timeout client 3s
                timeout server 20s
                timeout connect 5s
            frontend origin
                bind 127.0.0.1:%1$d
                http-request return status 200 content-type text/plain file page.txt
            frontend edge
                bind 127.0.0.1:%2$d
                default_backend origin
            backend origin
                http-reuse always
                server s1 127.0.0.1:%1$d
            """;

    @TempDir
    Path folder;

    private final int origin = FreePort.next();
    private final int edge = FreePort.next();

    private Weir start() throws IOException {
        Files.writeString(folder.resolve("page.txt"), "p".repeat(PAGE_BYTES));
        Files.writeString(folder.resolve("haproxy.cfg"), CONFIGURATION.formatted(origin, edge));
        return Weir.command(
                        folder,
                        Way.BEST,
                        List.of("env", OPTIONS, Weir.EXECUTABLE.toString(), "-db", "-f", "haproxy.cfg"))
                .listensOn(edge);
    }

    /** Asks more and more, until the proxy has waited for its reader long enough. */
    private void askUntilItEnds(int port) {
        ByteBuffer requests = ByteBuffer.wrap(REQUEST.repeat(40).getBytes(StandardCharsets.US_ASCII));
        try (SocketChannel channel = SocketChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            while (true) {
                channel.write(requests.rewind());
            }
        } catch (IOException e) {
            return; // it has closed
        }
    }

    private void exchange(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String last = REQUEST.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
            socket.getOutputStream().write(last.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 ")
                    .hasSizeGreaterThan(PAGE_BYTES);
        }
    }

    @Test
    void shouldNotBeHeldInMemoryWhileTheOthersAreServed() throws Exception {
        assumeThat(Kernel.refusal()).isNull();
        try (Weir weir = start()) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int port = i % 2 == 0 ? edge : origin;
                clients.add(Thread.ofPlatform().daemon().start(() -> askUntilItEnds(port)));
            }

            for (Thread client : clients) {
                exchange(edge);
                client.join();
            }

            assertThat(weir.isAlive()).isTrue();
            assertThat(weir.toString()).doesNotContain("internal error");
        }
    }
}
