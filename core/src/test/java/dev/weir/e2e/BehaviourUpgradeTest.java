package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections of a frontend in {@code mode tcp} that become HTTP: by a rule, or because their backend is in {@code mode http}. */
@DisplayName("TCP that becomes HTTP")
final class BehaviourUpgradeTest {
    private static final String PREAMBLE = """
            global
                nbthread 1
                log 127.0.0.1:@log@ local0
                stats socket @folder@/api.sock level admin
            defaults
                mode tcp
                log global
                log-format "%b/%s %tsc %HM %HU %[var(sess.n)]"
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            """;
    private static final String BACKENDS = """
            backend web
                mode http
                server w1 127.0.0.1:@w1@
            backend raw
                server r1 127.0.0.1:@r1@
            """;
    private static final String BY_RULE = """
            frontend fe
                bind 127.0.0.1:@fe@
                tcp-request inspect-delay 10s
                tcp-request content switch-mode http if HTTP
                use_backend web if HTTP
                default_backend raw
            """;
    private static final String BY_BACKEND = """
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend web
            """;
    private static final String BAD_REQUEST =
            "HTTP/1.1 400 Bad request\r\nContent-length: 90\r\nCache-Control: no-cache\r\n"
                    + "Connection: close\r\nContent-Type: text/html\r\n\r\n<html><body><h1>400 Bad request</h1>\n"
                    + "Your browser sent an invalid request.\n</body></html>\n";
    private static final String NO_REQUEST = "no request\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nhost: x\r\n\r\n";
    }

    private static BehaviourScene scene(BehaviourEngine engine, String frontend, String backends) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("w1");
        scene.origin("r1");
        return scene.startWhole(PREAMBLE + frontend + backends);
    }

    private static BehaviourPeer serve(BehaviourPeer client, BehaviourPeer server, String path) throws Exception {
        client.send(get(path));
        server.expect(get(path)).send(OK);
        return client.expect(OK);
    }

    // ---- by a rule ----

    @OnEveryEngine
    void shouldTakeBytesAndRequestsOnOnePort(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, BY_RULE, BACKENDS)) {
            var http = scene.client("fe").send(get("/a"));
            var web = scene.origin("w1").accept().expect(get("/a")).send(OK);
            http.expect(OK);
            assertEquals("web/w1 ---- GET /a -", scene.log());

            var bytes = scene.client("fe").send(NO_REQUEST);
            var raw = scene.origin("r1").accept().expect(NO_REQUEST).send("pong");
            bytes.expect("pong").halfClose();
            raw.expectEnd().close();
            bytes.expectEnd();
            assertEquals("raw/r1 ---- <BADREQ> <BADREQ> -", scene.log());

            serve(http, web, "/b");
            assertEquals("web/w1 ---- GET /b -", scene.log());
        }
    }

    @OnEveryEngine
    void shouldGoOnWithWhatHasCome(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, BY_RULE, BACKENDS)) {
            var client = scene.client("fe").send("POST /a HTT");
            client.send("P/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello" + get("/b"));
            scene.origin("w1")
                    .accept()
                    .expect("POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello")
                    .send("HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\nabc");
            scene.origin("w1").accept().expect(get("/b")).send(OK);

            client.expect(OK + OK).halfClose().expectEnd();
            assertEquals("web/w1 ---- POST /a -", scene.log());
            assertEquals("web/w1 ---- GET /b -", scene.log());
        }
    }

    @OnEveryEngine
    void shouldRunItsHttpRulesInTheirPlace(BehaviourEngine engine) throws Exception {
        String rules = """
                frontend fe
                    bind 127.0.0.1:@fe@
                    tcp-request session set-var(sess.n) int(0)
                    tcp-request inspect-delay 10s
                    tcp-request content set-var(sess.n) var(sess.n),add(1) if HTTP
                    tcp-request content switch-mode http if HTTP
                    tcp-request content reject
                    http-request set-var(sess.n) var(sess.n),mul(10),add(2)
                    http-request deny if { path /denied }
                    http-response set-header from fe
                    default_backend web
                backend web
                    mode http
                    tcp-request content set-var(sess.n) var(sess.n),mul(10),add(3)
                    http-request set-var(sess.n) var(sess.n),mul(10),add(4)
                    server w1 127.0.0.1:@w1@
                """;
        try (var scene = scene(engine, rules, "")) {
            var client = scene.client("fe").send(get("/a"));
            scene.origin("w1").accept().expect(get("/a")).send(OK);
            client.expect("HTTP/1.1 200 OK\r\ncontent-length: 3\r\nfrom: fe\r\n\r\nabc");
            assertEquals("web/w1 ---- GET /a 1234", scene.log());
            assertEquals(
                    "HTTP/1.1 403 Forbidden",
                    client.send(get("/denied")).readHead().lines().findFirst().orElseThrow());
            assertEquals("fe/<NOSRV> PR-- GET /denied 12352", scene.log());
            scene.client("fe").send(NO_REQUEST).rest();
            assertEquals("fe/<NOSRV> PR-- <BADREQ> <BADREQ> 0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldLookAtTheContentOfEachRequest(BehaviourEngine engine) throws Exception {
        String rules = """
                frontend fe
                    bind 127.0.0.1:@fe@
                    tcp-request inspect-delay 10s
                    tcp-request content reject if { var(sess.n) -m found }
                    tcp-request content set-var(sess.n) int(0) if HTTP
                    tcp-request content switch-mode http if HTTP
                    tcp-request content reject
                    default_backend web
                """;
        try (var scene = scene(engine, rules, BACKENDS)) {
            var client = scene.client("fe").send(get("/a"));
            scene.origin("w1").accept().expect(get("/a")).send(OK);
            client.expect(OK);
            assertEquals("web/w1 ---- GET /a 0", scene.log());

            client.send(get("/b")).expectEnd();

            assertTrue(scene.log().startsWith("fe/<NOSRV> PR-- "));
        }
    }

    /** Whoever speaks HTTP already cannot be led to servers that take any bytes. */
    @OnEveryEngine
    void shouldEndWhereOnlyBytesPass(BehaviourEngine engine) throws Exception {
        String frontend = """
                frontend fe
                    bind 127.0.0.1:@fe@
                    tcp-request inspect-delay 10s
                    tcp-request content switch-mode http if HTTP
                    use_backend web if { path /a }
                    use_backend raw if { path /b }
                """;
        try (var scene = scene(engine, frontend, BACKENDS)) {
            var client = scene.client("fe").send(get("/a"));
            scene.origin("w1").accept().expect(get("/a")).send(OK);
            client.expect(OK).send(get("/b")).expectEnd();
            assertEquals("web/w1 ---- GET /a -", scene.log());
            assertEquals("raw/<NOSRV> IR-- GET /b -", scene.log());

            scene.client("fe").send(get("/c")).expectEnd();
            assertEquals("fe/<NOSRV> IR-- GET /c -", scene.log());
        }
    }

    // ---- by the backend ----

    @OnEveryEngine
    void shouldBecomeHttpForItsBackend(BehaviourEngine engine) throws Exception {
        String rules = """
                frontend fe
                    bind 127.0.0.1:@fe@
                    tcp-request session set-var(sess.n) int(0)
                    tcp-request content set-var(sess.n) var(sess.n),add(1)
                    http-request set-var(sess.n) var(sess.n),mul(10),add(2)
                    http-request deny if { path /denied }
                    default_backend web
                backend web
                    mode http
                    tcp-request content set-var(sess.n) var(sess.n),mul(10),add(3)
                    http-request set-var(sess.n) var(sess.n),mul(10),add(4)
                    http-request deny if { path /no }
                    server w1 127.0.0.1:@w1@
                """;
        try (var scene = scene(engine, rules, "")) {
            var client = scene.client("fe").send(get("/a"));
            var server = scene.origin("w1").accept().expect(get("/a")).send(OK);
            client.expect(OK);
            assertEquals("web/w1 ---- GET /a 1234", scene.log());
            serve(client, server, "/b");
            assertEquals("web/w1 ---- GET /b 1235234", scene.log());

            scene.client("fe").send(get("/no")).readHead();
            assertEquals("web/<NOSRV> PR-- GET /no 1234", scene.log());
            var denied = scene.client("fe").send(get("/denied"));
            denied.readHead();
            assertEquals("web/<NOSRV> PR-- GET /denied 12", scene.log());
        }
    }

    @OnEveryEngine
    void shouldWriteItsLinesAsTcplog(BehaviourEngine engine) throws Exception {
        String frontend = BY_BACKEND + "    option tcplog\n";
        try (var scene = scene(engine, frontend, BACKENDS)) {
            var client = scene.client("fe").send(get("/a"));
            scene.origin("w1").accept().expect(get("/a")).send(OK);
            client.expect(OK);

            assertEquals(
                    "client [date] fe web/w1 times bytes -- 1/1/0/0/0 0/0",
                    scene.log()
                            .replaceFirst("127\\.0\\.0\\.1:\\d+", "client")
                            .replaceFirst("\\[.*]", "[date]")
                            .replaceFirst("\\d+/\\d+/\\d+ \\d+ ", "times bytes "));
        }
    }

    @OnEveryEngine
    void shouldAnswerWhatIsNoRequest(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, BY_BACKEND, BACKENDS)) {
            assertEquals(
                    BAD_REQUEST + "<FIN>",
                    scene.client("fe").send("\u0016\u0003\u0001 hello\r\n\r\n").rest());
            assertEquals("fe/<NOSRV> PR-- <BADREQ> <BADREQ> -", scene.log());
        }
    }

    /** An end that comes with the first bytes: HAProxy may see it before there is anything to parse, and then says nothing. */
    @ParameterizedTest
    @EnumSource(names = {"WEIR", "WEIR_ON_NIO"})
    void shouldAnswerARequestThatBreaksOff(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, BY_BACKEND, BACKENDS)) {
            for (String start : List.of("", "GET /a HT")) {
                assertEquals(
                        BAD_REQUEST + "<FIN>",
                        scene.client("fe").send(start).halfClose().rest());
                assertEquals("fe/<NOSRV> PR-- <BADREQ> <BADREQ> -", scene.log());
            }
        }
    }

    @OnEveryEngine
    void shouldNotWaitForARequestForEver(BehaviourEngine engine) throws Exception {
        String frontend = BY_BACKEND + "    timeout http-request 500ms\n";
        try (var scene = scene(engine, frontend, BACKENDS)) {
            assertEquals(
                    "HTTP/1.1 408 Request Time-out",
                    scene.client("fe")
                            .send("GET /a HT")
                            .readHead()
                            .lines()
                            .findFirst()
                            .orElseThrow());
            assertEquals("fe/<NOSRV> PR-- <BADREQ> <BADREQ> -", scene.log());
        }
    }

    @OnEveryEngine
    void shouldGiveItsOwnAnswers(BehaviourEngine engine) throws Exception {
        String frontend = BY_BACKEND + "    monitor-uri /alive\n    stats uri /stats\n    option forwardfor\n";
        try (var scene = scene(engine, frontend, BACKENDS)) {
            var client = scene.client("fe").send("GET /alive HTTP/1.0\r\n\r\n");
            assertEquals(
                    "HTTP/1.1 200 OK", client.readHead().lines().findFirst().orElseThrow());
            client = scene.client("fe").send("GET /stats;csv HTTP/1.0\r\n\r\n");
            assertEquals(
                    "HTTP/1.1 200 OK", client.readHead().lines().findFirst().orElseThrow());
            client.rest();
            assertEquals("web/<STATS> LR-- GET /stats;csv -", scene.log());
            scene.client("fe").send(get("/a"));
            scene.origin("w1").accept().expect("GET /a HTTP/1.1\r\nhost: x\r\nx-forwarded-for: 127.0.0.1\r\n\r\n");
        }
    }

    @OnEveryEngine
    void shouldCountTheConnectionAndItsRequests(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, BY_BACKEND, BACKENDS)) {
            var client = scene.client("fe").send(get("/a"));
            var server = scene.origin("w1").accept().expect(get("/a")).send(OK);
            client.expect(OK);
            serve(client, server, "/b");
            scene.log();
            scene.log();

            String[] table = scene.ask("api.sock", "show stat fe 1 -1").split("\n");
            assertEquals("tcp 1 2", columns(table, "mode", "stot", "req_tot"));
            String[] web = scene.ask("api.sock", "show stat web 2 -1").split("\n");
            assertEquals("http 2 2 2", columns(web, "mode", "stot", "req_tot", "hrsp_2xx"));
        }
    }

    private static String columns(String[] table, String... names) {
        var header = List.of(table[0].substring(2).split(","));
        String[] row = table[1].split(",", -1);
        var values = new StringBuilder();
        for (String name : names) {
            values.append(values.isEmpty() ? "" : " ").append(row[header.indexOf(name)]);
        }
        return values.toString();
    }
}
