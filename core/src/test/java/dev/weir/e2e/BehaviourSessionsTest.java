package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;

/** What an operator sees of sessions, of the process and of its variables. */
@DisplayName("sessions and the process at run time")
final class BehaviourSessionsTest {
    private static final String CONFIGURATION = """
            global
                nbthread 2
                stats socket @folder@/api mode 600 level admin
                stats socket @folder@/user mode 600 level user
            defaults base
                mode tcp
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend be
            frontend web
                mode http
                bind 127.0.0.1:@web@
                default_backend web
            frontend hold
                bind 127.0.0.1:@hold@
                tcp-request inspect-delay 20s
                tcp-request content accept if { req.len gt 1000 }
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@
            backend web
                mode http
                server s1 127.0.0.1:@s1@
            """;

    private static BehaviourScene scene(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(CONFIGURATION);
    }

    private static String ask(BehaviourScene scene, String line) throws Exception {
        return scene.ask("api", line);
    }

    /** Lines of {@code show sess} about clients of a frontend. */
    private static List<String> sessions(BehaviourScene scene, String command, String frontend) throws Exception {
        return ask(scene, command)
                .lines()
                .filter(line -> line.contains(" fe=" + frontend + " "))
                .toList();
    }

    @OnEveryEngine
    void shouldShowSessionsAndEndOne(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            var client = scene.client("fe").send("hello");
            var server = scene.origin("s1").accept().expect("hello");

            List<String> lines = sessions(scene, "show sess", "fe");
            assertThat(lines).hasSize(1);
            assertThat(lines.getFirst())
                    .matches("0x[0-9a-f]+: proto=tcpv4 src=127\\.0\\.0\\.1:"
                            + client.socket().getLocalPort()
                            + " fe=fe be=be srv=s1 ts=00 epoch=0 age=[0-9]+s calls=[0-9]+ rate=[0-9]+ cpu=[0-9]+ lat=[0-9]+"
                            + " rq\\[f=[0-9a-f]+h,i=[0-9]+,an=[0-9a-f]+h,ax=[^]]*\\]"
                            + " rp\\[f=[0-9a-f]+h,i=[0-9]+,an=[0-9a-f]+h,ax=[^]]*\\]"
                            + " scf=\\[[^]]*\\] scb=\\[[^]]*\\] exp=[0-9smh]* rc=0 c_exp=[0-9smh]*");
            assertThat(sessions(scene, "show sess backend be", "fe")).hasSize(1);
            assertThat(sessions(scene, "show sess server be/s1", "fe")).hasSize(1);
            assertThat(sessions(scene, "show sess frontend web", "fe")).isEmpty();
            assertThat(sessions(scene, "show sess older 1h", "fe")).isEmpty();

            String id = lines.getFirst().substring(0, lines.getFirst().indexOf(':'));
            assertThat(ask(scene, "show sess " + id))
                    .startsWith(id + ": [")
                    .contains(
                            " source=127.0.0.1:",
                            "\n  frontend=fe (id=2 mode=tcp), listener=",
                            "\n  backend=be (id=5 mode=tcp)",
                            "\n  server=s1 (id=1) addr=");
            assertThat(ask(scene, "show sess all")).contains("\n  frontend=fe (id=2 mode=tcp), listener=");

            assertThat(ask(scene, "shutdown session " + id)).isEqualTo("\n");
            assertThat(client.rest()).matches("<FIN>|<RST>");
            server.close();
            Patience.await().until(() -> sessions(scene, "show sess", "fe").isEmpty());
            // HAProxy may give the number to another session at once, also to the one that asks.
            assertThat(ask(scene, "shutdown session " + (engine.isWeir() ? id : "0x1")))
                    .isEqualTo("No such session (use 'show sess').\n\n");
        }
    }

    @OnEveryEngine
    void shouldSuspectSessionsThatNothingEnds(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION + """
                    defaults
                        mode tcp
                    listen forever
                        bind 127.0.0.1:@forever@
                        server s1 127.0.0.1:@s1@
                    """);
            var client = scene.client("fe").send("hello");
            var server = scene.origin("s1").accept().expect("hello");
            var patient = scene.client("forever").send("hello");
            var ofPatient = scene.origin("s1").accept().expect("hello");

            assertThat(sessions(scene, "show sess", "fe")).hasSize(1);
            assertThat(sessions(scene, "show sess susp", "fe")).isEmpty();
            assertThat(sessions(scene, "show sess susp", "forever")).hasSize(1);

            for (var peer : List.of(client, server, patient, ofPatient)) {
                peer.close();
            }
        }
    }

    /** More than a loop looks at in one turn, and others come and go meanwhile. */
    @OnEveryEngine
    void shouldShowEachSessionThatStays(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            Set<String> staying = new HashSet<>();
            for (int i = 0; i < 150; i++) {
                staying.add(source(scene.client("hold")));
            }
            Patience.await().until(() -> sources(scene).containsAll(staying));
            int port = scene.port("hold");
            var isOver = new AtomicBoolean();
            Thread passers = Thread.ofPlatform().start(() -> comeAndGo(port, isOver));

            for (int i = 0; i < 20; i++) {
                assertThat(sources(scene)).containsAll(staying);
            }

            isOver.set(true);
            passers.join();
        }
    }

    private static String source(BehaviourPeer client) {
        return "127.0.0.1:" + client.socket().getLocalPort();
    }

    /** The addresses of clients that are held. */
    private static Set<String> sources(BehaviourScene scene) throws Exception {
        Set<String> sources = new HashSet<>();
        for (String line : sessions(scene, "show sess frontend hold", "hold")) {
            sources.add(line.replaceFirst(".* src=(\\S+) .*", "$1"));
        }
        return sources;
    }

    private static void comeAndGo(int port, AtomicBoolean isOver) {
        try {
            while (!isOver.get()) {
                List<Socket> sockets = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
                }
                for (Socket socket : sockets) {
                    socket.setSoLinger(true, 0); // no address may wait afterwards
                    socket.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @OnEveryEngine
    void shouldShowRequestsButNoIdleConnections(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            var idle = scene.client("web");
            var client = scene.client("web").send("GET /slow?x=1 HTTP/1.1\r\nhost: a\r\n\r\n");
            var server = scene.origin("s1").accept();
            server.readHead();

            List<String> lines = sessions(scene, "show sess show-uri", "web");
            assertThat(lines).hasSize(1);
            assertThat(lines.getFirst()).contains(" be=web srv=s1 ");

            server.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200");
            client.expect("ok");
            Patience.await().until(() -> sessions(scene, "show sess", "web").isEmpty());
            idle.close();
            client.close();
        }
    }

    @OnEveryEngine
    void shouldAnswerMistakesInTheSameWords(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(ask(scene, "show sess foo"))
                    .isEqualTo("Unsupported option 'foo', try 'help' for more info.\n\n");
            assertThat(ask(scene, "show sess 0x12345")).isEqualTo("Session not found.\n\n");
            assertThat(ask(scene, "show sess older")).isEqualTo("Expects a minimum age (in seconds by default).\n\n");
            assertThat(ask(scene, "show sess older x")).isEqualTo("Invalid age.\n\n");
            assertThat(ask(scene, "show sess help")).startsWith("Usage: show sess [<id> | all | help] [<options>*]\n");
            assertThat(ask(scene, "shutdown session")).isEqualTo("Session pointer expected (use 'show sess').\n\n");
            assertThat(ask(scene, "shutdown session nope"))
                    .isEqualTo("Session pointer expected (use 'show sess').\n\n");
            assertThat(scene.ask("user", "show sess")).isEqualTo("Permission denied\n\n");
            assertThat(scene.ask("user", "show activity")).isEqualTo("Permission denied\n\n");
            assertThat(ask(scene, "get var")).isEqualTo("Missing process-wide variable identifier.\n\n");
            assertThat(ask(scene, "get var proc.nope")).isEqualTo("Variable not found.\n\n");
            assertThat(ask(scene, "set var proc.x int(1)"))
                    .isEqualTo("This command is restricted to experimental mode only.\n\n");
            assertThat(ask(scene, "show activity 7")).isEqualTo("Thread ID number must be between -1 and nbthread\n\n");
            assertThat(ask(scene, "show stat nope 1 2")).isEqualTo("No such proxy.\n\n");
        }
    }

    @OnEveryEngine
    void shouldSetAndShowVariables(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(ask(scene, "experimental-mode on;set var proc.number int(7);get var proc.number"))
                    .isEqualTo("\n\nproc.number: type=sint value=<7>\n\n");
            assertThat(ask(scene, "experimental-mode on;set var proc.text expr str(abc),upper;get var proc.text"))
                    .isEqualTo("\n\nproc.text: type=str value=<ABC>\n\n");
            assertThat(ask(scene, "experimental-mode on;set var proc.line fmt a%[int(5)];get var proc.line"))
                    .isEqualTo("\n\nproc.line: type=str value=<a5>\n\n");
            assertThat(ask(scene, "experimental-mode on;set var txn.x int(1)")).isNotEqualTo("\n\n");
            assertThat(ask(scene, "experimental-mode on;set var proc.bad nofetch(1)"))
                    .isNotEqualTo("\n\n");
            assertThat(ask(scene, "experimental-mode;expert-mode on;expert-mode"))
                    .isEqualTo("experimental-mode is OFF\n\n\nexpert-mode is ON\n\n");
        }
    }

    /** The names of the rows of {@code show stat}. */
    private static List<String> rows(BehaviourScene scene, String command) throws Exception {
        return ask(scene, command)
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isEmpty())
                .map(line -> String.join("/", line.split(",", 3)[0], line.split(",", 3)[1]))
                .toList();
    }

    @OnEveryEngine
    void shouldShowFiguresInEveryForm(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(ask(scene, "show info typed")).startsWith("0.Name.1:POS:str:HAProxy\n1.Version.1:POS:str:3.2.");
            assertThat(ask(scene, "show info desc")).matches("(?s)Name: HAProxy:\"[Pp]roduct name\"\n.*");
            assertThat(ask(scene, "show info json"))
                    .startsWith("[{\"field\":{\"pos\":0,\"name\":\"Name\"},\"processNum\":1,\"tags\":{\"origin\":"
                            + "\"Product\",\"nature\":\"Output\",\"scope\":\"Service\"},\"value\":{\"type\":\"str\","
                            + "\"value\":\"HAProxy\"}}")
                    .endsWith("}]\n\n");
            assertThat(ask(scene, "show stat json"))
                    .startsWith("[[{\"objType\":\"Frontend\",\"proxyId\":2,\"id\":0,\"field\":{\"pos\":0,\"name\":"
                            + "\"pxname\"},\"processNum\":1,\"tags\":{\"origin\":\"Key\",\"nature\":\"Name\",\"scope\":"
                            + "\"Service\"},\"value\":{\"type\":\"str\",\"value\":\"fe\"}}")
                    .endsWith("}]]\n\n");
            assertThat(rows(scene, "show stat"))
                    .containsExactly(
                            "fe/FRONTEND",
                            "web/FRONTEND",
                            "hold/FRONTEND",
                            "be/s1",
                            "be/BACKEND",
                            "web/s1",
                            "web/BACKEND");
            assertThat(rows(scene, "show stat be 2 -1")).containsExactly("be/BACKEND");
            assertThat(rows(scene, "show stat 5 4 1")).containsExactly("be/s1");
            assertThat(rows(scene, "show stat -1 1 -1"))
                    .containsExactly("fe/FRONTEND", "web/FRONTEND", "hold/FRONTEND");
            assertThat(rows(scene, "show stat 99 -1 -1")).isEmpty();

            ask(scene, "disable server be/s1");
            assertThat(rows(scene, "show stat no-maint"))
                    .doesNotContain("be/s1")
                    .contains("web/s1", "be/BACKEND");
            assertThat(rows(scene, "show stat up")).doesNotContain("be/s1").contains("web/s1", "be/BACKEND");
        }
    }

    @OnEveryEngine
    void shouldShowItsInside(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            assertThat(ask(scene, "show activity"))
                    .startsWith("thread_id: 1 (1..2)\n")
                    .contains("\nloops: ", "\npoll_io: ");
            if (engine.isWeir()) {
                assertThat(ask(scene, "show activity")).contains("\nregex_given_up: ", "\npattern_refusals: ");
            }
            assertThat(ask(scene, "show activity 2")).startsWith("thread_id: 2 (1..2)\n");
            assertThat(ask(scene, "show pools"))
                    .startsWith("Dumping pools usage.")
                    .contains("\n  - Pool ");
            assertThat(ask(scene, "show fd")).matches("(?s) +[0-9]+ : .*");
            assertThat(ask(scene, "show cli sockets"))
                    .startsWith("# socket lvl processes\nunix@" + scene.folder() + "/api admin all\n");
            assertThat(ask(scene, "show cli level")).isEqualTo("admin\n\n");
            assertThat(ask(scene, "operator;show cli level;clear counters all"))
                    .isEqualTo("\noperator\n\nPermission denied\n\n");
            assertThat(ask(scene, "wait 5")).isEqualTo("Done.\n\n");
            assertThat(ask(scene, "prompt i;show cli level;quit")).isEqualTo("\nadmin\n\n");
            assertThat(ask(scene, "prompt timed;show cli level\nquit")).matches("\nadmin\n\n\\[[0-9:]+\\]> ");
            assertThat(ask(scene, "prompt timed;prompt p;show cli level\nquit"))
                    .matches("\n\nadmin\n\n\\[0:00:[0-9:]+\\]> .*");
            assertThat(ask(scene, "show servers conn be").lines().toList().get(1))
                    .matches("be/s1 5/1 127\\.0\\.0\\.1 [0-9]+ - 5000 0 0 0 0 0 -1 0 0 0");
            assertThat(ask(scene, "help prompt;prompt x")).contains("Usage: prompt [help | n | i | p | timed]*\n");
        }
    }
}
