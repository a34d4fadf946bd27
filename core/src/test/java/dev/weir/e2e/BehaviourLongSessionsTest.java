package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.util.List;
import org.junit.jupiter.api.DisplayName;

/** {@code option contstats}: what long sessions move is counted while they last, and once. */
@DisplayName("statistics of long sessions")
final class BehaviourLongSessionsTest {
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket @folder@/api mode 600 level admin
            defaults
                timeout client 60s
                timeout server 60s
                timeout connect 5s
                option contstats
            listen raw
                mode tcp
                bind 127.0.0.1:@raw@
                stick-table type ip size 100 store bytes_in_cnt
                tcp-request connection track-sc0 src
                server s1 127.0.0.1:@s1@
            listen web
                mode http
                bind 127.0.0.1:@web@
                server s1 127.0.0.1:@s1@
            """;

    private static void awaitBytes(BehaviourScene scene, String proxy, String column, String bytes) {
        var api = new BehaviourApi(scene);
        for (String name : List.of("FRONTEND", "s1", "BACKEND")) {
            Patience.await()
                    .untilAsserted(() -> assertThat(api.row(proxy, name)).containsEntry(column, bytes));
        }
    }

    private static void awaitEntry(BehaviourScene scene, String data) {
        Patience.await()
                .untilAsserted(
                        () -> assertThat(scene.ask("api", "show table raw")).contains(" " + data + "\n"));
    }

    @OnEveryEngine
    void shouldCountASessionThatLasts(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION);
            var client = scene.client("raw").send("hello");
            var server = scene.origin("s1").accept().expect("hello").send("answer");
            client.expect("answer");
            var reader = scene.client("web").send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            var writer = scene.origin("s1")
                    .accept()
                    .answer("HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n" + "x".repeat(1000));
            reader.readHead();
            reader.expect("x".repeat(1000));

            awaitBytes(scene, "raw", "bin", "5");
            awaitBytes(scene, "raw", "bout", "6");
            awaitEntry(scene, "bytes_in_cnt=5");
            if (engine.isWeir()) { // HAProxy counts how large its own form of a message is
                awaitBytes(scene, "web", "bout", "1041");
            }

            client.send("bye");
            server.expect("bye");
            client.close();
            server.close();
            writer.send("x".repeat(2000));
            reader.expect("x".repeat(2000));
            reader.close();
            awaitBytes(scene, "raw", "bin", "8");
            awaitBytes(scene, "raw", "bout", "6");
            awaitEntry(scene, "bytes_in_cnt=8");
            if (engine.isWeir()) {
                awaitBytes(scene, "web", "bout", "3041");
            }
        }
    }
}
