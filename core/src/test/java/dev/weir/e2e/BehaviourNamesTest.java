package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import dev.weir.e2e.ScriptedNameServer.Manner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Servers that move, come and go by what their names lead to, while the proxy runs. */
@DisplayName("names at run time")
final class BehaviourNamesTest {
    private static final String PREAMBLE = """
            global
                nbthread 2
                stats socket @folder@/api mode 600 level admin
                log 127.0.0.1:@log@ local0
            defaults base
                mode tcp
                log global
                log-format "%b/%s %ts"
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            resolvers r
                nameserver n1 127.0.0.1:@dns@
                resolve_retries 2
                timeout resolve 50ms
                timeout retry 500ms
                hold nx 100ms
                hold refused 100ms
                hold other 100ms
                hold timeout 1h
                hold valid 10ms
                accepted_payload_size 8192
            frontend fe
                bind 127.0.0.1:@fe@
                use_backend be
            backend be
            """;
    private static final String ONE = PREAMBLE + """
                server s1 a.test:@origin@ resolvers r resolve-prefer ipv4 init-addr none
            """;
    private static final String TEMPLATE = PREAMBLE + """
                server-template t 3 a.test:@origin@ resolvers r resolve-prefer ipv4 init-addr none
            """;
    private static final String SERVICES = PREAMBLE + """
                server-template t 3 _s._tcp.test resolvers r resolve-prefer ipv4 init-addr none
            """;

    /** A scene whose name server is the test's. */
    private static BehaviourScene scene(BehaviourEngine engine, ScriptedNameServer names, String configuration)
            throws Exception {
        var scene = new BehaviourScene(engine);
        scene.anyOrigin("origin");
        scene.keepOpen(names);
        scene.port("dns", names.port());
        return scene.startWhole(configuration);
    }

    private static List<Map<String, String>> state(BehaviourScene scene) throws Exception {
        List<String> lines = scene.ask("api", "show servers state be").lines().toList();
        String[] columns = lines.get(1).substring(2).split(" ");
        return lines.subList(2, lines.size()).stream()
                .filter(line -> !line.isEmpty())
                .map(line -> {
                    String[] values = line.split(" ");
                    Map<String, String> row = new HashMap<>();
                    for (int i = 0; i < columns.length; i++) {
                        row.put(columns[i], values[i]);
                    }
                    return row;
                })
                .toList();
    }

    /** {@code address:port state}, of all servers in order of this text. */
    private static List<String> places(BehaviourScene scene) throws Exception {
        TreeSet<String> places = new TreeSet<>();
        for (Map<String, String> row : state(scene)) {
            boolean isThere = row.get("srv_op_state").equals("2");
            places.add(row.get("srv_addr") + (isThere ? "" : " maint"));
        }
        return List.copyOf(places);
    }

    private static void awaitPlaces(BehaviourScene scene, String... expected) {
        Patience.await().untilAsserted(() -> assertThat(places(scene)).containsExactly(expected));
    }

    private static void exchange(BehaviourScene scene) throws Exception {
        var client = scene.client("fe").send("hello");
        scene.origin("origin").accept().expect("hello").send("ok").close();
        assertThat(client.rest()).isEqualTo("ok<FIN>");
        client.close();
    }

    @OnEveryEngine
    void shouldFollowItsNameAndKeepTheSessionsThatItHas(BehaviourEngine engine) throws Exception {
        var names = new ScriptedNameServer();
        names.zone("a.test. A 127.0.0.1");
        try (var scene = scene(engine, names, ONE)) {
            assertThat(scene.logs().lineWith("IP changed"))
                    .isEqualTo("be/s1: IP changed from '(none)' to '127.0.0.1' by 'r/n1'.");
            assertThat(scene.log()).isEqualTo("Server be/s1 ('a.test') is UP/READY (resolves again).");
            assertThat(scene.log()).isEqualTo("Server be/s1 administratively READY thanks to valid DNS answer.");
            var client = scene.client("fe").send("hello");
            var server = scene.origin("origin").accept().expect("hello");

            names.zone("a.test. A 127.0.0.2");
            assertThat(scene.logs().lineWith("IP changed"))
                    .isEqualTo("be/s1: IP changed from '127.0.0.1' to '127.0.0.2' by 'r/n1'.");
            exchange(scene);
            assertThat(state(scene).getFirst())
                    .containsEntry("srv_addr", "127.0.0.2")
                    .containsEntry("srv_fqdn", "a.test")
                    .containsEntry("srv_admin_state", "0")
                    .containsEntry("srvrecord", "-");

            server.send("still here").close();
            assertThat(client.rest()).isEqualTo("still here<FIN>");
        }
    }

    @OnEveryEngine
    void shouldBeInMaintenanceWhileItsNameLeadsNowhere(BehaviourEngine engine) throws Exception {
        var names = new ScriptedNameServer();
        names.zone("a.test. A 127.0.0.1");
        try (var scene = scene(engine, names, ONE)) {
            awaitPlaces(scene, "127.0.0.1");

            names.zone();
            assertThat(scene.logs().lineWith("going DOWN"))
                    .isEqualTo("Server be/s1 is going DOWN for maintenance (DNS NX status). 0 active and 0 backup"
                            + " servers left. 0 sessions active, 0 requeued, 0 remaining in queue.");
            assertThat(scene.log()).isEqualTo("backend be has no server available!");
            awaitPlaces(scene, "- maint");
            assertThat(state(scene).getFirst())
                    .containsEntry("srv_admin_state", "32")
                    .containsEntry("srv_op_state", "0")
                    .containsEntry("srv_port", "" + scene.port("origin"));
            assertThat(new BehaviourApi(scene).row("be", "s1")).containsEntry("status", "MAINT (resolution)");
            assertThat(scene.client("fe").rest()).isEqualTo("<FIN>");

            names.zone("a.test. A 127.0.0.3");
            assertThat(scene.logs().lineWith("IP changed"))
                    .isEqualTo("be/s1: IP changed from '(none)' to '127.0.0.3' by 'r/n1'.");
            awaitPlaces(scene, "127.0.0.3");
            exchange(scene);
        }
    }

    @OnEveryEngine
    void shouldSayWhyANameLeadsNowhere(BehaviourEngine engine) throws Exception {
        var names = new ScriptedNameServer();
        names.zone("a.test. A 127.0.0.1");
        try (var scene = scene(engine, names, ONE)) {
            awaitPlaces(scene, "127.0.0.1");

            names.manner(Manner.REFUSING);
            assertThat(scene.logs().lineWith("going DOWN")).contains(" for maintenance (DNS refused status). ");
        }
    }

    @OnEveryEngine
    void shouldSayThatNobodyAnswersForAName(BehaviourEngine engine) throws Exception {
        var names = new ScriptedNameServer();
        names.zone("a.test. A 127.0.0.1");
        try (var scene = scene(engine, names, ONE.replace("hold timeout 1h", "hold timeout 100ms"))) {
            awaitPlaces(scene, "127.0.0.1");

            names.manner(Manner.SILENT);
            assertThat(scene.logs().lineWith("going DOWN")).contains(" for maintenance (DNS timeout status). ");
        }
    }

    @OnEveryEngine
    void shouldGiveTheServersOfATemplateAnAddressEach(BehaviourEngine engine) throws Exception {
        var names = new ScriptedNameServer();
        names.zone("a.test. A 127.0.0.1", "a.test. A 127.0.0.2");
        try (var scene = scene(engine, names, TEMPLATE)) {
            awaitPlaces(scene, "- maint", "127.0.0.1", "127.0.0.2");
            exchange(scene);

            names.zone("a.test. A 127.0.0.1", "a.test. A 127.0.0.3", "a.test. A 127.0.0.4", "a.test. A 127.0.0.5");
            Patience.await()
                    .untilAsserted(() -> assertThat(places(scene))
                            .hasSize(3)
                            .contains("127.0.0.1")
                            .isSubsetOf("127.0.0.1", "127.0.0.3", "127.0.0.4", "127.0.0.5"));

            names.zone("a.test. A 127.0.0.5");
            awaitPlaces(scene, "- maint", "127.0.0.5");
            exchange(scene);
        }
    }

    @OnEveryEngine
    void shouldFillATemplateFromSrvRecords(BehaviourEngine engine) throws Exception {
        var names = new ScriptedNameServer();
        try (var scene = scene(engine, names, SERVICES)) {
            String port = "" + scene.port("origin");
            names.zone(
                    "_s._tcp.test. SRV 0 2560 " + port + " n1.test.",
                    "_s._tcp.test. SRV 0 0 81 n2.test.",
                    "n1.test. A 127.0.0.1",
                    "n2.test. A 127.0.0.2");
            awaitPlaces(scene, "- maint", "127.0.0.1", "127.0.0.2");

            Map<String, String> first = state(scene).stream()
                    .filter(row -> row.get("srv_addr").equals("127.0.0.1"))
                    .findFirst()
                    .orElseThrow();
            assertThat(first)
                    .containsEntry("srv_fqdn", "n1.test")
                    .containsEntry("srv_port", port)
                    .containsEntry("srv_uweight", "10")
                    .containsEntry("srv_admin_state", "64")
                    .containsEntry("srvrecord", "_s._tcp.test");
            exchange(scene); // the other one has weight 0

            names.zone("_s._tcp.test. SRV 0 256 " + port + " n3.test.", "n1.test. A 127.0.0.1", "n3.test. A 127.0.0.3");
            assertThat(scene.logs().lineWith("entry removed"))
                    .contains(" is going DOWN for maintenance (entry removed from SRV record). ");
            awaitPlaces(scene, "- maint", "127.0.0.3");
            exchange(scene);
        }
    }

    @OnEveryEngine
    void shouldGetAnotherNameFromAnOperator(BehaviourEngine engine) throws Exception {
        var names = new ScriptedNameServer();
        names.zone("a.test. A 127.0.0.1", "b.test. A 127.0.0.2");
        try (var scene = scene(engine, names, ONE + "    server s2 127.0.0.1:1\n")) {
            awaitPlaces(scene, "127.0.0.1");

            assertThat(scene.ask("api", "set server be/s1 fqdn"))
                    .isEqualTo("set server <b>/<s> fqdn requires a FQDN.\n\n");
            assertThat(scene.ask("api", "set server be/s2 fqdn b.test"))
                    .isEqualTo("set server <b>/<s> fqdn failed because no resolution is configured.\n\n");
            assertThat(scene.ask("api", "set server be/s1 fqdn a.test"))
                    .isEqualTo("no need to change the FDQN by 'stats socket command'\n\n");
            assertThat(scene.ask("api", "set server be/s1 fqdn b!c"))
                    .isEqualTo("invalid fqdn 'b!c' by 'stats socket command'\n\n");
            assertThat(scene.ask("api", "set server be/s1 fqdn b..c"))
                    .isEqualTo("could not update be/s1 FQDN by 'stats socket command'\n\n");
            assertThat(scene.ask("api", "set server be/s1 fqdn b.test"))
                    .isEqualTo("be/s1 changed its FQDN from a.test to b.test by 'stats socket command'\n\n");

            Patience.await()
                    .untilAsserted(() -> assertThat(state(scene).getFirst()).containsEntry("srv_addr", "127.0.0.2"));
            assertThat(state(scene).getFirst()).containsEntry("srv_fqdn", "b.test");
        }
    }

    @OnEveryEngine
    void shouldCountWhatNameServersSay(BehaviourEngine engine) throws Exception {
        var names = new ScriptedNameServer();
        names.zone("a.test. A 127.0.0.1");
        try (var scene = scene(engine, names, ONE)) {
            awaitPlaces(scene, "127.0.0.1");
            names.zone();
            Patience.await()
                    .untilAsserted(() -> assertThat(counters(scene).get("nx")).isPositive());

            assertThat(scene.ask("api", "show resolvers r"))
                    .startsWith("Resolvers section r\n nameserver n1:\n  sent:  ");
            assertThat(counters(scene).keySet())
                    .containsExactlyInAnyOrder(
                            "sent",
                            "snd_error",
                            "valid",
                            "update",
                            "cname",
                            "cname_error",
                            "any_err",
                            "nx",
                            "timeout",
                            "refused",
                            "other",
                            "invalid",
                            "too_big",
                            "truncated",
                            "outdated");
            assertThat(counters(scene)).containsEntry("update", 1L).containsEntry("invalid", 0L);
            assertThat(counters(scene).get("valid")).isPositive();
            assertThat(scene.ask("api", "show resolvers nope")).isEqualTo("Can't find that resolvers section\n\n");
            assertThat(scene.ask("api", "show stat domain resolvers").lines().toList())
                    .startsWith(
                            "# id,pid,sent,send_error,valid,update,cname,cname_error,any_err,nx,timeout,refused,other,"
                                    + "invalid,too_big,truncated,outdated,")
                    .anyMatch(line -> line.matches("n1,r,([0-9]+,){15}"));
            assertThat(scene.ask("api", "show stat domain nope")).isEqualTo("Invalid statistics domain.\n\n");
        }
    }

    private static Map<String, Long> counters(BehaviourScene scene) throws Exception {
        Map<String, Long> counters = new HashMap<>();
        scene.ask("api", "show resolvers r")
                .lines()
                .filter(line -> line.startsWith("  "))
                .forEach(line -> {
                    String[] words = line.strip().split(": +");
                    counters.put(words[0], Long.parseLong(words[1]));
                });
        return counters;
    }

    @Test
    void shouldAskByTcpForWhatUdpTruncates() throws Exception {
        var names = new ScriptedNameServer();
        names.zone("a.test. A 127.0.0.1");
        names.manner(Manner.TRUNCATING);
        try (var scene = scene(BehaviourEngine.WEIR, names, ONE)) {
            awaitPlaces(scene, "127.0.0.1");
            exchange(scene);
        }
    }

    @OnEveryEngine
    void shouldAskByTcpAlone(BehaviourEngine engine) throws Exception {
        var names = new ScriptedNameServer();
        names.zone("a.test. A 127.0.0.1");
        try (var scene = scene(engine, names, ONE.replace("n1 127", "n1 tcp@127"))) {
            awaitPlaces(scene, "127.0.0.1");
            names.zone("a.test. A 127.0.0.2");
            awaitPlaces(scene, "127.0.0.2");
        }
    }

    @Test
    void shouldServeOnWhateverTheNameServerDoes() throws Exception {
        var names = new ScriptedNameServer();
        names.zone("a.test. A 127.0.0.1");
        String patient = ONE.replace("hold nx 100ms", "hold nx 1h")
                .replace("hold other 100ms", "hold other 1h")
                .replace("hold refused 100ms", "hold refused 1h")
                .replace("timeout retry 500ms", "timeout retry 20ms");
        try (var scene = scene(BehaviourEngine.WEIR, names, patient)) {
            awaitPlaces(scene, "127.0.0.1");
            for (Manner manner : Manner.values()) {
                names.manner(manner);
                int before = names.asked();
                Patience.await().until(() -> names.asked() > before + 10);
                for (int i = 0; i < 20; i++) {
                    exchange(scene);
                }
                assertThat(places(scene)).as(manner.name()).containsExactly("127.0.0.1");
            }
            names.manner(Manner.HONEST);
            names.zone("a.test. A 127.0.0.2");
            awaitPlaces(scene, "127.0.0.2");
        }
    }

    @Test
    void shouldKeepWhatANameLedToOverReloads() throws Exception {
        var names = new ScriptedNameServer();
        names.zone("a.test. A 127.0.0.1");
        try (var scene = scene(BehaviourEngine.WEIR, names, ONE)) {
            awaitPlaces(scene, "127.0.0.1");
            names.manner(Manner.SILENT);

            scene.write(ONE.replace("hold valid 10ms", "hold valid 20ms"));
            scene.reload();

            assertThat(places(scene)).containsExactly("127.0.0.1");
            exchange(scene);
            names.manner(Manner.HONEST);
            names.zone("a.test. A 127.0.0.2", "b.test. A 127.0.0.3");
            awaitPlaces(scene, "127.0.0.2");

            scene.write(ONE.replace("a.test", "b.test"));
            scene.reload();
            awaitPlaces(scene, "127.0.0.3");
            exchange(scene);

            scene.write(ONE.replace("a.test", "127.0.0.4"));
            scene.reload();
            awaitPlaces(scene, "127.0.0.4");
            exchange(scene);
        }
    }
}
