package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Servers, frontends and limits that an operator changes while traffic flows. */
@DisplayName("servers at run time")
final class BehaviourServersTest {
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
                use_backend be
            backend be
                balance roundrobin
                default-server weight 5
                server s1 127.0.0.1:@s1@
                server s2 127.0.0.1:@s2@ check inter 10s disabled agent-check agent-port @agent@ agent-inter 10m
                server t1 127.0.0.1:@s1@ track be2/m1 disabled
            backend be2
                server m1 127.0.0.1:@s1@ check inter 10s
            backend st
                balance static-rr
                server o1 127.0.0.1:@s1@
            backend hb
                mode http
                cookie SRV insert
                server h1 127.0.0.1:@s1@
            """;

    private static BehaviourScene scene(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        scene.origin("s2");
        scene.origin("agent");
        return scene.startWhole(CONFIGURATION);
    }

    private static String ask(BehaviourScene scene, String line) throws Exception {
        return scene.ask("api", line);
    }

    private static void exchange(BehaviourScene scene, String origin) throws Exception {
        var client = scene.client("fe").send("hello");
        scene.origin(origin).accept().expect("hello").send("ok").close();
        assertThat(client.rest()).isEqualTo("ok<FIN>");
        client.close();
        scene.log();
    }

    /** The columns of a server's line in {@code show servers state}. */
    private static Map<String, String> state(BehaviourScene scene, String backend, String server) throws Exception {
        List<String> lines = ask(scene, "show servers state " + backend).lines().toList();
        String[] columns = lines.get(1).substring(2).split(" ");
        for (String line : lines.subList(2, lines.size())) {
            String[] values = line.split(" ");
            if (values.length == columns.length && values[3].equals(server)) {
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < columns.length; i++) {
                    row.put(columns[i], values[i]);
                }
                return row;
            }
        }
        throw new AssertionError("no server " + server + " in " + lines);
    }

    private static String status(BehaviourScene scene, String backend, String server) throws Exception {
        return column(scene, backend, server, 17);
    }

    private static String column(BehaviourScene scene, String proxy, String name, int column) throws Exception {
        return ask(scene, "show stat")
                .lines()
                .filter(line -> line.startsWith(proxy + "," + name + ","))
                .map(line -> line.split(",", -1)[column])
                .findFirst()
                .orElseThrow();
    }

    @OnEveryEngine
    void shouldAddAServerAndTakeItOutAgain(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(ask(scene, "add server be/d1 127.0.0.1:" + scene.port("s2") + " weight 7 maxconn 20"))
                    .isEqualTo("New server registered.\n\n");
            assertThat(status(scene, "be", "d1")).isEqualTo("MAINT");
            assertThat(state(scene, "be", "d1"))
                    .containsEntry("srv_id", "4")
                    .containsEntry("srv_op_state", "0")
                    .containsEntry("srv_admin_state", "1")
                    .containsEntry("srv_uweight", "7")
                    .containsEntry("srv_check_health", "0")
                    .containsEntry("srv_check_state", "0");
            exchange(scene, "s1");

            assertThat(ask(scene, "enable server be/d1;disable server be/s1")).isEqualTo("\n\n");
            assertThat(status(scene, "be", "d1")).isEqualTo("no check");
            exchange(scene, "s2");
            exchange(scene, "s2");
            assertThat(column(scene, "be", "d1", 7)).isEqualTo("2");

            assertThat(ask(scene, "del server be/d1"))
                    .isEqualTo("Only servers in maintenance mode can be deleted.\n\n");
            assertThat(ask(scene, "enable server be/s1;disable server be/d1")).isEqualTo("\n\n");
            assertThat(ask(scene, "wait 5s srv-removable be/d1")).isEqualTo("Done.\n\n");
            assertThat(ask(scene, "del server be/d1")).isEqualTo("Server deleted.\n\n");
            assertThat(ask(scene, "show servers state be")).doesNotContain(" d1 ");
            exchange(scene, "s1");
            assertThat(ask(scene, "add server be/d2 127.0.0.1:1")).isEqualTo("New server registered.\n\n");
            assertThat(state(scene, "be", "d2")).containsEntry("srv_id", "4").containsEntry("srv_uweight", "1");
        }
    }

    @Test
    void shouldHaveTheConfigurationsServersAgainAfterAReload() throws Exception {
        try (var scene = scene(BehaviourEngine.WEIR)) {
            ask(scene, "add server be/d1 127.0.0.1:" + scene.port("s2"));
            ask(scene, "enable server be/d1;disable server be/s1");
            var client = scene.client("fe").send("hello");
            var server = scene.origin("s2").accept().expect("hello");

            scene.reload();

            assertThat(ask(scene, "show servers state be")).contains(" s1 ").doesNotContain(" d1 ");
            server.send("still there").close();
            assertThat(client.rest()).isEqualTo("still there<FIN>");
            client.close();
        }
    }

    @OnEveryEngine
    void shouldKeepAServerThatStillHasASession(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            ask(scene, "add server be/d1 127.0.0.1:" + scene.port("s2"));
            ask(scene, "enable server be/d1;disable server be/s1");
            var client = scene.client("fe").send("hello");
            var server = scene.origin("s2").accept().expect("hello");

            ask(scene, "enable server be/s1;disable server be/d1");
            assertThat(ask(scene, "del server be/d1"))
                    .isEqualTo("Server still has connections attached to it, cannot remove it.\n\n");
            assertThat(ask(scene, "wait 100 srv-removable be/d1")).isEqualTo("Wait delay expired.\n\n");

            ask(scene, "shutdown sessions server be/d1");
            assertThat(ask(scene, "wait 5s srv-removable be/d1")).isEqualTo("Done.\n\n");
            assertThat(ask(scene, "del server be/d1")).isEqualTo("Server deleted.\n\n");
            server.close();
            client.close();
        }
    }

    @OnEveryEngine
    void shouldCheckAnAddedServerOnceThatIsEnabled(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            int closed = scene.port("nobody");
            assertThat(ask(
                            scene,
                            "add server be/d1 127.0.0.1:" + closed
                                    + " check inter 100s fastinter 50ms downinter 50ms fall 2 rise 1"))
                    .isEqualTo("New server registered.\n\n");
            assertThat(state(scene, "be", "d1")).containsEntry("srv_check_state", "2");
            assertThat(ask(scene, "enable server be/d1")).isEqualTo("\n");
            assertThat(status(scene, "be", "d1")).isEqualTo("no check");

            assertThat(ask(scene, "enable health be/d1")).isEqualTo("\n");
            Patience.await().until(() -> status(scene, "be", "d1").equals("DOWN"));
            Patience.await() // 7 while a check runs
                    .until(() -> state(scene, "be", "d1").get("srv_check_state").equals("6"));

            ask(scene, "set server be/d1 check-port " + scene.port("s2"));
            Patience.await().until(() -> status(scene, "be", "d1").equals("UP"));
            assertThat(state(scene, "be", "d1")).containsEntry("srv_check_port", "" + scene.port("s2"));

            assertThat(ask(scene, "disable health be/d1")).isEqualTo("\n");
            assertThat(status(scene, "be", "d1")).isEqualTo("no check");
        }
    }

    @OnEveryEngine
    void shouldRefuseServersInTheSameWords(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(ask(scene, "add server be/s1 127.0.0.1:1"))
                    .isEqualTo("Already exists a server with the same name in backend.\n\n");
            assertThat(ask(scene, "add server st/d 127.0.0.1:1"))
                    .isEqualTo("Backend must use a dynamic load balancing to support dynamic servers.\n\n");
            assertThat(ask(scene, "add server nope/d 127.0.0.1:1")).isEqualTo("No such backend.\n\n");
            assertThat(ask(scene, "add server be")).isEqualTo("Require 'backend/server'.\n\n");
            assertThat(ask(scene, "add server be/d"))
                    .isEqualTo("'server' expects <name> and <addr>[:<port>] as arguments.\n\n");
            assertThat(ask(scene, "add server be/d 127.0.0.1:99999")).contains("invalid port '99999'");
            assertThat(ask(scene, "add server be/d 127.0.0.1:1 foo")).startsWith("unknown keyword 'foo'");
            assertThat(ask(scene, "add server be/d 127.0.0.1:1 weight 300")).contains("not within 0 and 256");
            for (String option : List.of("enabled", "init-addr none", "tcp-ut 5s")) {
                assertThat(ask(scene, "add server be/d 127.0.0.1:1 " + option))
                        .isEqualTo("'" + option.split(" ")[0] + "' option is not accepted for dynamic server\n\n");
            }
            assertThat(ask(scene, "add server be/d 127.0.0.1:1 id 1")).contains("custom id 1 already used");
            assertThat(ask(scene, "add server help"))
                    .startsWith("List of keywords supported for dynamic server:\n")
                    .contains("\nweight\n", "\nagent-check\n");

            assertThat(ask(scene, "del server be/nope")).isEqualTo("No such server.\n\n");
            assertThat(ask(scene, "del server be2/m1"))
                    .isEqualTo("This server cannot be removed at runtime due to other configuration elements pointing"
                            + " to it.\n\n");
            assertThat(ask(scene, "enable health be/s1"))
                    .isEqualTo("Health check was not configured on this server, cannot enable.\n\n");
            assertThat(ask(scene, "enable agent be/s1"))
                    .isEqualTo("Agent was not configured on this server, cannot enable.\n\n");
            assertThat(ask(scene, "wait 5 srv-removable be/nope")).isEqualTo("Failed.\n\n");
            assertThat(ask(scene, "wait x")).isEqualTo("Invalid duration.\n\n");
            assertThat(ask(scene, "wait")).isEqualTo("Expects a duration in milliseconds.\n\n");
            assertThat(ask(scene, "wait 5 srv-removable")).isEqualTo("Missing server name (<backend>/<server>).\n\n");
        }
    }

    @OnEveryEngine
    void shouldMoveAgentsAndChecks(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(ask(scene, "set server be/s2 agent-addr 127.0.0.3 port 99"))
                    .isEqualTo("\n");
            assertThat(ask(scene, "set server be/s2 check-addr 127.0.0.9 port 77"))
                    .isEqualTo("\n");
            assertThat(state(scene, "be", "s2"))
                    .containsEntry("srv_check_addr", "127.0.0.9")
                    .containsEntry("srv_check_port", "77")
                    .containsEntry("srv_agent_addr", "127.0.0.3")
                    .containsEntry("srv_agent_port", "99")
                    .containsEntry("srv_admin_state", "5")
                    .containsEntry("srv_op_state", "0")
                    .containsEntry("srv_check_state", "14")
                    .containsEntry("srv_agent_state", "22");
            assertThat(ask(scene, "set server be/s2 agent-port 17;set server be/s2 agent-send hello"))
                    .isEqualTo("\n\n");
            assertThat(state(scene, "be", "s2")).containsEntry("srv_agent_port", "17");
            assertThat(ask(scene, "disable agent be/s2")).isEqualTo("\n");
            assertThat(state(scene, "be", "s2")).containsEntry("srv_agent_state", "18");
            assertThat(ask(scene, "enable agent be/s2")).isEqualTo("\n");
            assertThat(ask(scene, "set server be/s2 agent down")).isEqualTo("\n");
            assertThat(ask(scene, "set server be/s2 agent up")).isEqualTo("\n");
        }
    }

    @OnEveryEngine
    void shouldAnswerMistakesAboutAServerInTheSameWords(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            Map<String, String> answers = new HashMap<>();
            answers.put("be/s1 agent up", "agent checks are not enabled on this server.");
            answers.put("be/s2 agent foo", "'set server <srv> agent' expects 'up' or 'down'.");
            answers.put("be/s1 agent-addr 127.0.0.1", "agent checks are not enabled on this server");
            answers.put("be/s2 agent-addr", "set server <b>/<s> agent-addr requires an address and optionally a port.");
            answers.put("be/s2 agent-port", "set server <b>/<s> agent-port requires a port.");
            answers.put("be/s2 agent-port x", "provided port is not an integer");
            answers.put("be/s1 agent-send abc", "agent checks are not enabled on this server.");
            answers.put("be/s2 check-addr", "set server <b>/<s> check-addr requires an address and optionally a port.");
            answers.put("be/s2 check-port", "set server <b>/<s> check-port requires a port.");
            answers.put("be/s2 check-port 99999", "provided port is invalid");
            answers.put("be/s1 check-port 5", "health checks are not enabled on this server");
            answers.put("be/s1 check-addr 1.2.3.4", "health checks are not enabled on this server");
            answers.put("be/s1 fqdn", "set server <b>/<s> fqdn requires a FQDN.");
            answers.put("be/s1 fqdn x", "set server <b>/<s> fqdn failed because no resolution is configured.");
            answers.put(
                    "be/s1 ssl on", "'set server <srv> ssl' cannot be set.  default-server should define ssl settings");
            answers.put("be/s1 addr", "set server <b>/<s> addr requires an address and optionally a port.");
            answers.put("be/s1 addr foo", "Invalid addr 'foo'");
            answers.put("be/s1 addr 127.0.0.5 port x", "problem converting port 'x' to an int");
            answers.put("be/s1 health", "'set server <srv> health' expects 'up', 'stopping', or 'down'.");
            answers.put("be/s1 weight", "Require <weight> or <weight%>.");
            answers.put("be/s1 weight x", "Empty weight string empty or preceded by garbage");
            answers.put("be/s1 weight 5x", "Trailing garbage in weight string");
            answers.put("be/s1 weight -1", "Absolute weight can only be between 0 and 256 inclusive.");
            answers.put("be/s1 weight -5%", "Relative weight must be positive.");
            for (var answer : answers.entrySet()) {
                assertThat(ask(scene, "set server " + answer.getKey()))
                        .as(answer.getKey())
                        .isEqualTo(answer.getValue() + "\n\n");
            }
            assertThat(ask(scene, "set maxconn server be/s1 x"))
                    .isEqualTo("maxconn string empty or preceded by garbage\n\n");
            assertThat(ask(scene, "set maxconn server be/s1")).isEqualTo("Require <maxconn>.\n\n");
            assertThat(ask(scene, "set severity-output number;set server be/s1 addr 127.0.0.1;get weight be/nope"))
                    .isEqualTo("\n[4]: nothing changed\n\n[3]: No such server.\n\n");
        }
    }

    @OnEveryEngine
    void shouldGiveServersDynamicCookies(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            int cookie = 74;
            assertThat(column(scene, "hb", "h1", cookie)).isEmpty();

            assertThat(ask(scene, "enable dynamic-cookie backend hb;set dynamic-cookie-key backend hb one"))
                    .isEqualTo("\n\n");
            String first = column(scene, "hb", "h1", cookie);
            assertThat(first).matches("[0-9a-f]{16}");
            assertThat(ask(scene, "set dynamic-cookie-key backend hb two")).isEqualTo("\n");
            assertThat(column(scene, "hb", "h1", cookie))
                    .matches("[0-9a-f]{16}")
                    .isNotEqualTo(first);

            assertThat(ask(scene, "disable dynamic-cookie backend hb")).isEqualTo("\n");
            assertThat(column(scene, "hb", "h1", cookie)).isEmpty();
            assertThat(ask(scene, "enable dynamic-cookie backend nope")).isEqualTo("No such backend.\n\n");
            assertThat(ask(scene, "enable dynamic-cookie backend")).isEqualTo("A backend name is expected.\n\n");
            assertThat(ask(scene, "set dynamic-cookie-key backend hb")).isEqualTo("String value expected.\n\n");
        }
    }

    @OnEveryEngine
    void shouldStopAFrontendForGood(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(ask(scene, "enable frontend fe")).isEqualTo("All sockets are already enabled.\n\n");
            assertThat(ask(scene, "disable frontend fe;disable frontend fe"))
                    .isEqualTo("\nAll sockets are already disabled.\n\n");
            assertThat(ask(scene, "shutdown frontend fe")).isEqualTo("\n");
            assertThat(status(scene, "fe", "FRONTEND")).isEqualTo("STOP");
            assertThat(ask(scene, "shutdown frontend fe")).isEqualTo("Frontend was already shut down.\n\n");
            assertThat(ask(scene, "enable frontend fe"))
                    .isEqualTo("Frontend was previously shut down, cannot enable.\n\n");
            assertThat(ask(scene, "disable frontend")).isEqualTo("A frontend name is expected.\n\n");
            assertThat(ask(scene, "set maxconn global")).isEqualTo("Expects an integer value.\n\n");
            assertThat(ask(scene, "set maxconn global 50;set maxconn frontend fe 7"))
                    .isEqualTo("\n\n");
            assertThat(ask(scene, "set rate-limit connections global 50")).isEqualTo("\n");
            assertThat(ask(scene, "set rate-limit sessions global")).isEqualTo("Expects an integer value.\n\n");
            assertThat(ask(scene, "set rate-limit foo global 1")).startsWith("'set rate-limit' only supports :\n");
            assertThat(ask(scene, "set timeout cli 5m")).isEqualTo("\n");
            assertThat(ask(scene, "set timeout cli x")).isEqualTo("Invalid timeout value.\n\n");
            assertThat(ask(scene, "set timeout cli 100000d")).isEqualTo("Invalid timeout value.\n\n");
            if (engine.isWeir()) { // HAProxy takes it, too, and dies of it
                assertThat(ask(scene, "set timeout cli 99d")).isEqualTo("\n");
            }
        }
    }
}
