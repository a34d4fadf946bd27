package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that nothing else has, and counters that another process finds by them; HAProxy's files for Weir, and the other way round. */
@DisplayName("GUIDs and stats files")
final class BehaviourGuidTest {
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket @folder@/api mode 600 level admin
                stats socket @folder@/user mode 600 level user
                stats-file @folder@/counters
            defaults
                mode tcp
                timeout connect 5s
                timeout client 20s
                timeout server 20s
            frontend fe
                guid the-frontend
                option socket-stats
                bind 127.0.0.1:@fe@ guid-prefix lst
                tcp-request connection reject if { src 127.0.0.3 }
                default_backend be
            backend be
                guid the:backend
                server s1 127.0.0.1:@s1@ guid the_server
                server s2 127.0.0.1:@s1@ backup
            listen both
                guid both.sides
                bind 127.0.0.1:@both@
                server s3 127.0.0.1:@s1@
            """;

    private static final String HEAD_FRONT = "#fe guid,stot,bin,bout,dreq,dresp,ereq,rate,hrsp_1xx,hrsp_2xx,hrsp_3xx,"
            + "hrsp_4xx,hrsp_5xx,hrsp_other,req_rate,req_tot,comp_in,comp_out,comp_byp,comp_rsp,conn_rate,conn_tot,"
            + "intercepted,dcon,dses,wrew,cache_lookups,cache_hits,eint,h1sess,h2sess,h3sess,req_other,h1req,h2req,h3req,";
    private static final String HEAD_BACK = "#be guid,stot,bin,bout,dreq,dresp,econ,eresp,wretr,wredis,chkfail,chkdown,"
            + "lastchg,lbtot,rate,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,hrsp_5xx,hrsp_other,hanafail,req_tot,cli_abrt,"
            + "srv_abrt,comp_in,comp_out,comp_byp,comp_rsp,lastsess,wrew,connect,reuse,cache_lookups,cache_hits,eint,";

    /** What stands in a dump for a part and a GUID, by column. */
    private static Map<String, String> entry(String dump, String part, String guid) {
        List<String> lines = dump.lines().toList();
        int header = lines.stream()
                .filter(line -> line.startsWith(part))
                .map(lines::indexOf)
                .findFirst()
                .orElseThrow();
        String[] names = lines.get(header).split("[ ,]");
        for (String line : lines.subList(header + 1, lines.size())) {
            String[] values = line.split(",");
            if (line.startsWith("#")) {
                break;
            } else if (values[0].equals(guid)) {
                Map<String, String> entry = new HashMap<>();
                for (int i = 1; i < values.length; i++) {
                    entry.put(names[i + 1], values[i]);
                }
                return entry;
            }
        }
        throw new AssertionError("no " + part + " " + guid + " in " + dump);
    }

    private static BehaviourScene scene(BehaviourEngine engine, String counters) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        Files.writeString(scene.folder().resolve("counters"), counters);
        return scene.startWhole(CONFIGURATION);
    }

    private static void exchange(BehaviourScene scene) throws Exception {
        var client = scene.client("fe").send("hello");
        scene.origin("s1").accept().expect("hello").send("ok").close();
        assertEquals("ok<FIN>", client.rest());
        client.close();
        scene.clientFrom("127.0.0.3", "fe").rest();
        var api = new BehaviourApi(scene);
        Patience.await().until(() -> api.row("fe", "FRONTEND").get("scur").equals("0"));
        Patience.await().until(() -> api.row("be", "s1").get("scur").equals("0"));
    }

    private static void assertCounted(BehaviourScene scene, int times) throws IOException {
        String dump = scene.ask("user", "dump stats-file");
        String two = Integer.toString(2 * times);
        String once = Integer.toString(times);
        String in = Integer.toString(5 * times);
        assertThat(entry(dump, "#fe", "the-frontend"))
                .containsEntry("stot", once)
                .containsEntry("bin", in)
                .containsEntry("bout", two)
                .containsEntry("dcon", once)
                .containsEntry("conn_tot", two);
        assertThat(entry(dump, "#fe", "lst-0")).containsEntry("stot", once).containsEntry("bin", in);
        assertThat(entry(dump, "#be", "the:backend"))
                .containsEntry("stot", once)
                .containsEntry("bout", two)
                .containsEntry("lbtot", once);
        assertThat(entry(dump, "#be", "the_server"))
                .containsEntry("stot", once)
                .containsEntry("bin", in)
                .containsEntry("connect", once);
        assertThat(entry(dump, "#fe", "both.sides")).containsEntry("stot", "0");
        assertThat(entry(dump, "#be", "both.sides")).containsEntry("stot", "0");
        assertThat(new BehaviourApi(scene).row("be", "s1")).containsEntry("bin", in);
    }

    @OnEveryEngine
    void shouldDumpWhatHasAName(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "")) {
            String dump = scene.ask("api", "dump stats-file");

            assertThat(dump)
                    .startsWith(HEAD_FRONT + "\n")
                    .contains("\n\n" + HEAD_BACK + "\n")
                    .endsWith(",\n\n");
            assertThat(dump.lines().map(line -> line.replaceFirst("[ ,].*", "")))
                    .containsExactly(
                            "#fe",
                            "the-frontend",
                            "lst-0",
                            "both.sides",
                            "",
                            "#be",
                            "the_server",
                            "the:backend",
                            "both.sides",
                            "");
            assertThat(entry(dump, "#fe", "the-frontend")).hasSize(35);
            assertThat(entry(dump, "#be", "the_server")).hasSize(35);
        }
    }

    static Stream<List<BehaviourEngine>> pairs() {
        return Stream.of(BehaviourEngine.values())
                .flatMap(writer -> Stream.of(BehaviourEngine.values()).map(reader -> List.of(writer, reader)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void shouldGoOnCountingWhereTheProcessBeforeStopped(List<BehaviourEngine> writerAndReader) throws Exception {
        String dump;
        try (var scene = scene(writerAndReader.getFirst(), "")) {
            exchange(scene);
            Patience.await().untilAsserted(() -> assertCounted(scene, 1));
            dump = scene.ask("api", "dump stats-file");
        }

        try (var scene = scene(writerAndReader.getLast(), dump)) {
            assertCounted(scene, 1);
            exchange(scene);

            Patience.await().untilAsserted(() -> assertCounted(scene, 2));
        }
    }

    /** Columns may stand in any order, and lines that are wrong cost nothing but themselves. */
    @OnEveryEngine
    void shouldTakeWhatItUnderstands(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, """
                // a comment
                #xy guid,stot,
                the-frontend,1,
                #fe guid,bin,nonsense,lbtot,bout,stot,
                the-frontend,7,1,1,,5
                lst-0,x1,1,1,9,8,7,6,5
                nobody,1,1,1,1,1,
                the:backend,3,3,3,3,3,

                #be guid,lbtot,stot,
                the:backend,4,6,
                the-frontend,4,6,
                the_server,4x,-6,
                """)) {
            String dump = scene.ask("api", "dump stats-file");

            assertThat(entry(dump, "#fe", "the-frontend"))
                    .containsEntry("bin", "7")
                    .containsEntry("bout", "0")
                    .containsEntry("stot", "5");
            assertThat(entry(dump, "#fe", "lst-0"))
                    .containsEntry("bin", "0")
                    .containsEntry("bout", "9")
                    .containsEntry("stot", "8");
            assertThat(entry(dump, "#be", "the:backend"))
                    .containsEntry("lbtot", "4")
                    .containsEntry("stot", "6");
            assertThat(entry(dump, "#be", "the_server"))
                    .containsEntry("lbtot", "0")
                    .containsEntry("stot", "0");
        }
    }

    @OnEveryEngine
    void shouldTakeNothingOfWhatIsNoSuchFile(BehaviourEngine engine) throws Exception {
        for (String text : List.of(
                "junk\n#fe guid,stot,\nthe-frontend,5,\n",
                "#fe guid,stot\nthe-frontend,5,\n",
                "#fe stot,\nthe-frontend,5,\n",
                "# guid,stot,\nthe-frontend,5,\n",
                "%shm\n#fe guid,stot,\nthe-frontend,5,\n")) {
            try (var scene = scene(engine, text)) {
                String dump = scene.ask("api", "dump stats-file");

                assertThat(entry(dump, "#fe", "the-frontend")).containsEntry("stot", "0");
            }
        }
    }

    @OnEveryEngine
    void shouldRefuseAServerWithANameThatIsTaken(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "")) {
            var api = new BehaviourApi(scene);

            assertThat(api.ask("add server be/n1 127.0.0.1:1 guid the_server"))
                    .contains("'guid': duplicate entry with server be/s1");
            assertThat(api.ask("add server be/n1 127.0.0.1:1 guid the-frontend"))
                    .contains("'guid': duplicate entry with frontend fe");
            assertThat(api.ask("add server be/n1 127.0.0.1:1 guid a,b")).contains("'guid': invalid character ','");
            assertThat(api.ask("add server be/n1 127.0.0.1:1 guid new")).contains("New server registered.");
            assertThat(api.ask("add server be/n2 127.0.0.1:1 guid new"))
                    .contains("'guid': duplicate entry with server be/n1");
            assertThat(entry(api.ask("dump stats-file"), "#be", "new")).containsEntry("stot", "0");
            assertThat(api.ask("del server be/n1")).contains("Server deleted.");
            assertThat(api.ask("add server be/n2 127.0.0.1:1 guid new")).contains("New server registered.");
        }
    }

    @Test
    void shouldSayWhatIsWrong(@TempDir Path folder) throws Exception {
        Configurations.file(folder, """
                defaults
                    mode tcp
                    timeout client 1s
                    timeout server 1s
                    timeout connect 1s
                frontend f
                    guid a
                    bind 127.0.0.1:9 guid-prefix l
                    bind 127.0.0.1:1000-1002 guid-prefix m
                    bind 127.0.0.1:2000 guid-prefix "l,"
                    bind 127.0.0.1:2001 guid-prefix m
                backend x
                    guid a
                    server s 127.0.0.1:1 guid a
                    server t 127.0.0.1:1 guid b
                    server u 127.0.0.1:1 guid b
                    server-template v 3 127.0.0.1:1 guid c
                backend y
                    guid l-0
                backend z
                    guid "a b"
                    server v 127.0.0.1:1 guid %s
                """.formatted("x".repeat(128)));

        try (var weir = Weir.start(folder, "-c", "-f", "haproxy.cfg")) {
            assertEquals(1, weir.exitStatus());
            assertThat(weir.errors())
                    .contains(
                            "cfg:11] : error on GUID generation : duplicate entry with listener f (haproxy.cfg:9). You may")
                    .contains("cfg:13] : 'guid': duplicate entry with frontend f")
                    .contains("cfg:14] : 'server x/s' : 'guid': duplicate entry with frontend f")
                    .contains("cfg:16] : 'server x/u' : 'guid': duplicate entry with server x/t")
                    .contains("cfg:8] : error on GUID generation : duplicate entry with backend y. You may fix it by")
                    .contains("cfg:10] : error on GUID generation : invalid character ','. You may fix it by")
                    .contains("cfg:21] : 'guid': invalid character ' '")
                    .contains("cfg:22] : 'server z/v' : 'guid': invalid length")
                    .doesNotContain("cfg:9]")
                    .doesNotContain("cfg:17]");
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAFile(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("counters"), "#fe guid,stot,\n,3,\nthe-frontend,1,\n");
        String text = CONFIGURATION
                .replace("@folder@", folder.toString())
                .replaceAll("@s1@", "9")
                .replace("@fe@", Integer.toString(Peers.freePort()))
                .replace("@both@", Integer.toString(Peers.freePort()));
        Configurations.file(folder, text);

        try (var weir = Weir.start(folder, "-db", "-f", "haproxy.cfg")) {
            weir.says("config: Ignored stats-file line 2 in file '" + folder + "/counters'.");
        }
        Configurations.file(folder, text.replace("/counters", "/none"));
        try (var weir = Weir.start(folder, "-db", "-f", "haproxy.cfg")) {
            weir.says("config: Can't load stats-file '" + folder + "/none': cannot open file.");
        }
    }
}
