package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;

/** Messages whose end others may see elsewhere, and what global settings allow of them. */
@DisplayName("HTTP: framing that others may read differently")
final class BehaviourFramingTest {
    private static final String TWICE =
            "POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n";
    private static final String BODY = "1\r\na\r\n0\r\n\r\n";
    private static final String ONCE = "POST /a HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n";
    private static final String GET = "GET /b HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";
    private static final String CLOSED = OK.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n");

    private static BehaviourScene scene(BehaviourEngine engine, String global) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(BehaviourHttpTest.PREAMBLE
                        .replace("nbthread 1\n", "nbthread 1\n" + global)
                        .replace("%ts", "%ts %ST")
                + BehaviourHttpTest.ONE_SERVER);
    }

    // ---- Transfer-Encoding beside Content-Length ----

    @OnEveryEngine
    void shouldCloseTheConnectionBehindARequestThatIsFramedTwice(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "")) {
            var client = scene.client("fe").send(TWICE + BODY + GET);
            var server = scene.origin("s1").accept();
            String close = engine.isWeir() ? "connection: close\r\n" : ""; // HAProxy keeps the server's
            server.expect(ONCE + close + "\r\n" + BODY).send(OK);

            assertThat(client.rest()).isEqualTo(CLOSED + "<FIN>");
        }
    }

    @OnEveryEngine
    void shouldKeepThemIfItIsToldThatNobodyReadsItDifferently(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " h1-do-not-close-on-insecure-transfer-encoding\n")) {
            var client = scene.client("fe").send(TWICE + BODY + GET);
            var server =
                    scene.origin("s1").accept().expect(ONCE + "\r\n" + BODY).send(OK);
            client.expect(OK);

            server.expect(GET)
                    .send("HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n" + BODY);
            client.expect("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + BODY)
                    .send(GET);
            server.expect(GET).send(OK);
            client.expect(OK);
        }
    }

    // ---- chunks ----

    @OnEveryEngine
    void shouldRefuseARequestWhoseBodyBreaksTheRulesAtOnce(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "")) {
            scene.client("fe").send(ONCE + "\r\nzz\r\n").expect("HTTP/1.1 400 Bad request\r\n");
            assertThat(scene.log()).startsWith("fe fe/<NOSRV> PR 400");

            var client = scene.client("fe").send(GET); // nobody has called before it
            scene.origin("s1").accept().expect(GET).send(OK);
            client.expect(OK);
        }
    }

    @OnEveryEngine
    void shouldNotBeginAResponseWhoseBodyBreaksTheRulesAtOnce(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "")) {
            var client = scene.client("fe").send(GET);
            scene.origin("s1")
                    .accept()
                    .expect(GET)
                    .send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\nzz\r\n");

            client.expect("HTTP/1.1 502 Bad Gateway\r\n");
            assertThat(scene.log()).startsWith("fe be/s1 PH 502");
        }
    }

    @OnEveryEngine
    void shouldEndAResponseWhoseBodyBreaksThemLater(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "")) {
            String head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
            var client = scene.client("fe").send(GET);
            var server = scene.origin("s1").accept().expect(GET).send(head + "1\r\na\r\n");
            client.expect(head + "1\r\na\r\n");
            server.send("zz\r\n");

            assertThat(client.rest()).isEqualTo("<FIN>");
            assertThat(scene.log()).startsWith("fe be/s1 PD 200");
        }
    }

    // ---- bodies where HTTP/1.0 has none ----

    @OnEveryEngine
    void shouldRefuseABodyOfAnOldRequestThatHasNone(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "")) {
            for (String method : new String[] {"GET", "HEAD", "DELETE"}) {
                scene.client("fe").send(method + " /a HTTP/1.0\r\ncontent-length: 2\r\n\r\nhi");
                assertThat(scene.log()).startsWith("fe fe/<NOSRV> PR 413");
            }
        }
    }

    @OnEveryEngine
    void shouldPassItIfToldSo(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " h1-accept-payload-with-any-method\n")) {
            var client = scene.client("fe").send("GET /a HTTP/1.0\r\ncontent-length: 2\r\n\r\nhi");
            String seen = scene.origin("s1").accept().send(OK).readHead();

            assertThat(seen).startsWith("GET /a HTTP/1.0\r\ncontent-length: 2\r\n");
            assertThat(client.rest()).isEqualTo(CLOSED + "<FIN>");
        }
    }

    // ---- messages that have no body, whatever they say ----

    @OnEveryEngine
    void shouldNotTellTheClientOfABodyOrAnEndBehindAnInterimResponse(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "")) {
            var client = scene.client("fe").send(GET);
            scene.origin("s1")
                    .accept()
                    .expect(GET)
                    .send("HTTP/1.1 103 Early\r\nlink: a\r\ncontent-length: 9\r\nconnection: close\r\n\r\n")
                    .send("HTTP/1.1 102 Wait\r\ntransfer-encoding: chunked\r\n\r\n" + OK);
            client.expect("HTTP/1.1 103 Early\r\nlink: a\r\n\r\nHTTP/1.1 102 Wait\r\n\r\n" + OK);

            client.send(GET); // its server has said that it takes no other
            scene.origin("s1").accept().expect(GET).send(OK);
            client.expect(OK);
        }
    }

    @OnEveryEngine
    void shouldRefuseAnInterimResponseThatIsFramedBadly(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "")) {
            var client = scene.client("fe").send(GET);
            scene.origin("s1")
                    .accept()
                    .expect(GET)
                    .send("HTTP/1.1 103 Early\r\ncontent-length: 9\r\ncontent-length: 8\r\n\r\n" + OK);

            client.expect("HTTP/1.1 502 Bad Gateway\r\n");
        }
    }

    @OnEveryEngine
    void shouldTellNobodyOfABodyWhereATunnelBegins(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "")) {
            String connect = "CONNECT x:1 HTTP/1.1\r\nhost: x:1\r\n";
            var client = scene.client("fe").send(connect + "content-length: 0\r\n\r\nhi");
            var server = scene.origin("s1")
                    .accept()
                    .expect(connect + "\r\n")
                    .send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\nho");

            client.expect("HTTP/1.1 200 OK\r\n\r\nho");
            server.expect("hi");
        }
    }

    // ---- names of options that have others by now ----

    @OnEveryEngine
    void shouldTakeTheOldNamesOfTheOptionsThatLoosenItsParser(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(BehaviourHttpTest.PREAMBLE.replace(
                            "defaults base\n",
                            "defaults base\n option accept-invalid-http-request\n option accept-invalid-http-response\n")
                    + BehaviourHttpTest.ONE_SERVER);

            var client = scene.client("fe").send("GET /a\"b HTTP/1.1\r\nhost: x\r\n\r\n");
            scene.origin("s1")
                    .accept()
                    .expect("GET /a\"b HTTP/1.1\r\nhost: x\r\n\r\n")
                    .send(OK);
            client.expect(OK);
        }
    }
}
