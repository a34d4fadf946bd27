package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoTest {
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
    private static final Pattern NAME = Pattern.compile("origin-\\d");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldBalanceOverThreeOriginsAndEndCleanly(Way way) {
        try (var weir = Weir.start(folder, way, "demo")) {
            int port = port(weir);
            Set<String> servers = new HashSet<>();

            Patience.await().until(() -> {
                servers.add(server(port));
                return servers.size() == 3;
            });
            weir.signal("INT");

            assertThat(weir.exitStatus()).as(weir::toString).isZero();
            assertThat(weir.out()).contains("3 of 3 servers up");
        }
    }

    @Test
    void shouldTakeAStoppedOriginOutAndBackIn() {
        try (var weir = Weir.start(folder, "demo")) {
            int port = port(weir);
            weir.says("3 of 3 servers up");

            weir.type("2");
            weir.says("origin-2 is stopped").says("2 of 3 servers up");
            Set<String> servers = new HashSet<>();
            for (int i = 0; i < 6; i++) {
                Patience.await().ignoreExceptions().until(() -> servers.add(server(port)) || servers.size() == 2);
            }
            assertThat(servers).containsExactlyInAnyOrder("origin-1", "origin-3");

            weir.type("2");
            weir.says("origin-2 is running");
            Patience.await().until(() -> server(port).equals("origin-2"));
        }
    }

    @Test
    void shouldExplainItself() {
        try (var weir = Weir.start(folder, "demo", "--help")) {
            assertThat(weir.exitStatus()).as(weir::toString).isZero();
            assertThat(weir.out()).contains("weir demo");
        }
    }

    private static int port(Weir weir) {
        weir.says("http://127.0.0.1:");
        Matcher matcher = URL.matcher(weir.out());
        assertThat(matcher.find()).as(weir::toString).isTrue();
        int port = Integer.parseInt(matcher.group(1));
        weir.listensOn(port);
        return port;
    }

    private static String server(int port) throws IOException {
        try (Socket client = Peers.connect(port)) {
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            Matcher matcher = NAME.matcher(Peers.rest(client));
            return matcher.find() ? matcher.group() : "nobody";
        }
    }
}
