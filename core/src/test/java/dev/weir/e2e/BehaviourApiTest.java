package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** The runtime API: what scripts send to the stats socket, and what they look for in the answer. */
@DisplayName("runtime API")
final class BehaviourApiTest {
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket @folder@/api mode 600 level admin
                stats socket @folder@/user mode 600 level user
                log 127.0.0.1:@log@ local0
            defaults base
                mode tcp
                log global
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:@fe@
                maxconn 100
                stick-table type ip size 100 expire 1m store conn_cnt,gpc0
                tcp-request connection track-sc0 src
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@ maxconn 50
                server s2 127.0.0.1:@s2@ weight 10 backup
            backend other
                balance static-rr
                server o1 127.0.0.1:@s1@
            """;

    private static BehaviourScene scene(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        scene.origin("s2");
        scene.startWhole(CONFIGURATION);
        return scene;
    }

    private static String ask(BehaviourScene scene, String line) throws IOException {
        return new BehaviourApi(scene).ask(line);
    }

    private static Map<String, String> row(BehaviourScene scene, String proxy, String name) throws IOException {
        return new BehaviourApi(scene).row(proxy, name);
    }

    private static void exchange(BehaviourScene scene, String origin) throws Exception {
        var client = scene.client("fe").send("hello");
        scene.origin(origin).accept().expect("hello").send("ok").close();
        assertThat(client.rest()).isEqualTo("ok<FIN>");
        client.close();
        scene.log();
    }

    @OnEveryEngine
    void shouldAnswerMistakesInTheSameWords(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(ask(scene, "set server be/s1 state sleepy"))
                    .isEqualTo("'set server <srv> state' expects 'ready', 'drain' and 'maint'.\n\n");
            assertThat(ask(scene, "set server nope/s1 state ready")).isEqualTo("No such backend.\n\n");
            assertThat(ask(scene, "set server be/nope state ready")).isEqualTo("No such server.\n\n");
            assertThat(ask(scene, "get weight")).isEqualTo("Require 'backend/server'.\n\n");
            assertThat(ask(scene, "set server be/s1 weight 300"))
                    .isEqualTo("Absolute weight can only be between 0 and 256 inclusive.\n\n");
            assertThat(ask(scene, "set server other/o1 weight 7"))
                    .isEqualTo("Backend is using a static LB algorithm and only accepts weights '0%' and '100%'.\n\n");
            assertThat(ask(scene, "show servers state nope")).isEqualTo("Can't find backend.\n\n");
            assertThat(ask(scene, "nonsense")).startsWith("Unknown command: 'nonsense'");
            assertThat(new BehaviourApi(scene).ask("user", "clear counters all"))
                    .isEqualTo("Permission denied\n\n");
        }
    }

    @OnEveryEngine
    void shouldChangeAndReportWeights(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(ask(scene, "get weight be/s2")).isEqualTo("10 (initial 10)\n\n");

            assertThat(ask(scene, "set server be/s2 weight 50%")).isEqualTo("\n");
            assertThat(ask(scene, "get weight be/s2")).isEqualTo("5 (initial 10)\n\n");
            assertThat(ask(scene, "set weight be/s2 20;get weight be/s2")).isEqualTo("\n20 (initial 10)\n\n");
        }
    }

    @OnEveryEngine
    void shouldTakeServersOutAndBringThemBack(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(row(scene, "be", "s1")).containsEntry("status", "no check");

            assertThat(ask(scene, "set server be/s1 state maint")).isEqualTo("\n");
            assertThat(row(scene, "be", "s1")).containsEntry("status", "MAINT");
            assertThat(row(scene, "be", "BACKEND")).containsEntry("act", "0").containsEntry("bck", "1");
            exchange(scene, "s2");

            assertThat(ask(scene, "set server be/s1 state drain")).isEqualTo("\n");
            assertThat(row(scene, "be", "s1").get("status")).startsWith("DRAIN");
            exchange(scene, "s2");

            assertThat(ask(scene, "enable server be/s1")).isEqualTo("\n");
            ask(scene, "set server be/s1 state ready");
            exchange(scene, "s1");
        }
    }

    @OnEveryEngine
    void shouldMoveAServerToAnotherAddress(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            int from = scene.port("s1");
            int to = scene.port("s2");

            assertThat(ask(scene, "set server be/s1 addr 127.0.0.1 port " + to))
                    .contains("port changed from '" + from + "' to '" + to + "' by 'stats socket command'");

            exchange(scene, "s2");
            assertThat(row(scene, "be", "s1")).containsEntry("stot", "1").containsEntry("addr", "127.0.0.1:" + to);
        }
    }

    /** A session is logged before it stops to count, and HAProxy's before its bytes do. */
    private static void awaitIdle(BehaviourScene scene) {
        Patience.await().until(() -> row(scene, "fe", "FRONTEND").get("scur").equals("0"));
    }

    @OnEveryEngine
    void shouldCountInTheStatistics(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            exchange(scene, "s1");
            awaitIdle(scene);
            exchange(scene, "s1");
            awaitIdle(scene);

            assertThat(row(scene, "fe", "FRONTEND"))
                    .containsEntry("stot", "2")
                    .containsEntry("bin", "10")
                    .containsEntry("bout", "4")
                    .containsEntry("smax", "1")
                    .containsEntry("slim", "100")
                    .containsEntry("type", "0");
            assertThat(row(scene, "be", "s1"))
                    .containsEntry("stot", "2")
                    .containsEntry("lbtot", "2")
                    .containsEntry("slim", "50")
                    .containsEntry("weight", "1")
                    .containsEntry("type", "2");
            assertThat(row(scene, "be", "BACKEND")).containsEntry("stot", "2").containsEntry("status", "UP");

            ask(scene, "clear counters all");
            assertThat(row(scene, "fe", "FRONTEND")).containsEntry("stot", "0").containsEntry("bin", "0");
        }
    }

    @OnEveryEngine
    void shouldKeepTheColumnsInOrder(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            String header = ask(scene, "show stat").lines().findFirst().orElseThrow();

            assertThat(header).startsWith("# pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,");
            List<String> columns = new ArrayList<>(List.of(header.substring(2).split(",")));
            assertThat(columns.indexOf("proto")).isEqualTo(112);
            assertThat(columns.get(113)).isEqualTo("-");
            assertThat(ask(scene, "show stat be 4 -1 typed")).contains("S.3.1.0.pxname.1:KNS:str:be\n");
            assertThat(ask(scene, "show info")).startsWith("Name: HAProxy\nVersion: 3.2.");
            assertThat(ask(scene, "show info typed"))
                    .contains("\n12.PoolFailed.1:MCP:u32:0\n13.Ulimit-n.1:CLP:u32:")
                    .contains("\n20.MaxSslConns.1:MMP:u32:0\n21.CurrSslConns.1:MGP:u32:0\n22.CumSslConns.1:MCP:u32:0\n")
                    .contains("\n31.MaxSessRate.1:MRP:u32:0\n32.SslRate.1:MRP:u32:0\n33.SslRateLimit.1:CLP:u32:0\n")
                    .contains(
                            "\n56.ActivePeers.1:MGP:u32:0\n57.ConnectedPeers.1:MGP:u32:0\n58.DroppedLogs.1:MGP:u32:0\n")
                    .endsWith("\n78.BlockedTrafficWarnings.1:MGP:u32:0\n\n");
        }
    }

    private static List<String> rows(BehaviourScene scene, String line) throws IOException {
        return ask(scene, line)
                .lines()
                .filter(row -> row.contains(",") && !row.startsWith("#"))
                .map(row -> row.split(",", 3)[1])
                .toList();
    }

    /** The number of a server leaves out no proxy. */
    @OnEveryEngine
    void shouldShowTheRowsThatAreAskedFor(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(rows(scene, "show stat be -1 2")).containsExactly("s2", "BACKEND");
            assertThat(rows(scene, "show stat be 4 2")).containsExactly("s2");
            assertThat(rows(scene, "show stat be 2 2")).containsExactly("BACKEND");
            assertThat(rows(scene, "show stat fe 1 7")).containsExactly("FRONTEND");
            assertThat(rows(scene, "show stat #2 1 -1")).containsExactly("FRONTEND");
        }
    }

    /** Whoever may only look is not told where servers are, and how they are chosen. */
    @OnEveryEngine
    void shouldTellUsersNoAddresses(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            String address = "127.0.0.1:" + scene.port("s1");

            for (String form : List.of("", " json", " typed")) {
                assertThat(ask(scene, "show stat" + form)).contains(address).contains("roundrobin");
                assertThat(scene.ask("user", "show stat" + form))
                        .contains("s1")
                        .doesNotContain(address)
                        .doesNotContain("roundrobin");
            }
        }
    }

    /** Where servers may be missing, a backend tells how many of how many are up. */
    @OnEveryEngine
    void shouldCountServersOfABackendWhereSomeAreLeftOut(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            ask(scene, "set server be/s2 state maint");

            assertThat(ask(scene, "show stat be 2 -1")).contains(",UP,");
            assertThat(ask(scene, "show stat be 2 -1 up")).contains(",UP (1/2),");
            assertThat(ask(scene, "show stat be 2 -1 no-maint")).contains(",UP (1/2),");
        }
    }

    /** What a client sent of a command when its connection broke may mean another one. */
    @OnEveryEngine
    void shouldNotRunCommandsThatAreCutOff(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(scene.askExactly("api", "set weight be/s2 1")).isEmpty();
            assertThat(scene.askExactly("api", "set table fe key 10.0.0.9 data.gpc0 5 <<\nhalf of a payload\n"))
                    .isEmpty();

            assertThat(ask(scene, "get weight be/s2")).isEqualTo("10 (initial 10)\n\n");
            assertThat(ask(scene, "show table fe")).endsWith(" used:0\n\n");
        }
    }

    @OnEveryEngine
    void shouldShowHowFarASlowStartIs(BehaviourEngine engine) throws Exception {
        try (var scene = warming(engine)) {
            for (String server : List.of("w1", "w10", "w200")) {
                ask(scene, "set server slow/" + server + " state maint;set server slow/" + server + " state ready");
            }

            assertThat(row(scene, "slow", "w1")).containsEntry("throttle", "7").containsEntry("weight", "1");
            assertThat(row(scene, "slow", "w10")).containsEntry("throttle", "6");
            assertThat(row(scene, "slow", "w200"))
                    .containsEntry("throttle", "6")
                    .containsEntry("weight", "13");
        }
    }

    private static BehaviourScene warming(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        scene.origin("s2");
        scene.startWhole(CONFIGURATION + """
                backend slow
                    server w1 127.0.0.1:@s2@ slowstart 1h
                    server w10 127.0.0.1:@s2@ weight 10 slowstart 1h
                    server w200 127.0.0.1:@s2@ weight 200 slowstart 1h
                """);
        return scene;
    }

    @OnEveryEngine
    void shouldAskForLinesOfAPayload(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine);
                var client = scene.open("api")) {
            assertThat(say(client, "prompt\n", 3)).isEqualTo("\n> ");
            assertThat(say(client, "add map nope <<end\n", 2)).isEqualTo("+ ");
            assertThat(say(client, "a 1\n", 2)).isEqualTo("+ ");
            assertThat(say(client, "end\n", 55))
                    .startsWith("Unknown map identifier")
                    .endsWith("\n\n> ");
        }
    }

    /** @return so much of the answer */
    private static String say(SocketChannel client, String text, int answerBytes) throws IOException {
        client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        byte[] answer = Channels.newInputStream(client).readNBytes(answerBytes);
        return new String(answer, StandardCharsets.UTF_8);
    }

    @OnEveryEngine
    void shouldNotReckonWithClientsOfDisabledFrontends(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.origin("s2");
            scene.startWhole(CONFIGURATION + """
                    frontend off
                        bind 127.0.0.1:@fe@
                        maxconn 2000
                        disabled
                        default_backend be
                    """);

            assertThat(row(scene, "be", "BACKEND")).containsEntry("slim", "10");
        }
    }

    @OnEveryEngine
    void shouldShowSetAndClearTables(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            exchange(scene, "s1");
            assertThat(ask(scene, "show table")).isEqualTo("# table: fe, type: ip, size:100, used:1\n\n");
            assertThat(ask(scene, "show table fe"))
                    .matches("(?s).*\n0x[0-9a-f]+: key=127.0.0.1 use=0 exp=[0-9]+ shard=0 gpc0=0 conn_cnt=1\n\n");

            assertThat(ask(scene, "set table fe key 10.0.0.9 data.gpc0 5")).isEqualTo("\n");
            assertThat(ask(scene, "show table fe data.gpc0 gt 1"))
                    .contains("key=10.0.0.9")
                    .doesNotContain("key=127.0.0.1");
            assertThat(ask(scene, "clear table fe key 10.0.0.9")).isEqualTo("\n");
            assertThat(ask(scene, "show table fe key 10.0.0.9")).doesNotContain("key=10.0.0.9");

            assertThat(ask(scene, "clear table fe")).isEqualTo("\n");
            assertThat(ask(scene, "show table fe")).isEqualTo("# table: fe, type: ip, size:100, used:0\n\n");
        }
    }

    @OnEveryEngine
    void shouldListServersForAStateFile(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            List<String> lines = ask(scene, "show servers state be").lines().toList();

            assertThat(lines.get(0)).isEqualTo("1");
            assertThat(lines.get(1)).startsWith("# be_id be_name srv_id srv_name srv_addr srv_op_state");
            assertThat(lines.get(2)).matches("3 be 1 s1 127.0.0.1 2 0 1 1 [0-9]+ 1 0 2 0 0 0 0 - [0-9]+ - 0 0 - - 0");
            assertThat(lines.get(3)).matches("3 be 2 s2 127.0.0.1 2 0 10 10 [0-9]+ 1 0 2 0 0 0 0 - [0-9]+ - 0 0 - - 0");
        }
    }

    @OnEveryEngine
    void shouldHoldAFrontendAndLetItGo(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(ask(scene, "disable frontend fe")).isEqualTo("\n");
            assertThat(row(scene, "fe", "FRONTEND").get("status")).isEqualTo("PAUSED");
            assertThat(ask(scene, "disable frontend fe")).isNotEqualTo("\n");

            assertThat(ask(scene, "enable frontend fe")).isEqualTo("\n");
            assertThat(row(scene, "fe", "FRONTEND").get("status")).isEqualTo("OPEN");
            exchange(scene, "s1");
        }
    }
}
