package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;

/** What expressions say at the end of an exchange: in its log line, and in rules for responses that the proxy makes itself. */
@DisplayName("HTTP: expressions at the end")
final class BehaviourLogSamplesTest {
    private static final String PREAMBLE = """
            global
                nbthread 1
                log 127.0.0.1:@log@ local0
            defaults
                mode http
                log global
                timeout client 20s
                timeout server 20s
                timeout connect 5s
                retries 0
            backend paths
                stick-table type string len 20 size 1k expire 1h store http_req_cnt,conn_cur
            backend clients
                stick-table type ip size 1k expire 1h store http_req_cnt,http_fail_cnt
            """;

    private static BehaviourScene scene(BehaviourEngine engine, String format, String rules) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(PREAMBLE + """
                frontend fe
                    bind 127.0.0.1:@fe@
                    log-format '%s'
                    stats uri /stats
                %s
                    http-request deny if { path /deny }
                    use_backend nobody if { path /nobody }
                    default_backend be
                backend be
                    http-response deny if { status 500 }
                    server s1 127.0.0.1:@s1@
                backend nobody
                """.formatted(format, rules));
    }

    private static String request(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    }

    /** A request that the server answers so, and its line. */
    private static String served(BehaviourScene scene, String method, String path, String response) throws Exception {
        var client = scene.client("fe").send(request(method, path));
        scene.origin("s1").accept().answer(response).close();
        client.rest();
        client.close();
        return scene.log();
    }

    /** A request that no server gets, and its line. */
    private static String answered(BehaviourScene scene, String path) throws Exception {
        return answered(scene, "GET", path);
    }

    private static String answered(BehaviourScene scene, String method, String path) throws Exception {
        scene.client("fe").send(request(method, path)).rest();
        return scene.log();
    }

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    @OnEveryEngine
    void shouldKnowWhatTheRequestTracks(BehaviourEngine engine) throws Exception {
        try (var scene = scene(
                engine,
                "%[sc0_http_req_cnt] %[sc0_key] %[sc0_tracked] %[sc0_trackers] %[sc0_conn_cur] %[sc_http_req_cnt(0,clients)]"
                        + " %[sc_tracked(0,paths)] %[sc0_tracked(clients)]",
                "http-request track-sc0 path table paths")) {
            assertEquals("1 /a 1 1 1 - 1 0", served(scene, "GET", "/a", OK));
            assertEquals("2 /a 1 1 1 - 1 0", served(scene, "GET", "/a", OK));
            assertEquals("1 /deny 1 1 1 - 1 0", answered(scene, "/deny"));
        }
    }

    @OnEveryEngine
    void shouldCountARequestBehindTheContentRules(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "%ST %[sc0_http_req_cnt] %[sc1_http_req_cnt] %[var(txn.seen)]", """
                    tcp-request connection track-sc0 src table clients
                    tcp-request content track-sc1 path table paths
                    tcp-request content set-var(txn.seen) sc0_http_req_cnt
                    tcp-request content reject if { sc0_http_req_cnt ge 2 }
                """)) {
            assertEquals("200 1 1 0", served(scene, "GET", "/a", OK));
            assertEquals("403 2 1 1", answered(scene, "/deny"));
            assertEquals("-1 2 1 2", answered(scene, "/a"));
        }
    }

    @OnEveryEngine
    void shouldCountAResponseThatIsCutOffAsAFailure(BehaviourEngine engine) throws Exception {
        try (var scene = scene(
                engine, "%ST %ts %[sc0_http_fail_cnt]", "    tcp-request connection track-sc0 src table clients")) {
            var client = scene.client("fe").send(request("GET", "/a"));
            var server = scene.origin("s1").accept().answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi");
            client.readHead();
            server.close();
            client.rest();
            assertEquals("200 SD 1", scene.log());
        }
    }

    @OnEveryEngine
    void shouldKnowTheConnectionToTheServer(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "%[bc_reused] %[bc_src] %[bc_dst] %[cur_server_timeout]", "")) {
            var client = scene.client("fe").send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
            var server = scene.origin("s1").accept().answer(OK);
            client.readHead();
            client.read(2);
            assertEquals("0 127.0.0.1 127.0.0.1 20000", scene.log());
            client.send(request("GET", "/b"));
            server.answer(OK).close();
            client.rest();
            assertEquals("1 127.0.0.1 127.0.0.1 20000", scene.log());
            assertEquals("0 127.0.0.1 127.0.0.1 20000", served(scene, "GET", "/c", "nonsense\r\n\r\n"));
            assertEquals("0 - - 0", answered(scene, "/deny"));
            assertEquals("0 - - 0", answered(scene, "/nobody"));
        }
    }

    @OnEveryEngine
    void shouldTakeTheFrontendWhereNoBackendIsChosen(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "%[be_name] %[be_server_timeout]", "")) {
            assertEquals("be 20000", served(scene, "GET", "/a", OK));
            assertEquals("fe 0", answered(scene, "/deny"));
            assertEquals("nobody 20000", answered(scene, "/nobody"));
        }
    }

    @OnEveryEngine
    void shouldTellTheServersResponseFromTheProxys(BehaviourEngine engine) throws Exception {
        try (var scene = scene(
                engine,
                "%[capture.res.ver] %[server_status] %[txn.status] %s",
                "    http-request reject if { path /reject }")) {
            assertEquals(
                    "HTTP/1.0 404 404 s1", served(scene, "GET", "/a", "HTTP/1.0 404 No\r\nContent-Length: 0\r\n\r\n"));
            assertEquals(
                    "HTTP/1.1 500 502 s1", served(scene, "GET", "/a", "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"));
            assertEquals("- 0 502 s1", served(scene, "GET", "/a", "nonsense\r\n\r\n"));
            assertEquals("- 0 403 <NOSRV>", answered(scene, "/deny"));
            assertEquals("- - - <NOSRV>", answered(scene, "/reject"));
            assertEquals("HTTP/1.1 200 200 <STATS>", answered(scene, "/stats;csv"));
            String told = engine.isWeir() ? "400" : "-";
            assertEquals("- - " + told + " <NOSRV>", answered(scene, "/bad\u0001"));
        }
    }

    @OnEveryEngine
    void shouldCaptureTheFirstCookieOfAName(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "%CC %CS %{+X}lc", "    capture cookie a len 20")) {
            var client = scene.client("fe")
                    .send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                            + "Cookie: b=0; ab=1; a=2\r\nCookie: a=3\r\n\r\n");
            scene.origin("s1")
                    .accept()
                    .answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: a=4\r\nSet-Cookie: a=5\r\n\r\n")
                    .close();
            client.rest();

            assertEquals("ab=1 a=4 0000", scene.log());
        }
    }

    @OnEveryEngine
    void shouldTimeAServiceAsAServer(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "%Tw %Tc %Tr %Td", "")) {
            assertEquals("n n n n", answered(scene, "/stats;csv").replaceAll("\\d+", "n"));
            assertEquals("-n -n -n -n", answered(scene, "/deny").replaceAll("\\d+", "n"));
        }
    }

    @OnEveryEngine
    void shouldForgetVariablesOfTheRequestWhenThereIsAResponse(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "%[var(req.r)] %[var(txn.then)]", """
                    http-request set-var(req.r) str(r)
                    http-after-response set-var(txn.then) str(gone) unless { var(req.r) -m found }
                """)) {
            assertEquals("- gone", served(scene, "GET", "/a", OK));
            assertEquals("- gone", answered(scene, "/deny"));
            assertEquals("- gone", answered(scene, "/nobody"));
        }
    }

    @OnEveryEngine
    void shouldMeasureTheBodyThatIsSent(BehaviourEngine engine) throws Exception {
        try (var scene = scene(
                engine,
                "%[var(txn.length)] %[var(txn.size)]",
                "    http-after-response set-var(txn.size) res.body_size\n"
                        + "    http-after-response set-var(txn.length) res.body,length")) {
            assertEquals("2 2", served(scene, "GET", "/a", OK));
            assertEquals("0 0", served(scene, "HEAD", "/a", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"));
            assertEquals("93 93", answered(scene, "/deny"));
            assertEquals("93 93", answered(scene, "HEAD", "/deny"));
        }
    }
}
