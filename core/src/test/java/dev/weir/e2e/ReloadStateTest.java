package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reload must not forget. HAProxy starts another process instead, which begins with nothing. */
@DisplayName("state over a reload")
final class ReloadStateTest {
    private static final String CONFIGURATION = """
            global
                nbthread 2
                stats socket @folder@/api mode 600 level admin
                log 127.0.0.1:@log@ local0
            defaults base
                mode tcp
                log global
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:@fe@
                stick-table type ip size 100 expire 1h store conn_cnt,gpt0
                tcp-request connection track-sc0 src
                default_backend be
            backend be
                option log-health-checks
                server s1 127.0.0.1:@s1@ weight 10
                server s2 127.0.0.1:@s2@ weight 10 check port @health@ inter 50ms fall 1 rise 1
            """;

    private static BehaviourScene scene(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        scene.origin("s2");
        scene.origin("health");
        return scene.startWhole(CONFIGURATION);
    }

    private static void exchange(BehaviourScene scene, String origin) throws Exception {
        var client = scene.client("fe").send("abc");
        scene.origin(origin).accept().expect("abc").send("defg").close();
        assertThat(client.rest()).isEqualTo("defg<FIN>");
        client.close();
        scene.logs().lineWith("Connect from");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HAPROXY")
    void shouldKeepAServerDownWithoutAskingAgain(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            var api = new BehaviourApi(scene);
            scene.closeOrigin("health");
            scene.logs().lineWith("Server be/s2 is DOWN");
            String changes = api.row("be", "s2").get("chkdown");

            // From here on a check would succeed only after an hour: what is known of the server must come from before.
            scene.write(CONFIGURATION.replace("inter 50ms", "inter 1h"));
            scene.reload();

            assertThat(api.row("be", "s2")).containsEntry("status", "DOWN").containsEntry("chkdown", changes);
            exchange(scene, "s1");
            exchange(scene, "s1");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HAPROXY")
    void shouldKeepWhatTheRuntimeApiChanged(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            var api = new BehaviourApi(scene);
            api.ask("set server be/s1 weight 3");
            api.ask("set server be/s2 state maint");
            api.ask("set table fe key 127.0.0.1 data.gpt0 7");

            scene.reload();

            assertThat(api.ask("get weight be/s1")).isEqualTo("3 (initial 10)\n\n");
            assertThat(api.row("be", "s2")).containsEntry("status", "MAINT");
            assertThat(api.ask("show table fe")).contains("gpt0=7");
            exchange(scene, "s1");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HAPROXY")
    void shouldGoOnCounting(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            var api = new BehaviourApi(scene);
            exchange(scene, "s1");
            exchange(scene, "s2");
            var running = scene.client("fe").send("abc");
            var server = scene.origin("s1").accept().expect("abc");
            Patience.await().until(() -> api.row("fe", "FRONTEND").get("scur").equals("1"));

            scene.reload();

            assertThat(api.row("fe", "FRONTEND"))
                    .containsEntry("stot", "3")
                    .containsEntry("scur", "1")
                    .containsEntry("bin", "6")
                    .containsEntry("bout", "8");
            assertThat(api.row("be", "s1")).containsEntry("stot", "2").containsEntry("scur", "1");
            assertThat(api.row("be", "s2")).containsEntry("stot", "1").containsEntry("scur", "0");
            assertThat(api.row("be", "BACKEND")).containsEntry("stot", "3");
            assertThat(api.ask("show table fe")).contains("conn_cnt=3");
            exchange(scene, "s2");
            running.close();
            server.close();
            Patience.await().until(() -> api.row("fe", "FRONTEND").get("scur").equals("0"));
            assertThat(api.row("be", "s1")).containsEntry("scur", "0");
            assertThat(api.row("fe", "FRONTEND")).containsEntry("stot", "4");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HAPROXY")
    void shouldLetARemovedServerFinishItsSessions(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            var client = scene.client("fe").send("abc");
            var server = scene.origin("s1").accept().expect("abc");

            scene.write(CONFIGURATION.replaceAll("(?m)^ *server s1 .*\n", ""));
            scene.reload();
            exchange(scene, "s2");
            exchange(scene, "s2");

            server.send("late").close();
            assertThat(client.rest()).isEqualTo("late<FIN>");
        }
    }

    /** A weight in the file holds again when the file changes it. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HAPROXY")
    void shouldTakeAWeightThatTheFileChanges(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            var api = new BehaviourApi(scene);
            api.ask("set server be/s1 weight 3");

            scene.write(CONFIGURATION.replace("weight 10\n", "weight 20\n"));
            scene.reload();

            assertThat(api.ask("get weight be/s1")).isEqualTo("20 (initial 20)\n\n");
        }
    }

    private static String info(BehaviourScene scene, String field) throws Exception {
        return scene.ask("api", "show info")
                .lines()
                .filter(line -> line.startsWith(field + ": "))
                .findFirst()
                .orElseThrow();
    }

    /** Whoever adds up what the process did would take a smaller figure for that of another process. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HAPROXY")
    void shouldNotForgetInTotalsWhatIsNoLongerThere(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            String stays = CONFIGURATION.replaceAll("(?m)^ +server s2.*\n", "");
            String goes = "frontend goes\n    bind 127.0.0.1:@goes@\n    default_backend gone\nbackend gone\n"
                    + "    server s1 127.0.0.1:@s1@\n";
            scene.startWhole(stays + goes);
            var over = scene.client("goes").send("hello");
            scene.origin("s1").accept().expect("hello").send("ok").close();
            assertThat(over.rest()).isEqualTo("ok<FIN>");
            over.close();
            scene.log();
            var lasting = scene.client("goes").send("hello");
            var server = scene.origin("s1").accept().expect("hello");
            Patience.await()
                    .untilAsserted(() -> assertThat(info(scene, "CumStreams")).isEqualTo("CumStreams: 2"));

            scene.write(stays);
            scene.reload();

            assertThat(scene.ask("api", "show stat")).doesNotContain("goes", "gone");
            assertThat(info(scene, "CumConns")).isEqualTo("CumConns: 2");
            assertThat(info(scene, "CumStreams")).isEqualTo("CumStreams: 2");
            server.send("and more").close();
            assertThat(lasting.rest()).isEqualTo("and more<FIN>");
            lasting.close();
            scene.log();
            scene.reload();
            scene.ask("api", "clear counters all");
            assertThat(info(scene, "CumConns")).isEqualTo("CumConns: 2");
            assertThat(info(scene, "CumStreams")).isEqualTo("CumStreams: 2");
            // To clients "ok" and "and more", to servers "hello" twice; bytes are counted behind the line in the log.
            Patience.await()
                    .untilAsserted(
                            () -> assertThat(info(scene, "TotalBytesOut")).isEqualTo("TotalBytesOut: 20"));
        }
    }
}
