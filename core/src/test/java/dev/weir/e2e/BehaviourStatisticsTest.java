package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** What the rows of {@code show stat} say of servers and backends. */
@DisplayName("statistics of servers")
final class BehaviourStatisticsTest {
    private static final String FRONTEND = """
            global
                nbthread 1
                log 127.0.0.1:@log@ local0
                stats socket @folder@/api mode 600 level admin
            defaults base
                mode http
                log global
                log-format "%ST"
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend be
            backend be
                cookie SRV insert indirect
            """;
    private static final String REQUEST = "GET /a HTTP/1.1\r\nhost: x\r\n\r\n";

    private static String figures(BehaviourScene scene, String name, String... columns) throws Exception {
        Map<String, String> row = new BehaviourApi(scene).row("be", name);
        var text = new StringBuilder();
        for (String column : columns) {
            text.append(row.get(column)).append(' ');
        }
        return text.toString().strip();
    }

    @OnEveryEngine
    void shouldCountForAServerWhatItAnswered(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(FRONTEND + """
                        http-response return status 200 if { status 404 }
                        server s1 127.0.0.1:@s1@ cookie a
                    """);

            var client = scene.client("fe").send(REQUEST);
            var server = origin.accept().answer("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
            client.readHead();
            assertThat(scene.log()).isEqualTo("200");
            client.close();
            var other = scene.client("fe").send(REQUEST);
            server = origin.accept();
            server.readHead();
            server.close();
            other.readHead();
            assertThat(scene.log()).isEqualTo("502");

            String[] columns = {"hrsp_2xx", "hrsp_4xx", "hrsp_5xx", "req_tot", "connect", "cookie"};
            assertThat(figures(scene, "s1", columns)).isEqualTo("0 1 0 1 2 a");
            assertThat(figures(scene, "BACKEND", columns)).isEqualTo("1 0 1 2 2 SRV");
        }
    }

    @OnEveryEngine
    void shouldCountEveryWayDown(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(FRONTEND + """
                        server s1 127.0.0.1:@s1@ cookie a weight 10 check inter 10m
                        server s2 127.0.0.1:@s1@ cookie b weight 20 check inter 10m
                    """);
            var api = new BehaviourApi(scene);

            api.ask("set server be/s1 state drain");
            assertThat(figures(scene, "BACKEND", "weight", "uweight", "chkdown"))
                    .isEqualTo("20 20 0");
            api.ask("set server be/s2 state maint");
            assertThat(figures(scene, "s2", "chkdown")).isEqualTo("1");
            assertThat(figures(scene, "BACKEND", "weight", "chkdown", "status")).isEqualTo("0 1 DOWN");
            api.ask("set server be/s1 state maint");
            assertThat(figures(scene, "s1", "chkdown")).isEqualTo("1");
            assertThat(figures(scene, "BACKEND", "chkdown")).isEqualTo("1");
        }
    }

    @OnEveryEngine
    void shouldCountRequestsThatGetNoAnswer(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(FRONTEND + """
                        http-request silent-drop if { path /a }
                        server s1 127.0.0.1:@s1@
                    """);

            var client = scene.client("fe").send(REQUEST);

            assertThat(scene.log()).isEqualTo("-1");
            assertThat(figures(scene, "BACKEND", "hrsp_other", "req_tot")).isEqualTo("1 1");
            assertThat(new BehaviourApi(scene).row("fe", "FRONTEND"))
                    .containsEntry("hrsp_other", "1")
                    .containsEntry("req_tot", "1");
            client.close();
        }
    }

    @OnEveryEngine
    void shouldKeepOneConnectionOfClientsThatComeInTurn(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(FRONTEND + "    server s1 127.0.0.1:@s1@\n");

            for (int i = 1; i <= 3; i++) {
                var client = scene.client("fe").send(REQUEST);
                var server = origin.accept(); // a first request goes over a connection of its own
                server.answer("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
                client.readHead();
                assertThat(scene.log()).isEqualTo("200");
                client.close();
                if (i > 1) {
                    server.rest();
                }
                Patience.await().until(() -> figures(scene, "s1", "srv_icur").equals("1"));
            }
        }
    }
}
