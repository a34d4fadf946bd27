package dev.weir.e2e;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DisplayName;

/** What an operator's words make of servers that are checked, have an agent, or neither: states, flags, health, status. */
@DisplayName("runtime API: states of servers")
final class BehaviourAdministrationTest {
    /** The first check of the first server comes at once, those of the others after a part of an hour: never. */
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket @folder@/api mode 600 level admin
            defaults
                mode tcp
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend first
            backend first
                server s 127.0.0.1:@s1@ check inter 1h
            backend be
                default-server inter 1h rise 2 fall 3
                server checked 127.0.0.1:1001 check
                server asked 127.0.0.1:1002 check agent-check agent-port 1003 agent-inter 1h
                server plain 127.0.0.1:1004
                server off 127.0.0.1:1005 disabled
                server tracking 127.0.0.1:1006 track be/checked
            """;

    /** A server, what is said, the answer; the operational state, administrative flags, health and status that it has then. */
    private static final String STEPS = """
            checked  | set server S state drain      |                                                | 2 8 2 DRAIN 1/3
            checked  | set server S state maint      |                                                | 0 1 0 MAINT
            tracking | get weight S                  | 1 (initial 1)                                  | 0 2 0 MAINT (via be/checked)
            checked  | set server S state drain      |                                                | 2 8 2 DRAIN 1/3
            checked  | disable server S              |                                                | 0 1 0 MAINT
            checked  | enable server S               |                                                | 2 0 2 UP 1/3
            tracking | get weight S                  | 1 (initial 1)                                  | 2 0 0 UP 1/3
            checked  | set server S health up        |                                                | 2 0 4 UP
            checked  | set server S health down      |                                                | 0 0 0 DOWN
            checked  | set server S health stopping  |                                                | 3 0 4 NOLB
            checked  | set server S check-port 1001  |                                                | 3 0 4 NOLB
            checked  | disable health S              |                                                | 3 0 4 NOLB
            checked  | set server S check-port 1001  | health checks are not enabled on this server   | 3 0 4 NOLB
            checked  | set server S check-addr 1.1.1.1 | health checks are not enabled on this server | 3 0 4 NOLB
            checked  | set server S health up        |                                                | 2 0 4 no check
            asked    | set server S state drain      |                                                | 2 8 2 DRAIN (agent)
            asked    | disable agent S               |                                                | 2 8 2 DRAIN 1/3
            asked    | set server S state ready      |                                                | 2 0 2 UP 1/3
            asked    | set server S agent down       | agent checks are not enabled on this server.   | 2 0 2 UP 1/3
            asked    | set server S agent up         | agent checks are not enabled on this server.   | 2 0 2 UP 1/3
            asked    | set server S agent-addr 1.1.1.1 | agent checks are not enabled on this server  | 2 0 2 UP 1/3
            asked    | set server S agent-port 1003  | agent checks are not enabled on this server    | 2 0 2 UP 1/3
            asked    | set server S agent-send hello | agent checks are not enabled on this server.   | 2 0 2 UP 1/3
            plain    | set server S health stopping  |                                                | 3 0 4 NOLB
            plain    | set server S health down      |                                                | 0 0 0 DOWN
            plain    | set server S health up        |                                                | 2 0 4 no check
            plain    | set server S state drain      |                                                | 2 8 4 DRAIN
            plain    | disable server S              |                                                | 0 1 0 MAINT
            plain    | enable server S               |                                                | 2 0 0 no check
            off      | get weight S                  | 1 (initial 1)                                  | 0 5 0 MAINT
            off      | set server S state ready      |                                                | 2 4 0 no check
            """;

    private static String state(BehaviourApi api, String server) throws Exception {
        List<String> line = api.ask("show servers state be")
                .lines()
                .map(row -> List.of(row.split(" ")))
                .filter(row -> row.size() > 3 && row.get(3).equals(server))
                .findFirst()
                .orElseThrow();
        Map<String, String> row = api.row("be", server);
        return line.get(5) + " " + line.get(6) + " " + line.get(12) + " " + row.get("status");
    }

    @OnEveryEngine
    void shouldFollowTheOperator(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION);
            var api = new BehaviourApi(scene);
            var states = new SoftAssertions();
            for (String step : STEPS.lines().toList()) {
                List<String> cells =
                        List.of(step.split("\\|")).stream().map(String::strip).toList();
                String server = cells.getFirst();

                String answer =
                        api.ask(cells.get(1).replace("S", "be/" + server)).strip();

                states.assertThat(answer + " -> " + state(api, server))
                        .as(step)
                        .isEqualTo(cells.get(2) + " -> " + cells.get(3));
            }
            states.assertAll();
        }
    }
}
