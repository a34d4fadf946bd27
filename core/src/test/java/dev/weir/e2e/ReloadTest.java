package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReloadTest {
    @TempDir
    Path folder;

    private final NamedServer before = new NamedServer("b");
    private final NamedServer after = new NamedServer("a");
    private final int port = Peers.freePort();

    @AfterEach
    void closeServers() throws IOException {
        before.close();
        after.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"USR2", "HUP"})
    void shouldTakeANewFileAndKeepConnections(String signal) throws IOException {
        try (var weir = run(Way.BEST);
                Socket client = connected()) {
            reload(weir, signal, Configurations.tcp(port, after));

            assertThat(Peers.echo(client, "kept")).isEqualTo("kept");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldOpenAndClosePorts(Way way) throws IOException {
        int otherPort = Peers.freePort();
        try (var weir = run(way);
                Socket client = connected()) {
            Configurations.file(folder, Configurations.tcp(otherPort, after));
            weir.signal("USR2").listensOn(otherPort);

            Patience.await().until(() -> !Peers.accepts(port));
            assertThat(Peers.whoAnswers(otherPort)).isEqualTo("a");
            assertThat(Peers.echo(client, "kept")).isEqualTo("kept");
        }
    }

    @Test
    void shouldChangeNothingWhenTheNewFileIsBroken() throws IOException {
        try (var weir = run(Way.BEST);
                Socket client = connected()) {
            Configurations.file(folder, Configurations.tcp(port, after) + "    nonsense here\n");
            weir.signal("USR2").says("nonsense");

            assertThat(Peers.whoAnswers(port)).isEqualTo("b");
            assertThat(Peers.echo(client, "kept")).isEqualTo("kept");

            reload(weir, "USR2", Configurations.tcp(port, after));
        }
    }

    @Test
    void shouldChangeNothingWhenANewPortIsTaken() throws IOException {
        try (var weir = run(Way.BEST)) {
            Configurations.file(folder, Configurations.tcp(after.port(), after));
            weir.signal("USR2").says("cannot bind");

            assertThat(Peers.whoAnswers(port)).isEqualTo("b");
        }
    }

    private Weir run(Way way) {
        Configurations.file(folder, Configurations.tcp(port, before));
        return Weir.start(folder, way, "-db", "-f", "haproxy.cfg").listensOn(port);
    }

    private void reload(Weir weir, String signal, String text) {
        Configurations.file(folder, text);
        weir.signal(signal);
        Patience.await().untilAsserted(() -> assertThat(Peers.whoAnswers(port)).isEqualTo("a"));
    }

    private Socket connected() throws IOException {
        Socket client = Peers.connect(port);
        assertThat(client.getInputStream().read()).isEqualTo('b');
        return client;
    }
}
