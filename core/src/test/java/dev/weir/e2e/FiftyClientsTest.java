package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.FreePort;
import dev.weir.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fifty clients of the runtime API at once, each of which misbehaves in its way: traffic goes on, and nothing is left of them. */
@DisplayName("fifty clients of the runtime API")
final class FiftyClientsTest {
    private static final int CLIENTS_EACH = 5;
    private static final int COMMANDS = 10_000;
    private static final int EXCHANGES = 100;
    /** What the process may open for itself meanwhile. */
    private static final int FILES_MORE = 10;

    private static final long BYTES_MAX = 64L << 20;
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket %s mode 600 level admin
                stats socket 127.0.0.1:%d level admin
                stats timeout 10s
                stats maxconn 60
            defaults
                mode http
                timeout client 60s
                timeout server 60s
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:%d
                http-request return status 200
            backend be
                server s1 127.0.0.1:1
            """;

    @TempDir
    Path folder;

    private final int port = FreePort.next();
    private final int apiPort = FreePort.next();
    private final CountDownLatch trafficIsOver = new CountDownLatch(1);
    private final AtomicInteger answers = new AtomicInteger();

    @FunctionalInterface
    private interface Client {
        void talk() throws IOException, InterruptedException;
    }

    private List<Client> kinds() {
        return List.of(
                () -> awaitEnd("set server be/s1 st"),
                () -> awaitEnd(""),
                () -> sendWithoutEnd("", "x".repeat(65536)),
                () -> sendWithoutEnd("add map #0 <<\n", "/key value\n".repeat(5000)),
                this::readNothing,
                this::resetInAnAnswer,
                this::sendCommandsAtOnce,
                () -> hold("wait 1000000000\n"),
                () -> hold("wait 1000000000 srv-removable be/s1\n"),
                () -> awaitEnd("\0\1\2\3 \\ \" ' \u007f;;;" + "show".repeat(1000)));
    }

    private SocketChannel open() throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(folder.resolve("api")));
        return channel;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Half a command, or none: the time limit ends it. */
    private void awaitEnd(String text) throws IOException {
        try (var channel = open()) {
            channel.write(bytes(text));
            while (isOpen(channel)) {
                assertThat(channel.isOpen()).isTrue();
            }
        }
    }

    private static boolean isOpen(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(4096)) >= 0;
        } catch (IOException e) {
            return false; // it has closed, and left something unread
        }
    }

    private void sendWithoutEnd(String start, String more) throws IOException {
        try (var channel = open()) {
            channel.write(bytes(start));
            for (long sent = 0; sent < BYTES_MAX; sent += more.length()) {
                if (!isTaken(channel, more)) {
                    return;
                }
            }
            throw new AssertionError("it takes everything");
        }
    }

    private static boolean isTaken(SocketChannel channel, String more) {
        try {
            channel.write(bytes(more));
            return true;
        } catch (IOException e) {
            return false; // it has closed
        }
    }

    private void readNothing() throws IOException, InterruptedException {
        try (var channel = open()) {
            channel.write(bytes("show stat json;".repeat(1000) + "\n"));
            trafficIsOver.await();
        }
    }

    private void resetInAnAnswer() throws IOException {
        try (var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), apiPort))) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.write(bytes("show stat json;".repeat(1000) + "\n"));
            assertThat(channel.read(ByteBuffer.allocate(10))).isPositive();
        }
    }

    /** More than fits in any buffer: who reads gets an answer to each. */
    private void sendCommandsAtOnce() throws IOException, InterruptedException {
        try (var channel = open()) {
            Thread writer = Thread.ofPlatform().daemon().start(() -> {
                try {
                    channel.write(bytes("prompt i\n" + "get weight be/s1\n".repeat(COMMANDS) + "quit\n"));
                } catch (IOException e) {
                    throw new AssertionError("the commands were not taken", e);
                }
            });
            String all = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
            writer.join();
            answers.addAndGet((int) all.lines().filter("1 (initial 1)"::equals).count());
        }
    }

    private void hold(String command) throws IOException, InterruptedException {
        try (var channel = open()) {
            channel.write(bytes(command));
            trafficIsOver.await();
        }
    }

    private void exchange() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(bytes("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                            .array());
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    private static long openFiles(Weir weir) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(weir.pid()), "fd"))) {
            return files.count();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotDisturbTrafficAndLeaveNothingBehind(Way way) throws Exception {
        Configurations.file(folder, CONFIGURATION.formatted(folder.resolve("api"), apiPort, port));
        List<Throwable> failures = new ArrayList<>();
        try (Weir weir = Weir.start(folder, way, "-db", "-f", "haproxy.cfg")) {
            weir.listensOn(port);
            exchange();
            long before = openFiles(weir);
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS_EACH; i++) {
                for (Client kind : kinds()) {
                    clients.add(Thread.ofPlatform().daemon().start(() -> {
                        try {
                            kind.talk();
                        } catch (IOException | InterruptedException | AssertionError e) {
                            synchronized (failures) {
                                failures.add(e);
                            }
                        }
                    }));
                }
            }

            for (int i = 0; i < EXCHANGES; i++) {
                exchange();
            }
            trafficIsOver.countDown();
            for (Thread client : clients) {
                client.join();
            }

            assertThat(failures).isEmpty();
            assertThat(answers).hasValue(CLIENTS_EACH * COMMANDS);
            Patience.await().untilAsserted(() -> assertThat(openFiles(weir)).isLessThan(before + FILES_MORE));
            assertThat(weir.isAlive()).as(weir.toString()).isTrue();
        }
    }
}
