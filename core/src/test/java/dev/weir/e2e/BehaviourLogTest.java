package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;

/** Formats, levels and policies of the log. */
@DisplayName("logs")
final class BehaviourLogTest {
    private static final String ORIGIN = "backend be\n server s1 127.0.0.1:@s1@\n";

    private static String with(String lines) {
        return "frontend fe\n bind 127.0.0.1:@fe@\n default_backend be\n" + lines + "\n" + ORIGIN;
    }

    private static void session(BehaviourScene scene, String question) throws Exception {
        var client = scene.client("fe").send(question);
        scene.origin("s1").accept().expect(question).send("ok").close();
        assertEquals("ok<FIN>", client.rest());
        client.close();
    }

    @OnEveryEngine
    void shouldWriteTcplog(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start(with(" option tcplog"));

            session(scene, "abc");

            String line = scene.log();
            assertTrue(
                    line.matches(
                            "127\\.0\\.0\\.1:\\d+ \\[\\d\\d/\\w{3}/\\d{4}:[\\d:.]{12}\\] fe be/s1 \\d+/\\d+/\\d+ 2 --"
                                    + " 1/1/0/0/0 0/0"),
                    line);
        }
    }

    @OnEveryEngine
    void shouldWriteTheDefaultLine(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(BehaviourScene.PREAMBLE.replaceAll("(?m)^\\s*log-format.*$", "") + with(""));

            session(scene, "abc");

            String line = scene.log();
            assertTrue(
                    line.matches("Connect from 127\\.0\\.0\\.1:\\d+ to 127\\.0\\.0\\.1:" + scene.port("fe")
                            + " \\(fe/TCP\\)"),
                    line);
        }
    }

    @OnEveryEngine
    void shouldKnowEveryAlias(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start(with(" log-format \"%ci %fi %fp %bi %si %sp %f %ft %b %s %B %U %ts %tsc %rc %ac %fc %bc %sc %bq"
                    + " %sq %lc %[src] %[dst_port] %[be_name] %[srv_name] %{+Q}b %{+X}Ts\""));

            session(scene, "abc");

            assertTrue(scene.log()
                    .matches("127.0.0.1 127.0.0.1 " + scene.port("fe") + " 127.0.0.1 127.0.0.1 " + scene.port("s1")
                            + " fe fe be s1 2 3 -- ---- 0 1 1 0 0 0 0 0 127.0.0.1 " + scene.port("fe")
                            + " be s1 \"be\" [0-9A-F]+"));
        }
    }

    @OnEveryEngine
    void shouldNotLogSessionsWithoutDataWithDontlognull(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start(with(" option dontlognull"));

            scene.client("fe").close();
            scene.origin("s1").accept().expectEnd().close();
            session(scene, "abc");

            assertTrue(scene.log().startsWith("fe be/s1 -- in=3 out=2 "));
        }
    }

    @OnEveryEngine
    void shouldLogOnlyWhatWentWrongWithDontlogNormal(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(with(" option dontlog-normal"));

            session(scene, "abc");
            var client = scene.client("fe").send("x");
            var server = origin.accept().expect("x");
            client.reset();
            server.rest();

            assertTrue(scene.log().startsWith("fe be/s1 CD in=1 "));
        }
    }

    @OnEveryEngine
    void shouldLogWhenTheServerAnswersWithLogasap(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(with(" option logasap\n log-format \"%b/%s %ts %B %ac/%fc/%bc/%sc/%rc\""));

            var client = scene.client("fe").send("abc");
            origin.accept().expect("abc").send("def");
            client.expect("def");

            assertEquals("be/s1 -- +0 1/1/1/1/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldRaiseTheLevelOfErrors(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(with(" option log-separate-errors"));

            session(scene, "abc");
            String normal = scene.logs().raw();
            var client = scene.client("fe").send("x");
            var server = origin.accept().expect("x");
            client.reset();
            server.rest();

            assertTrue(normal.startsWith("<134>"), normal);
            assertTrue(scene.logs().raw().startsWith("<131>"));
        }
    }

    @OnEveryEngine
    void shouldWriteRfc5424(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(BehaviourScene.PREAMBLE.replace("@log@ local0", "@log@ format rfc5424 local3 info")
                    + with(" log-tag edge\n log-format-sd \"[test@1 b=\\\"%B\\\"]\""));

            session(scene, "abc");

            String line = scene.logs().raw();
            assertTrue(
                    line.matches("<158>1 \\d{4}-\\d\\d-\\d\\dT[\\d:.]{15}[+-]\\d\\d:\\d\\d - edge \\d+ - \\[test@1"
                            + " b=\"2\"\\] fe be/s1 .*"),
                    line);
        }
    }

    @OnEveryEngine
    void shouldNameTheMachineWhereItIsAskedTo(BehaviourEngine engine) throws Exception {
        assertEquals("localhost", host(engine, "@log@ format rfc3164 local0", "node other"));
        assertEquals("lb1", host(engine, "@log@ local0", "log-send-hostname lb1"));
        assertEquals(host(engine, "@log@ local0\n log-send-hostname", "node other"), name(engine));
    }

    /** What stands between date and tag. */
    private static String host(BehaviourEngine engine, String log, String line) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(BehaviourScene.PREAMBLE.replace("@log@ local0", log + "\n " + line) + with(""));
            session(scene, "abc");
            return scene.logs().raw().replaceFirst("<134>\\w+ +\\d+ [0-9:]+ (\\S+) haproxy.*", "$1");
        }
    }

    private static String name(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(BehaviourScene.PREAMBLE.replace("    log 127", "    node other\n    log 127")
                    + with(" log-format %H"));
            session(scene, "abc");
            return scene.log();
        }
    }

    @OnEveryEngine
    void shouldDropWhatIsBelowTheLevel(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(BehaviourScene.PREAMBLE.replace("@log@ local0", "@log@ local0 notice")
                    + with(
                            " tcp-request inspect-delay 5s\n tcp-request content set-log-level notice if { req.payload(0,3) -m"
                                    + " str abc }\n tcp-request content accept if { req.len gt 2 }"));

            session(scene, "xyz");
            session(scene, "abc");

            assertTrue(scene.logs().raw().startsWith("<133>"));
        }
    }

    @OnEveryEngine
    void shouldRefuseAFormatThatMakesNoSense(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");

            assertThrows(IllegalArgumentException.class, () -> scene.start(with(" log-format %[no_such_fetch]")));
        }
    }

    @OnEveryEngine
    void shouldWriteConnectionsThatFailAsTheErrorFormatSays(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.start("""
                    frontend fe
                        bind 127.0.0.1:@fe@ accept-proxy
                        error-log-format "%ft %ST %ts %[fc_err] %[fc_err_name]: %[fc_err_str]"
                        default_backend be
                    backend be
                        server s1 127.0.0.1:@s1@
                    """);

            scene.client("fe").send("GET / HTTP/1.1\r\n").rest();
            assertEquals(
                    "fe 0 PR 15 PRX_NOT_HDR: Received something which does not look like a PROXY protocol header",
                    scene.log());
            scene.client("fe").halfClose().rest();
            assertEquals(
                    "fe 0 PR 11 PRX_EMPTY: Connection closed while waiting for PROXY protocol header", scene.log());
        }
    }

    @OnEveryEngine
    void shouldGiveASessionOfTcpTheStatusNought(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.start("""
                    frontend fe
                        bind 127.0.0.1:@fe@
                        log-format "%ST %ts"
                        tcp-request content reject
                    """);

            scene.client("fe").rest();

            assertEquals("0 PR", scene.log());
        }
    }

    @OnEveryEngine
    void shouldWriteWhatIsNoRequestAsTheErrorFormatSays(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start("""
                    frontend fe
                        mode http
                        bind 127.0.0.1:@fe@
                        log-format "line %ST"
                        error-log-format "error %ft %b/%s %ST %ts %{+Q}r"
                        http-request deny if { path /deny }
                        default_backend be
                    backend be
                        mode http
                        server s1 127.0.0.1:@s1@
                    """);

            scene.client("fe").send("GET / HTTP/9\r\n\r\n").rest();
            assertEquals("error fe fe/<NOSRV> 400 PR \"<BADREQ>\"", scene.log());
            scene.client("fe").send("GET /deny HTTP/1.0\r\n\r\n").rest();
            assertEquals("line 403", scene.log());
            var client = scene.client("fe").send("GET / HTTP/1.0\r\n\r\n");
            origin.accept().close();
            client.rest();
            assertEquals("line 502", scene.log());
        }
    }

    // ---- how much is sent, and how often ----

    @OnEveryEngine
    void shouldCutLinesAtTheLengthOfTheTarget(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(BehaviourScene.PREAMBLE.replace("@log@ local0", "@log@ len 80 format raw local0")
                    + with(" log-format \"" + "0123456789".repeat(12) + "\"\n"));

            session(scene, "abc");

            assertEquals("0123456789".repeat(8).substring(0, 79), scene.logs().raw());
        }
    }

    @OnEveryEngine
    void shouldSendTheSampleOfLinesThatATargetWants(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(BehaviourScene.PREAMBLE.replace("@log@ local0", "@log@ sample 1,3:3 local0")
                    + with(" log-format \"in=%U\"\n"));

            for (int bytes = 1; bytes <= 7; bytes++) {
                session(scene, "a".repeat(bytes));
            }

            for (int bytes : new int[] {1, 3, 4, 6, 7}) {
                assertEquals("in=" + bytes, scene.log());
            }
        }
    }
}
