package dev.weir.e2e;

import static dev.weir.e2e.BehaviourHttpTest.PREAMBLE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;

/** Header fields that the proxy adds, names of fields and their case, probes of its own health. */
@DisplayName("HTTP: fields of the proxy's own")
final class BehaviourHttpFieldsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

    private static String proxies(String frontendLines, String backendLines) {
        return PREAMBLE + "frontend fe\n bind 127.0.0.1:@fe@\n default_backend be\n" + frontendLines + "\nbackend be\n"
                + " server s1 127.0.0.1:@s1@\n" + backendLines + "\n";
    }

    /** What the server sees of a request that has these fields, beside those of every request. */
    private static String seen(BehaviourScene scene, String fields) throws Exception {
        var client = scene.client("fe").send("GET / HTTP/1.1\r\nHost: a.example\r\n" + fields + "\r\n");
        var server = scene.origin("s1").accept();
        String head = server.readHead();
        server.send(OK).close();
        client.expect(OK).close();
        scene.log();
        return head.replaceFirst("GET / HTTP/1.1\r\nhost: a.example\r\n", "")
                .replaceFirst("\r\n\r\n$", "")
                .replaceAll("\r\n", " | ")
                .replaceAll("127.0.0.1:" + client.socket().getLocalPort(), "<client>")
                .replaceAll("127.0.0.1:" + scene.port("fe"), "<proxy>");
    }

    private static BehaviourScene scene(BehaviourEngine engine, String frontendLines, String backendLines)
            throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        scene.startWhole(proxies(frontendLines, backendLines)
                .replaceFirst("timeout client", "option http-server-close\n timeout client"));
        return scene;
    }

    @OnEveryEngine
    void shouldTellTheClientsAddress(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " option forwardfor", "")) {
            assertEquals(
                    "x-forwarded-for: 1.2.3.4 | x-forwarded-for: 127.0.0.1 | connection: close",
                    seen(scene, "X-Forwarded-For: 1.2.3.4\r\n"));
        }
    }

    @OnEveryEngine
    void shouldTakeTheNameOfTheBackendAndTheExceptionsOfBoth(BehaviourEngine engine) throws Exception {
        try (var scene = scene(
                engine,
                " http-request set-src req.hdr(ip)\n option forwardfor except 10.0.0.0/8 header X-A",
                " option forwardfor except 2001:db8::/32 header X-B")) {
            assertEquals("ip: 192.0.2.1 | x-b: 192.0.2.1 | connection: close", seen(scene, "ip: 192.0.2.1\r\n"));
            assertEquals("ip: 10.255.0.1 | connection: close", seen(scene, "ip: 10.255.0.1\r\n"));
            assertEquals("ip: 2001:db8::1 | connection: close", seen(scene, "ip: 2001:db8::1\r\n"));
            assertEquals("ip: 2001:db9::1 | x-b: 2001:db9::1 | connection: close", seen(scene, "ip: 2001:db9::1\r\n"));
        }
    }

    @OnEveryEngine
    void shouldNotTellTwiceIfAllSidesSaySo(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " option forwardfor if-none", " option forwardfor if-none")) {
            assertEquals("x-forwarded-for: x | connection: close", seen(scene, "x-forwarded-for: x\r\n"));
            assertEquals("x-forwarded-for: 127.0.0.1 | connection: close", seen(scene, ""));
        }
        try (var scene = scene(engine, " option forwardfor if-none", "")) {
            assertEquals("x-forwarded-for: x | connection: close", seen(scene, "x-forwarded-for: x\r\n"));
        }
        try (var scene = scene(engine, " option forwardfor if-none", " option forwardfor")) {
            assertEquals(
                    "x-forwarded-for: x | x-forwarded-for: 127.0.0.1 | connection: close",
                    seen(scene, "x-forwarded-for: x\r\n"));
        }
    }

    @OnEveryEngine
    void shouldTellWhereTheClientConnectedTo(BehaviourEngine engine) throws Exception {
        try (var scene = scene(
                engine,
                " http-request set-dst req.hdr(ip)\n option originalto except 10.0.0.0/255.0.0.0",
                " option originalto header X-B")) {
            assertEquals("ip: 192.0.2.1 | x-b: 192.0.2.1 | connection: close", seen(scene, "ip: 192.0.2.1\r\n"));
            assertEquals("ip: 10.1.1.1 | connection: close", seen(scene, "ip: 10.1.1.1\r\n"));
        }
        try (var scene = scene(engine, " option originalto", "")) {
            assertEquals("x-original-to: 127.0.0.1 | connection: close", seen(scene, ""));
        }
    }

    @OnEveryEngine
    void shouldSayWhoForwarded(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", " option forwarded")) {
            assertEquals("forwarded: proto=http;for=127.0.0.1 | connection: close", seen(scene, ""));
        }
        try (var scene = scene(engine, "", " option forwarded proto host by by_port for for_port")) {
            assertEquals(
                    "forwarded: proto=http;host=\"a.example\";by=\"<proxy>\";for=\"<client>\" | connection: close",
                    seen(scene, ""));
        }
        try (var scene = scene(engine, " http-request set-src ipv6(2001:db8::1)", " option forwarded for by")) {
            assertEquals("forwarded: by=127.0.0.1;for=\"[2001:db8::1]\" | connection: close", seen(scene, ""));
        }
    }

    @OnEveryEngine
    void shouldForwardWhatExpressionsSay(BehaviourEngine engine) throws Exception {
        try (var scene = scene(
                engine,
                "",
                " option forwarded host-expr req.hdr(h) by-expr req.hdr(b) by_port-expr req.hdr(bp) for-expr req.hdr(f)")) {
            assertEquals(
                    "h: x.y:80 | b: _me | bp: 17 | f: word |"
                            + " forwarded: host=\"x.y:80\";by=\"_me:17\";for=_word | connection: close",
                    seen(scene, "h: x.y:80\r\nb: _me\r\nbp: 17\r\nf: word\r\n"));
            assertEquals(
                    "h: x_y | b: [::1] | bp: z | f: [2001:db8::2] |"
                            + " forwarded: host=\"\";by=\"[::1]:_z\";for=\"[2001:db8::2]\" | connection: close",
                    seen(scene, "h: x_y\r\nb: [::1]\r\nbp: z\r\nf: [2001:db8::2]\r\n"));
            assertEquals(
                    "b: no word | bp: 99999 | f: unknown |"
                            + " forwarded: host=\"\";by=\"unknown:_99999\";for=unknown | connection: close",
                    seen(scene, "b: no word\r\nbp: 99999\r\nf: unknown\r\n"));
        }
    }

    @OnEveryEngine
    void shouldForwardNothingOfTheResponse(BehaviourEngine engine) throws Exception {
        try (var scene =
                scene(engine, "", " option forwarded host-expr res.hdr(x) by-expr status for-expr res.hdr(x)")) {
            assertEquals("forwarded: host=\"\";by=unknown;for=unknown | connection: close", seen(scene, ""));
        }
    }

    @OnEveryEngine
    void shouldContinueAFieldThatIsWellFormed(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", " option forwarded for")) {
            for (String valid : new String[] {
                "for=1.2.3.4", "for=_a;host=\"\"", "for=\"[::1]:17\"", "host=;for=unknown", "for=1.2.3.4, proto=https"
            }) {
                assertEquals(
                        "forwarded: " + valid + ",for=127.0.0.1 | connection: close",
                        seen(scene, "Forwarded: " + valid + "\r\n"));
            }
            for (String faulty : new String[] {
                "for=1.2.3.4; host=a",
                "proto=\"http\"",
                "for=1.2.3.4:17",
                "host=a-b",
                "for=\"[::g]\"",
                "For=1.2.3.4",
                "a"
            }) {
                assertEquals(
                        "forwarded: " + faulty + " | forwarded: for=127.0.0.1 | connection: close",
                        seen(scene, "Forwarded: " + faulty + "\r\n"));
            }
            assertEquals(
                    "forwarded: for=_1 | forwarded: for=_2,for=127.0.0.1 | connection: close",
                    seen(scene, "Forwarded: for=_1\r\nForwarded: for=_2\r\n"));
        }
    }

    @OnEveryEngine
    void shouldAddFieldsBehindThoseOfRulesInOrder(BehaviourEngine engine) throws Exception {
        try (var scene = scene(
                engine,
                " unique-id-format %[req.hdr(n)]-x\n unique-id-header X-Id\n http-request add-header rule 1",
                " option originalto\n option forwardfor\n option forwarded for\n http-send-name-header X-Server\n"
                        + " http-request add-header rule 2")) {
            assertEquals(
                    "n: 7 | rule: 1 | rule: 2 | x-id: 7-x | forwarded: for=127.0.0.1 | x-forwarded-for: 127.0.0.1 |"
                            + " x-original-to: 127.0.0.1 | connection: close | x-server: s1",
                    seen(scene, "n: 7\r\nX-Server: forged\r\n"));
        }
    }

    /** While the id is made there is none yet. */
    @OnEveryEngine
    void shouldMakeAnIdWhoseFormatAsksForIt(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " unique-id-format a%[unique-id]%[req.hdr(n)]%ID\n unique-id-header X-Id", "")) {
            assertEquals("n: 7 | x-id: a7 | connection: close", seen(scene, "n: 7\r\n"));
            assertEquals("n: 8 | x-id: a8 | connection: close", seen(scene, "n: 8\r\n"));
        }
    }

    @OnEveryEngine
    void shouldTellEachServerItsOwnName(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var other = scene.origin("s2");
            scene.startWhole(proxies(
                    "",
                    " http-send-name-header Server-Name\n retries 1\n option redispatch 1\n server s2 127.0.0.1:@s2@"));

            var client = scene.client("fe").send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            other.accept()
                    .expect("GET / HTTP/1.1\r\nhost: x\r\nserver-name: s2\r\n\r\n")
                    .send(OK);

            client.expect(OK);
            assertEquals("fe be/s2 -- 1/1/0/0/+1 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldLetServersBelieveThatTheirConnectionIsKept(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + """
                    listen web
                        bind 127.0.0.1:@fe@
                        option httpclose
                        option http-pretend-keepalive
                        server s1 127.0.0.1:@s1@
                    """);

            scene.client("fe").send("GET /a HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
            origin.accept().expect("GET /a HTTP/1.1\r\nhost: x\r\n\r\n");
            scene.client("fe").send("GET /a HTTP/1.0\r\nhost: x\r\n\r\n");
            origin.accept().expect("GET /a HTTP/1.0\r\nhost: x\r\nconnection: keep-alive\r\n\r\n");
        }
    }

    @OnEveryEngine
    void shouldAnswerWhoAsksForItsHealth(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(proxies("""
                     monitor-uri /health
                     monitor fail if { req.hdr(well) no }
                     monitor fail unless { nbsrv(be) gt 0 }
                     http-request deny if { path /health }
                     http-after-response set-header after yes
                    """, ""));

            String page = "cache-control: no-cache\r\ncontent-type: text/html\r\nafter: yes\r\n\r\n<html><body><h1>";
            var client = scene.client("fe").send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
            client.expect("HTTP/1.1 200 OK\r\ncontent-length: 58\r\n" + page
                    + "200 OK</h1>\nService ready.\n</body></html>\n");
            client.send("POST http://x/health HTTP/1.1\r\nHost: x\r\nwell: no\r\nContent-Length: 3\r\n\r\nabc");
            client.expect("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 107\r\n" + page
                    + "503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n");
            client.send("GET /health?x HTTP/1.1\r\nHost: x\r\n\r\n");
            client.expect("HTTP/1.1 403 Forbidden\r\ncontent-length: 93\r\n" + page
                    + "403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n");
            client.send("GET /other HTTP/1.1\r\nHost: x\r\n\r\n");
            origin.accept().expect("GET /other HTTP/1.1\r\nhost: x\r\n\r\n").send(OK);
            client.expect("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nafter: yes\r\n\r\n");

            assertEquals("fe fe/<NOSRV> PR 1/1/0/0/0 0/0", scene.log());
            assertEquals("fe be/s1 -- 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldIgnoreConnectionsWithoutARequest(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(proxies(" option http-ignore-probes\n timeout http-request 1s", ""));

            assertEquals("<FIN>", scene.client("fe").rest());
            assertEquals("<FIN>", scene.client("fe").halfClose().rest());
            scene.client("fe").reset();
            var late = scene.client("fe").send("GET");

            assertEquals("HTTP/1.1 408 Request Time-out", late.rest().split("\r\n")[0]);
            assertEquals("fe fe/<NOSRV> cR 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldAdjustTheCaseOfNames(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            Files.writeString(scene.folder().resolve("names"), "# two words\n\nx-one X-ONE\n  x-two\tx-TWO  \n");
            scene.startWhole("global\n h1-case-adjust content-length Content-Length\n h1-case-adjust host HoSt\n"
                    + " h1-case-adjust-file @folder@/names\n"
                    + proxies(
                            " option h1-case-adjust-bogus-client\n"
                                    + " http-request deny hdr x-one a if { path /deny }\n"
                                    + " http-request early-hint x-two b",
                            " option h1-case-adjust-bogus-server\n option forwardfor header x-two"));

            var client = scene.client("fe").send("GET / HTTP/1.1\r\nHost: x\r\nX-ONE: 1\r\nX-Three: 3\r\n\r\n");
            client.expect("HTTP/1.1 103 Early Hints\r\nx-TWO: b\r\n\r\n");
            origin.accept()
                    .expect("GET / HTTP/1.1\r\nHoSt: x\r\nX-ONE: 1\r\nx-three: 3\r\nx-TWO: 127.0.0.1\r\n\r\n")
                    .send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nX-Two: 2\r\nHOST: a\r\n\r\n");
            client.expect("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nx-TWO: 2\r\nHoSt: a\r\n\r\n");
            client.send("GET /deny HTTP/1.1\r\nHost: x\r\n\r\n");

            client.expect("HTTP/1.1 403 Forbidden\r\nX-ONE: a\r\nContent-Length: 0\r\n");
        }
    }

    @OnEveryEngine
    void shouldLeaveNamesInLowerCaseWithoutTheOptions(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole("global\n h1-case-adjust x-one X-ONE\n" + proxies("", ""));

            var client = scene.client("fe").send("GET / HTTP/1.1\r\nX-ONE: 1\r\nHost: x\r\n\r\n");
            origin.accept()
                    .expect("GET / HTTP/1.1\r\nx-one: 1\r\nhost: x\r\n\r\n")
                    .send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nX-ONE: 2\r\n\r\n");

            client.expect("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nx-one: 2\r\n\r\n");
        }
    }

    @OnEveryEngine
    void shouldKeepNamesAsTheyCame(BehaviourEngine engine) throws Exception {
        if (engine == BehaviourEngine.HAPROXY) {
            return; // an option of Weir's own
        }
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(proxies("", " option http-keep-header-case\n option forwardfor"));

            var client = scene.client("fe").send("GET / HTTP/1.1\r\nHOST: x\r\nx-mIxEd: 1\r\n\r\n");
            origin.accept()
                    .expect("GET / HTTP/1.1\r\nHOST: x\r\nx-mIxEd: 1\r\nx-forwarded-for: 127.0.0.1\r\n\r\n")
                    .send("HTTP/1.1 200 OK\r\nContent-LENGTH: 0\r\nServer: S\r\n\r\n");

            client.expect("HTTP/1.1 200 OK\r\nContent-LENGTH: 0\r\nServer: S\r\n\r\n");
        }
    }

    @OnEveryEngine
    void shouldCaptureForLogsAndRules(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(proxies("""
                     log-format "%hr %hs %[capture.req.hdr(1)] %[capture.res.hdr(1)] %{+Q}hrl"
                     capture request header Host len 4
                     declare capture request len 5
                     capture response header Server len 100
                     declare capture response len 3
                     http-request capture req.hdr(a) id 1
                     http-request capture path len 10
                     http-response capture res.hdr(b) id 1
                     http-response set-header seen %[capture.req.hdr(2)]
                    """, ""));

            var client = scene.client("fe").send("GET /pa|th HTTP/1.1\r\nHost: a.example\r\na: 1234567\r\n\r\n");
            origin.accept().answer("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nServer: A{B\r\nb: xyz1\r\n\r\n");

            client.expect("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nserver: A{B\r\nb: xyz1\r\nseen: /pa|th\r\n\r\n");
            assertEquals("{a.ex|12345|/pa#7Cth} {A#7BB|xyz} 12345 xyz \"a.ex\" \"12345\" \"/pa#7Cth\"", scene.log());
        }
    }

    @OnEveryEngine
    void shouldTakeOutFieldsWithOddNames(BehaviourEngine engine) throws Exception {
        try (var scene = scene(
                engine,
                "",
                " option http-restrict-req-hdr-names delete\n http-request set-header x_rule %[req.hdr(a_b)]")) {
            assertEquals("c-d: 2 | connection: close", seen(scene, "a_b: 1\r\nC-d: 2\r\ne.f: 3\r\n"));
        }
    }

    @OnEveryEngine
    void shouldRefuseFieldsWithOddNames(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(
                    proxies(" option http-restrict-req-hdr-names reject\n http-request del-header forgiven_one", ""));

            var client = scene.client("fe").send("GET / HTTP/1.1\r\nhost: x\r\na_b: 1\r\n\r\n");
            client.expect("HTTP/1.1 403 Forbidden\r\ncontent-length: 93\r\n");
            client.read(25 + 25 + 2 + 93); // two more fields, and the page
            client.send("GET / HTTP/1.1\r\nhost: x\r\nforgiven_one: 1\r\n\r\n");
            origin.accept().expect("GET / HTTP/1.1\r\nhost: x\r\n\r\n").send(OK);

            client.expect(OK);
            assertEquals("fe fe/<NOSRV> PR 1/1/0/0/0 0/0", scene.log());
        }
    }
}
