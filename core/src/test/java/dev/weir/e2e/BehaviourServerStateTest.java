package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one process writes down of its servers, and another takes from it; HAProxy's files for Weir, and the other way round. */
@DisplayName("server state files")
final class BehaviourServerStateTest {
    /** The first check of the first server comes at once, those of the others after a part of an hour: never. */
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket @folder@/api mode 600 level admin
                log 127.0.0.1:@log@ local0
                server-state-base @folder@
                server-state-file state
            defaults
                mode tcp
                timeout connect 1s
                timeout client 20s
                timeout server 20s
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend first
            backend first
                server s 127.0.0.1:@s1@ check inter 1h
            backend be
                load-server-state-from-file global
                server down 127.0.0.1:1001 check inter 1h
                server weighed 127.0.0.1:1002 weight 10
                server drained 127.0.0.1:1003
                server maint 127.0.0.1:1004
                server ready 127.0.0.1:1005 disabled
                server moved 127.0.0.1:1006
                server unasked 127.0.0.1:1007 check inter 1h
                server leaving 127.0.0.1:1008 check inter 1h fall 3 rise 2
                server same 127.0.0.1:1009 check inter 1h agent-check agent-port 3009 agent-inter 1h
                server probed 127.0.0.1:1010 check inter 1h port 2010
            """;

    private static final List<String> COMMANDS = List.of(
            "set server be/down health down",
            "set server be/weighed weight 3",
            "set server be/drained state drain",
            "set server be/maint state maint",
            "set server be/ready state ready",
            "set server be/moved addr 127.0.0.9 port 2006",
            "disable health be/unasked",
            "set server be/probed check-port 2011",
            "set server be/leaving health stopping",
            "set server be/same agent-port 3010");

    static Stream<List<BehaviourEngine>> pairs() {
        return Stream.of(BehaviourEngine.values())
                .flatMap(writer -> Stream.of(BehaviourEngine.values()).map(reader -> List.of(writer, reader)));
    }

    private static BehaviourScene scene(BehaviourEngine engine) throws IOException {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene;
    }

    /** Without the header, with N for the time since the last change, and what has no meaning without checks masked. */
    private static List<String> state(BehaviourScene scene) throws IOException {
        return scene.ask("api", "show servers state be")
                .lines()
                .filter(line -> line.matches("\\d+ be .*"))
                .map(line -> line.replaceAll("^(\\d+ be(?: \\S+){7}) \\d+ ", "$1 N ")
                        .replaceAll("^(\\d+ be [2-6] .* N 1 0) \\d \\d ", "$1 H S ")
                        .replace(" 2011 - - 2010", " 2011 - - 0")) // HAProxy's agents begin with the port of checks
                .toList();
    }

    private static String written(BehaviourEngine writer) throws Exception {
        try (var scene = scene(writer)) {
            scene.startWhole(CONFIGURATION.replaceAll(".*server-state-(base|file).*\n", ""));
            for (String command : COMMANDS) {
                scene.ask("api", command);
            }
            return scene.ask("api", "show servers state");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void shouldTakeOverWhatWasSetAtRunTime(List<BehaviourEngine> writerAndReader) throws Exception {
        try (var scene = scene(writerAndReader.getLast())) {
            Files.writeString(scene.folder().resolve("state"), written(writerAndReader.getFirst()));

            scene.startWhole(CONFIGURATION);

            assertThat(state(scene))
                    .containsExactly(
                            "4 be 1 down 127.0.0.1 0 0 1 1 N 1 0 0 6 0 0 0 - 1001 - 0 0 - - 0",
                            "4 be 2 weighed 127.0.0.1 2 0 3 10 N 1 0 H S 0 0 0 - 1002 - 0 0 - - 0",
                            "4 be 3 drained 127.0.0.1 2 8 1 1 N 1 0 H S 0 0 0 - 1003 - 0 0 - - 0",
                            "4 be 4 maint 127.0.0.1 0 1 1 1 N 1 0 H S 0 0 0 - 1004 - 0 0 - - 0",
                            "4 be 5 ready 127.0.0.1 2 4 1 1 N 1 0 H S 0 0 0 - 1005 - 0 0 - - 0",
                            // The port comes from the file, the address does not.
                            "4 be 6 moved 127.0.0.1 2 0 1 1 N 1 0 H S 0 0 0 - 2006 - 0 0 - - 0",
                            "4 be 7 unasked 127.0.0.1 2 0 1 1 N 1 0 4 2 0 0 0 - 1007 - 0 0 - - 0",
                            "4 be 8 leaving 127.0.0.1 3 0 1 1 N 1 0 2 6 0 0 0 - 1008 - 0 0 - - 0",
                            "4 be 9 same 127.0.0.1 2 0 1 1 N 1 0 4 6 22 0 0 - 1009 - 0 0 - - 3010",
                            "4 be 10 probed 127.0.0.1 2 0 1 1 N 1 0 4 6 0 0 0 - 1010 - 0 2011 - - 0");
        }
    }

    private static final String OF_THE_FILE = """
            1
            # be_id be_name srv_id srv_name srv_addr ...
            9 be 1 heavier 127.0.0.1 2 0 3 10 77 1 0 4 0 0 0 0 - 1001 - 0 0 - - 0
            9 be 2 enabled 127.0.0.1 0 5 1 1 77 1 0 4 0 0 0 0 - 1002 - 0 0 - - 0
            9 be 3 light 127.0.0.1 2 8 0 0 77 1 0 4 0 0 0 0 - 1003 - 0 0 - - 0
            9 be 4 wrong 127.0.0.1 2 0 999 1 77 1 0 4 0 0 0 0 - 1004 - 0 0 - - 0
            9 be 5 few 127.0.0.1 0 0 7 1 77 1 0 4 0 0 0 0 - 1005 -
            9 be 5 few 127.0.0.1 2 0 9 1 77 1 0 4 0 0 0 0 - 1005 -
            9 be 6 stranger 127.0.0.1 2 0 9 1 77 1 0 4 0 0 0 0 - 1005 -
            """;
    private static final String CHANGED = CONFIGURATION.replaceFirst("(?s)    server down.*", """
                server heavier 127.0.0.1:1001 weight 20
                server enabled 127.0.0.1:1002
                server light 127.0.0.1:1003 weight 5
                server wrong 127.0.0.1:1004
                server few 127.0.0.1:1005
            """);

    /** What the configuration has changed since holds; lines that are wrong, given twice or of nobody change nothing. */
    @OnEveryEngine
    void shouldPreferAChangedConfiguration(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            Files.writeString(scene.folder().resolve("be"), OF_THE_FILE);

            scene.startWhole(CHANGED.replace("from-file global", "from-file local"));

            var api = new BehaviourApi(scene);
            assertThat(api.ask("get weight be/heavier")).startsWith("20 (initial 20)");
            assertThat(api.row("be", "enabled")).containsEntry("status", "DOWN");
            assertThat(api.row("be", "light"))
                    .containsEntry("status", "no check")
                    .containsEntry("weight", "5");
            assertThat(api.ask("get weight be/wrong")).startsWith("1 (initial 1)");
            assertThat(api.ask("get weight be/few")).startsWith("7 (initial 1)");
            assertThat(Integer.parseInt(api.row("be", "few").get("lastchg"))).isGreaterThanOrEqualTo(77);
        }
    }

    /** {@code init-addr last}, which comes first where nothing is said. */
    @OnEveryEngine
    void shouldTakeTheLastAddressOfAServerWithAName(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            Files.writeString(scene.folder().resolve("be"), """
                    1
                    9 be 1 named 127.0.0.9 2 0 1 1 77 1 0 4 0 0 0 0 localhost 1001 - 0 0 - - 0
                    9 be 2 asked 127.0.0.9 2 0 1 1 77 1 0 4 0 0 0 0 localhost 1002 - 0 0 - - 0
                    """);

            scene.startWhole(CONFIGURATION
                    .replace("from-file global", "from-file local")
                    .replaceFirst("(?s)    server down.*", """
                                server named localhost:1001
                                server asked localhost:1002 init-addr libc
                            """));

            assertThat(state(scene).getFirst()).contains("named 127.0.0.9 ").contains(" 1001 ");
            assertThat(state(scene).getLast()).doesNotContain("127.0.0.9").contains(" 1002 ");
        }
    }

    @OnEveryEngine
    void shouldTakeNothingOfAFileThatIsDamaged(BehaviourEngine engine) throws Exception {
        for (String text :
                List.of("", "2\n", "1", OF_THE_FILE + "9 be 1", OF_THE_FILE + "x\n", "1\n" + "x".repeat(3000))) {
            try (var scene = scene(engine)) {
                Files.writeString(scene.folder().resolve("be"), text);

                scene.startWhole(CHANGED.replace("from-file global", "from-file local"));

                assertThat(new BehaviourApi(scene).ask("get weight be/few")).startsWith("1 (initial 1)");
            }
        }
    }

    /** Status and health of the checks, in HAProxy's numbers; its result and state also tell whether one is under way. */
    @OnEveryEngine
    void shouldNumberWhatChecksFound(BehaviourEngine engine) throws Exception {
        try (var web = new NamedHttpServer("web");
                var scene = new BehaviourScene(engine)) {
            scene.port("web", web.port());
            scene.startWhole("""
                    global
                        nbthread 1
                        stats socket @folder@/api mode 600 level admin
                    defaults
                        mode http
                        timeout connect 5s
                        timeout client 20s
                        timeout server 20s
                        timeout check 20s
                        default-server inter 100ms fall 1
                    frontend fe
                        bind 127.0.0.1:@fe@
                    backend be
                        option httpchk GET /
                        server answers 127.0.0.1:@web@ check
                        server absent 127.0.0.1:@nobody@ check
                        server off 127.0.0.1:@web@ check disabled
                    backend picky
                        option httpchk GET /
                        http-check expect status 201
                        server wrong 127.0.0.1:@web@ check
                    backend connected
                        server open 127.0.0.1:@web@ check
                        server unasked 127.0.0.1:@web@
                        server idle 127.0.0.1:@web@ disabled
                    """);

            Patience.await()
                    .untilAsserted(() -> assertThat(checks(scene))
                            .containsExactly(
                                    "answers 15 2 6",
                                    "absent 8 0 6",
                                    "off 1 0 14",
                                    "wrong 17 0 6",
                                    "open 6 2 6",
                                    "unasked 1 2 0",
                                    "idle 1 0 8"));

            scene.ask("api", "set server be/answers state maint");
            Patience.await()
                    .untilAsserted(() -> assertThat(checks(scene).getFirst()).isEqualTo("answers 15 0 14"));
            scene.ask("api", "set server connected/idle state ready");
            assertThat(checks(scene).getLast()).isEqualTo("idle 1 0 8");
        }
    }

    /** Name, status, health, and the state of the check without the bit of one that is on its way. */
    private static List<String> checks(BehaviourScene scene) throws IOException {
        return scene.ask("api", "show servers state")
                .lines()
                .filter(line -> line.matches("\\d+ .*"))
                .map(line -> line.split(" "))
                .filter(words -> words.length > 13)
                .map(words -> String.join(" ", words[3], words[10], words[12], "" + (Integer.parseInt(words[13]) & ~1)))
                .toList();
    }

    @Test
    void shouldSayWhatIsWrong(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("be"), OF_THE_FILE);
        Files.writeString(folder.resolve("state"), "1\nbroken\n");
        Configurations.file(
                folder,
                CHANGED.replace("from-file global", "from-file local")
                        .replace("@folder@", folder.toString())
                        .replace("@log@", "9")
                        .replace("@s1@", "9")
                        .replace("@fe@", Integer.toString(Peers.freePort())));

        try (var weir = Weir.start(folder, "-db", "-f", "haproxy.cfg")) {
            weir.says("config: corrupted global server state file '" + folder + "/state' at line 1.")
                    .says("Proxy 'be': backend ID mismatch: from server state file: '9', from running config '4'")
                    .says("server-state application failed for server 'be/wrong', invalid srv_uweight value '999'")
                    .says("Proxy 'be': can't find server 'stranger' in backend 'be'");
        }
    }
}
