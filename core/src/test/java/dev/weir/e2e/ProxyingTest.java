package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProxyingTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldSendConnectionsToTheServersInTurn(Way way) throws IOException {
        int port = Peers.freePort();
        try (var first = new NamedServer("first");
                var second = new NamedServer("second");
                var weir = run(way, Configurations.tcp(port, first, second))) {
            weir.listensOn(port);

            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                answers.add(Peers.whoAnswers(port));
            }

            // not exactly in half: the connection that found the port open may take its turn among these
            assertThat(answers).filteredOn("first"::equals).hasSizeBetween(2, 4);
            assertThat(answers).filteredOn("second"::equals).hasSizeBetween(2, 4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldForwardEveryByteBothWaysAndPassOnTheEnd(Way way) throws Exception {
        int port = Peers.freePort();
        byte[] sent = new byte[3_000_000];
        new Random(7).nextBytes(sent);
        try (var server = new NamedServer("x");
                var weir = run(way, Configurations.tcp(port, server));
                Socket client = Peers.connect(weir.listensOn(port).isAlive() ? port : 0)) {
            Thread sender = Thread.startVirtualThread(() -> send(client, sent));

            byte[] received = client.getInputStream().readAllBytes();

            sender.join();
            assertThat(received).hasSize(sent.length + 1).startsWith('x').endsWith(sent[sent.length - 1]);
            assertThat(java.util.Arrays.mismatch(sent, 0, sent.length, received, 1, received.length))
                    .isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRunFromOneLineWithoutAFile(Way way) throws IOException {
        int port = Peers.freePort();
        try (var server = new NamedServer("only");
                var weir = Weir.start(
                        folder, way, "--listen", "127.0.0.1:" + port, "--to", "127.0.0.1:" + server.port())) {
            weir.listensOn(port);

            assertThat(Peers.whoAnswers(port)).isEqualTo("only");
        }
    }

    /** Names, checks and logs need descriptors, too, however few connections are allowed. */
    @ParameterizedTest
    @EnumSource
    void shouldLeaveAHigherLimitOfOpenFilesAsItIs(Way way) throws IOException {
        int port = Peers.freePort();
        try (var server = new NamedServer("only");
                var weir = run(way, "global\n    maxconn 5\n" + Configurations.tcp(port, server))) {
            weir.listensOn(port);

            assertThat(openFiles(Long.toString(weir.pid()))).isEqualTo(openFiles("self"));
        }
    }

    /** The soft limit of a process. */
    private static String openFiles(String pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", pid, "limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split("\\s{2,}")[1])
                .findFirst()
                .orElseThrow();
    }

    private Weir run(Way way, String configuration) {
        Configurations.file(folder, configuration);
        return Weir.start(folder, way, "-db", "-f", "haproxy.cfg");
    }

    private static void send(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
            client.shutdownOutput();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(new String("sending".getBytes(UTF_8), UTF_8), e);
        }
    }
}
