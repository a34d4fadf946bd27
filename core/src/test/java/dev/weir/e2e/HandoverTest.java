package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code -x} and {@code expose-fd listeners}: a new process takes the listening sockets of one that runs, whichever program either is. */
@DisplayName("handover")
final class HandoverTest {
    private static final int CLIENTS = 4;
    /** Enough that some come at every moment of the change. */
    private static final int ANSWERS_OF_EACH = 200;

    @TempDir
    Path folder;

    private final int port = Peers.freePort();
    private final int otherPort = Peers.freePort();

    private Path configuration(String name, String expose, boolean hasOtherPort) {
        String text = """
                global
                    nbthread 1
                    stats socket @folder@/api level admin @expose@
                defaults
                    mode http
                    timeout client 60s
                    timeout server 60s
                    timeout connect 5s
                frontend fe
                    bind 127.0.0.1:@port@
                    bind @folder@/path mode 600
                    bind "abns@weir-@port@"
                @other@
                    http-request return status 200 content-type text/plain string @name@ hdr connection close
                """.replace("@folder@", folder.toString())
                .replace("@expose@", expose)
                .replace("@port@", Integer.toString(port))
                .replace("@other@", hasOtherPort ? "    bind 127.0.0.1:" + otherPort : "")
                .replace("@name@", name);
        try {
            return Files.writeString(folder.resolve(name + ".cfg"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Weir start(BehaviourEngine engine, Path file, String... more) {
        List<String> command = new ArrayList<>();
        if (engine.isWeir()) {
            command.add(Weir.EXECUTABLE.toString());
        } else {
            assumeTrue(BehaviourEngine.haproxy().isPresent(), "no HAProxy 3.x");
            command.add(BehaviourEngine.haproxy().orElseThrow());
        }
        command.addAll(List.of("-db", "-f", file.toString()));
        command.addAll(List.of(more));
        return Weir.command(folder, Way.BEST, command);
    }

    /** Clients that connect again for each request, and count what does not end with a whole answer. */
    private static final class Connects implements AutoCloseable {
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final AtomicInteger oldAnswers = new AtomicInteger();
        private final AtomicInteger newAnswers = new AtomicInteger();
        private final List<Thread> clients = new ArrayList<>();
        private volatile boolean isOver;

        Connects(int port) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Thread.startVirtualThread(() -> {
                    while (!isOver) {
                        exchange(port);
                    }
                }));
            }
        }

        private void exchange(int port) {
            try {
                String answer = ask(port);
                (answer.endsWith("old") ? oldAnswers : newAnswers).incrementAndGet();
                if (!answer.startsWith("HTTP/1.1 200 ")) {
                    failures.add("answer: " + answer);
                }
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }

        @Override
        public void close() {
            stop();
        }

        private void stop() {
            isOver = true;
            Patience.await().until(() -> clients.stream().noneMatch(Thread::isAlive));
        }
    }

    private static String ask(int port) throws IOException {
        try (Socket socket = Peers.connect(port)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return Peers.rest(socket);
        }
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"WEIR, WEIR", "HAPROXY, WEIR", "WEIR, HAPROXY", "HAPROXY, HAPROXY"})
    void shouldLoseNoConnectionOnTheWayToANewProcess(BehaviourEngine from, BehaviourEngine to) throws Exception {
        Path oldFile = configuration("old", "expose-fd listeners", true);
        Path newFile = configuration("new", "expose-fd listeners", false);
        try (Weir old = start(from, oldFile).listensOn(port);
                Connects connects = new Connects(port)) {
            await(() -> connects.oldAnswers.get() >= ANSWERS_OF_EACH);

            Set<String> sockets = ListeningPorts.inodes(port);
            try (Weir fresh = start(to, newFile, "-x", folder + "/api", "-sf", Long.toString(old.pid()))) {
                await(() -> !old.isAlive() || !fresh.isAlive());
                assumeTrue(!fresh.errors().contains("cannot take over"), "this machine has no io_uring");
                old.exitStatus();
                int before = connects.newAnswers.get();
                await(() -> connects.newAnswers.get() >= before + ANSWERS_OF_EACH);
                connects.stop();

                assertThat(connects.failures).as("%s%n%s", old, fresh).isEmpty();
                assertThat(fresh.errors()).doesNotContain("Failed").doesNotContain("[ALERT]");
                assertThat(ListeningPorts.inodes(port)).as("the old one's").isEqualTo(sockets);
                assertThat(folder.resolve("api")).as("the new process's now").exists();
                assertThat(folder.resolve("path")).exists();
                assertThat(Peers.accepts(otherPort))
                        .as("nobody wants it any more")
                        .isFalse();
            }
        }
    }

    @Test
    void shouldTakeTablesInFilesOver() throws Exception {
        Path file = Files.writeString(folder.resolve("tables.cfg"), """
                global
                    nbthread 1
                    stats socket %1$s/api level admin expose-fd listeners
                defaults
                    mode http
                    timeout client 60s
                    timeout server 60s
                    timeout connect 5s
                frontend fe
                    bind 127.0.0.1:%2$d
                    stick-table type ip size 100 store gpc0 persist %1$s/table
                    http-request track-sc0 src
                    http-request sc-inc-gpc0(0)
                    http-request return status 200 content-type text/plain lf-string "%%[pid] count %%[sc0_get_gpc0]" hdr connection close
                """.formatted(folder, port));
        try (Weir old = start(BehaviourEngine.WEIR, file).listensOn(port)) {
            ask(port);
            assertThat(ask(port)).endsWith(old.pid() + " count 2");

            try (Weir fresh =
                    start(BehaviourEngine.WEIR, file, "-x", folder + "/api", "-sf", Long.toString(old.pid()))) {
                await(() -> !old.isAlive() || !fresh.isAlive());
                assumeTrue(!fresh.errors().contains("cannot take over"), "this machine has no io_uring");

                assertThat(ask(port)).as("%s%n%s", old, fresh).endsWith(fresh.pid() + " count 3");
                try (Weir third = start(BehaviourEngine.WEIR, file)) {
                    assertThat(third.exitStatus()).isEqualTo(1);
                    assertThat(third.errors()).contains("'" + folder + "/table': is in use");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"WEIR, WEIR", "HAPROXY, WEIR", "WEIR, HAPROXY"})
    void shouldNotGiveSocketsAwayWithoutLeave(BehaviourEngine from, BehaviourEngine to) throws Exception {
        Path file = configuration("old", "", false);
        try (Weir old = start(from, file).listensOn(port);
                Weir fresh = start(to, file, "-x", folder + "/api")) {
            assertThat(fresh.exitStatus()).isEqualTo(1);
            assertThat(fresh.errors())
                    .contains("Failed to get the number of sockets to be transferred !")
                    .contains("Failed to get the sockets from the old process!");
            assertThat(ask(port)).endsWith("old");
            assertThat(old.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"WEIR", "HAPROXY"})
    void shouldNotStartIfNobodyIsAtThePath(BehaviourEngine engine) {
        try (Weir fresh = start(engine, configuration("new", "", false), "-x", folder + "/nobody")) {
            assertThat(fresh.exitStatus()).isEqualTo(1);
            assertThat(fresh.errors())
                    .contains("Failed to connect to the old process socket '" + folder + "/nobody'")
                    .contains("Failed to get the sockets from the old process!");
        }
    }

    @Test
    void shouldSayThatNioCannotTakeSockets() {
        Path file = configuration("new", "expose-fd listeners", false);
        try (Weir old = start(BehaviourEngine.WEIR, file).listensOn(port);
                Weir fresh = Weir.command(
                        folder,
                        Way.NIO,
                        List.of(Weir.EXECUTABLE.toString(), "-db", "-f", file.toString(), "-x", folder + "/api"))) {
            assertThat(fresh.exitStatus()).as(old::toString).isEqualTo(1);
            assertThat(fresh.errors()).contains("cannot take over").contains("nio");
            assertThat(Files.exists(folder.resolve("api"))).isTrue();
        }
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Patience.await().until(condition);
    }
}
