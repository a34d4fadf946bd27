package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {
    @TempDir
    Path folder;

    private final NamedServer server = new NamedServer("s");
    private final int port = Peers.freePort();

    @AfterEach
    void closeServer() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void shouldStopAtOnceWithStatusZero(String signal) throws IOException {
        try (var weir = run();
                Socket client = connected()) {
            weir.signal(signal);

            assertThat(weir.exitStatus()).as(weir::toString).isZero();
            assertThat(client.isConnected()).isTrue();
            assertThat(Peers.accepts(port)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void shouldStopWithStatus130WhereHaproxyWouldHaveAMaster(String signal) {
        try (var weir = run("-W")) {
            weir.signal(signal);

            assertThat(weir.exitStatus()).as(weir::toString).isEqualTo(130);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFinishRunningConnectionsBeforeASoftStop(Way way) throws IOException {
        Configurations.file(folder, Configurations.tcp(port, server));
        try (var weir = Weir.start(folder, way, "-db", "-f", "haproxy.cfg").listensOn(port);
                Socket client = connected()) {
            weir.signal("USR1");
            Patience.await().until(() -> !Peers.accepts(port));

            assertThat(Peers.echo(client, "still here")).isEqualTo("still here");
            assertThat(weir.isAlive()).isTrue();

            client.shutdownOutput();
            assertThat(Peers.rest(client)).isEmpty();
            assertThat(weir.exitStatus()).as(weir::toString).isZero();
        }
    }

    @Test
    void shouldEndASoftStopAtOnceOnSigterm() throws IOException {
        try (var weir = run();
                Socket client = connected()) {
            weir.signal("USR1");
            Patience.await().until(() -> !Peers.accepts(port));

            weir.signal("TERM");

            assertThat(weir.exitStatus()).as(weir::toString).isZero();
            assertThat(client.isConnected()).isTrue();
        }
    }

    /** It stands in nobody's input or output then, and finds its client closed when it goes on. */
    @ParameterizedTest
    @EnumSource
    void shouldStopWhileARequestWaitsForAnotherAttempt(Way way) throws IOException {
        Configurations.file(folder, """
                defaults
                    mode http
                    timeout connect 60s
                    timeout client 60s
                    timeout server 60s
                    retries 1000
                listen fe
                    bind 127.0.0.1:%d
                    stats uri /stats
                    server s 127.0.0.1:%d
                """.formatted(port, Peers.freePort()));
        try (var weir = Weir.start(folder, way, "-db", "-f", "haproxy.cfg").listensOn(port);
                Socket client = Peers.connect(port)) {
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
            Patience.await().until(() -> attempts() > 0);

            weir.signal("TERM");

            assertThat(weir.exitStatus()).as(weir::toString).isZero();
        }
    }

    /** How often a connection to the server was tried once more, says the statistics' column {@code wretr}. */
    private int attempts() throws IOException {
        try (InputStream page =
                URI.create("http://127.0.0.1:" + port + "/stats;csv").toURL().openStream()) {
            return new String(page.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("fe,s,"))
                    .mapToInt(line -> Integer.parseInt(line.split(",")[15]))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void shouldWriteItsProcessIdToTheFile() throws IOException {
        try (var weir = run("-p", "weir.pid")) {
            // It listens before it says so.
            Patience.await()
                    .untilAsserted(() ->
                            assertThat(folder.resolve("weir.pid")).content().isEqualTo(weir.pid() + "\n"));
        }
    }

    private Weir run(String... options) {
        Configurations.file(folder, Configurations.tcp(port, server));
        String[] arguments = new String[options.length + 3];
        System.arraycopy(options, 0, arguments, 0, options.length);
        arguments[options.length] = "-db";
        arguments[options.length + 1] = "-f";
        arguments[options.length + 2] = "haproxy.cfg";
        return Weir.start(folder, arguments).listensOn(port);
    }

    /** A connection that has reached the server. */
    private Socket connected() throws IOException {
        Socket client = Peers.connect(port);
        assertThat(client.getInputStream().read()).isEqualTo('s');
        return client;
    }
}
