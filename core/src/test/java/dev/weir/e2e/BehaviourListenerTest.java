package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code option socket-stats}: what listeners count for themselves. */
@DisplayName("statistics of listeners")
final class BehaviourListenerTest {
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket @folder@/api mode 600 level admin
                log 127.0.0.1:@log@ local0
            defaults base
                mode http
                log global
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend fe
                option socket-stats
                maxconn 2
                bind 127.0.0.1:@main@ name main
                bind 127.0.0.1:@second@ id 12 maxconn 1
                bind @folder@/sock
                bind 127.0.0.1:@third@ id 5 label front
                bind [::1]:@fourth@
                http-request deny if { path /deny }
                http-request return status 200 unless { path /stats }
                tcp-request session reject if { src 127.0.0.4 }
                tcp-request connection reject if { src 127.0.0.3 }
                stats uri /stats
                stats show-legends
            frontend without
                bind 127.0.0.1:@without@
                http-request return status 200
            listen raw
                mode tcp
                option socket-stats
                bind 127.0.0.1:@raw@
                server s1 127.0.0.1:@s1@
            """;
    private static final List<String> COUNTERS =
            List.of("stot", "dreq", "dresp", "ereq", "conn_tot", "dcon", "dses", "wrew", "eint");

    private static BehaviourScene scene(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(CONFIGURATION);
    }

    private static Map<String, String> row(BehaviourScene scene, String proxy, String name) throws IOException {
        return new BehaviourApi(scene).row(proxy, name);
    }

    private static void get(BehaviourScene scene, String port, String path) throws IOException {
        try (var client = scene.client(port)) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .rest();
        }
    }

    private static String counted(BehaviourScene scene, String proxy, String name) throws IOException {
        Map<String, String> row = row(scene, proxy, name);
        return COUNTERS.stream()
                .filter(column -> !row.get(column).equals("0"))
                .map(column -> column + "=" + row.get(column))
                .toList()
                .toString();
    }

    private static void awaitIdle(BehaviourScene scene) {
        Patience.await()
                .until(() -> row(scene, "fe", "FRONTEND").get("scur").equals("0")
                        && row(scene, "raw", "FRONTEND").get("scur").equals("0"));
    }

    @OnEveryEngine
    void shouldHaveARowForEachListener(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            List<String> rows = scene.ask("api", "show stat")
                    .lines()
                    .skip(1)
                    .filter(line -> !line.isEmpty())
                    .map(line -> line.split(",", -1))
                    .map(row -> String.join(
                            " ", row[0], row[1], row[6], row[17], row[28], row[32], row[73], row[75], row[112]))
                    .toList();

            assertThat(rows)
                    .contains(
                            "fe main 0 OPEN 1 3 127.0.0.1:" + scene.port("main") + " http tcpv4",
                            "fe sock-12 1 OPEN 12 3 127.0.0.1:" + scene.port("second") + " http tcpv4",
                            "fe sock-13 0 OPEN 13 3 unix http unix_stream",
                            "fe sock-5 0 OPEN 5 3 127.0.0.1:" + scene.port("third") + " http tcpv4",
                            "fe sock-6 0 OPEN 6 3 [::1]:" + scene.port("fourth") + " http tcpv6",
                            "raw sock-1 0 OPEN 1 3 127.0.0.1:" + scene.port("raw") + " tcp tcpv4")
                    .noneMatch(row -> row.startsWith("without sock"));
            assertThat(rows.stream().map(row -> row.split(" ")[1]).limit(6))
                    .containsExactly("FRONTEND", "main", "sock-12", "sock-13", "sock-5", "sock-6");
            assertThat(scene.ask("api", "show stat raw 8 -1 typed"))
                    .contains("L.4.1.73.addr.1:CGS:str:127.0.0.1:" + scene.port("raw") + "\n")
                    .contains("L.4.1.112.proto.1:SGP:str:tcpv4\n")
                    .doesNotContain("S.4.");
            assertThat(scene.ask("api", "show stat fe 8 12 json"))
                    .startsWith(
                            "[[{\"objType\":\"Listener\",\"proxyId\":2,\"id\":12,\"field\":{\"pos\":0,\"name\":\"pxname\"}");
        }
    }

    @OnEveryEngine
    void shouldCountWhatCameInByEach(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            get(scene, "main", "/");
            get(scene, "main", "/deny");
            get(scene, "third", "/");
            scene.client("third").send("GET\r\n\r\n").rest();
            scene.clientFrom("127.0.0.3", "main").rest();
            scene.clientFrom("127.0.0.4", "main").rest();
            var client = scene.client("raw").send("hello");
            scene.origin("s1").accept().expect("hello").send("ok").close();
            client.rest();
            client.close();
            awaitIdle(scene);

            assertThat(counted(scene, "fe", "main")).isEqualTo("[stot=2, dreq=1, conn_tot=4, dcon=1, dses=1]");
            assertThat(counted(scene, "fe", "sock-5")).isEqualTo("[stot=2, ereq=1, conn_tot=2]");
            assertThat(counted(scene, "fe", "sock-12")).isEqualTo("[]");
            assertThat(counted(scene, "raw", "sock-1")).isEqualTo("[stot=1, conn_tot=1]");
            assertThat(row(scene, "raw", "sock-1"))
                    .containsEntry("bin", "5")
                    .containsEntry("bout", "2")
                    .containsEntry("smax", "1");
            assertThat(sum(scene, "bin", "main", "sock-5"))
                    .isEqualTo(row(scene, "fe", "FRONTEND").get("bin"));
            assertThat(sum(scene, "bout", "main", "sock-5"))
                    .isEqualTo(row(scene, "fe", "FRONTEND").get("bout"));

            scene.ask("api", "clear counters all");
            assertThat(counted(scene, "fe", "main")).isEqualTo("[]");
            assertThat(row(scene, "raw", "sock-1")).containsEntry("bin", "0").containsEntry("smax", "0");
        }
    }

    private static String sum(BehaviourScene scene, String column, String... listeners) throws IOException {
        long sum = 0;
        for (String listener : listeners) {
            sum += Long.parseLong(row(scene, "fe", listener).get(column));
        }
        return Long.toString(sum);
    }

    @OnEveryEngine
    void shouldSayWhatItWaitsFor(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            scene.client("second");
            Patience.await()
                    .untilAsserted(() -> assertThat(row(scene, "fe", "sock-12"))
                            .containsEntry("scur", "1")
                            .containsEntry("status", "FULL"));
            assertThat(row(scene, "fe", "main")).containsEntry("status", "OPEN");

            var last = scene.client("main");
            Patience.await()
                    .untilAsserted(() -> assertThat(row(scene, "fe", "main")).containsEntry("status", "WAITING"));

            last.close();
            Patience.await()
                    .untilAsserted(() -> assertThat(row(scene, "fe", "main")).containsEntry("status", "OPEN"));
            assertThat(row(scene, "fe", "sock-12")).containsEntry("status", "FULL");
        }
    }

    @Test
    void shouldStandOnThePage() throws Exception {
        try (var scene = scene(BehaviourEngine.WEIR)) {
            String page = scene.client("main")
                    .send("GET /stats HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .rest();

            assertThat(page)
                    .contains("<tr class=\"listener up\" data-key=\"fe/main#1\">")
                    .contains("<small>127.0.0.1:" + scene.port("third") + " label front</small>");
        }
    }

    @Test
    void shouldBeginAndEndWithAReload() throws Exception {
        try (var scene = scene(BehaviourEngine.WEIR)) {
            scene.write(CONFIGURATION.replace("option socket-stats", "no option socket-stats"));
            scene.reload();
            assertThat(scene.ask("api", "show stat")).doesNotContain("fe,main");

            scene.write(CONFIGURATION);
            scene.reload();
            get(scene, "main", "/");
            awaitIdle(scene);

            assertThat(counted(scene, "fe", "main")).isEqualTo("[stot=1, conn_tot=1]");
        }
    }
}
