package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;

/** A request and its response in {@code mode http}: what either side gets to see. */
@DisplayName("HTTP: requests and responses")
final class BehaviourHttpTest {
    static final String PREAMBLE = """
            global
                nbthread 1
                log 127.0.0.1:@log@ local0
            defaults base
                mode http
                log global
                log-format "%ft %b/%s %ts %ac/%fc/%bc/%sc/%rc %sq/%bq"
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            """;
    static final String ONE_SERVER = """
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@
            """;

    @OnEveryEngine
    void shouldPassARequestAndItsResponse(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + ONE_SERVER);

            var client = scene.client("fe").send("GET /a?b HTTP/1.1\r\nHost:  x \r\nX-Name: Value\r\n\r\n");
            var server = origin.accept().expect("GET /a?b HTTP/1.1\r\nhost: x\r\nx-name: Value\r\n\r\n");
            server.send("HTTP/1.1 200 Fine\r\nContent-Length: 5\r\nServer: S\r\n\r\nhello");

            client.expect("HTTP/1.1 200 Fine\r\ncontent-length: 5\r\nserver: S\r\n\r\nhello");
            assertEquals("fe be/s1 -- 1/1/0/0/0 0/0", scene.log());
        }
    }

    private static final String GET = "GET /a HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";

    @OnEveryEngine
    void shouldServeOneRequestAfterTheOtherOnBothConnections(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + ONE_SERVER);

            var client = scene.client("fe").send(GET);
            var server = origin.accept().expect(GET).send(OK);
            client.expect(OK).send(GET);
            server.expect(GET).send(OK);
            client.expect(OK).close();

            assertEquals("fe be/s1 -- 1/1/0/0/0 0/0", scene.log());
            assertEquals("fe be/s1 -- 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldAnswerPipelinedRequestsInOrder(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + ONE_SERVER);

            var client = scene.client("fe").send(GET + GET.replace("/a", "/b"));
            var server = origin.accept().expect(GET).send(OK);
            server.expect(GET.replace("/a", "/b")).send(OK.replace("abc", "def"));

            client.expect(OK).expect(OK.replace("abc", "def"));
        }
    }

    @OnEveryEngine
    void shouldPassContinueAndTheBodyBehindIt(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + ONE_SERVER);

            String head = "POST /a HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 5\r\n\r\n";
            var client = scene.client("fe").send(head);
            var server = origin.accept().expect(head).send("HTTP/1.1 100 Continue\r\n\r\n");
            client.expect("HTTP/1.1 100 Continue\r\n\r\n").send("hello");
            server.expect("hello").send(OK);

            client.expect(OK);
        }
    }

    @OnEveryEngine
    void shouldPassAResponseThatComesBeforeTheRequestHasEnded(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + ONE_SERVER);

            String head = "POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n";
            var client = scene.client("fe").send(head + "01234");
            var server = origin.accept().expect(head + "01234").send(OK);
            client.expect(OK).send("56789" + GET);

            server.expect("56789" + GET).send(OK);
            client.expect(OK);
        }
    }

    @OnEveryEngine
    void shouldDrainABodyThatNobodyWanted(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE
                    + ONE_SERVER.replace("default_backend", "http-request deny if METH_POST\n default_backend"));

            var client = scene.client("fe").send("POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n01234");
            client.expect("HTTP/1.1 403 Forbidden\r\ncontent-length: 93\r\n");
            client.read(25 + 25 + 2 + 93); // two more fields, and the page
            client.send("56789" + GET);
            origin.accept().expect(GET).send(OK);

            client.expect(OK);
            assertEquals("fe fe/<NOSRV> PR 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldBecomeATunnelAfterAnUpgrade(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + ONE_SERVER);

            String request = "GET /a HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: other\r\n\r\n";
            String response = "HTTP/1.1 101 Yes\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n";
            var client = scene.client("fe").send(request);
            var server = origin.accept().expect(request).send(response + "hi");
            client.expect(response + "hi").send("there");
            server.expect("there").close();

            client.expectEnd().close();
            assertEquals("fe be/s1 -- 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldSayThatAServerEndedWithoutAResponse(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + ONE_SERVER);

            var client = scene.client("fe").send(GET);
            origin.accept().expect(GET).close();

            client.expect("HTTP/1.1 502 Bad Gateway\r\n");
            assertEquals("fe be/s1 SH 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldEndAResponseThatItsServerCutsShort(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + ONE_SERVER);

            String cut = OK.replace("length: 3", "length: 9");
            var client = scene.client("fe").send(GET);
            origin.accept().expect(GET).send(cut).close();

            assertEquals(cut + "<FIN>", client.rest());
            assertEquals("fe be/s1 SD 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldCloseBehindAResponseWithoutLength(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + ONE_SERVER);

            var client = scene.client("fe").send(GET);
            origin.accept().expect(GET).send("HTTP/1.1 200 OK\r\n\r\nabc").close();

            assertEquals("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nabc<FIN>", client.rest());
            assertEquals("fe be/s1 -- 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldLogWhenTheHeadIsThere(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + ONE_SERVER.replace("frontend fe\n", """
                    frontend fe
                        option logasap
                        log-format "%HP %ST %ts %ac/%fc/%bc/%sc %Tt %B"
                    """));

            var client = scene.client("fe").send(GET);
            var server = origin.accept().expect(GET).send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n");
            assertEquals("/a 200 -- 1/1/1/1 +N +N", scene.log().replaceAll("\\+\\d+", "+N"));
            server.send("abc");
            client.expect(OK).send("GET /b HTTP/1.1\r\nhost: x\r\n\r\n");
            server.expect("GET /b HTTP/1.1\r\nhost: x\r\n\r\n").send(OK);

            client.expect(OK);
            assertEquals("/b 200 -- 1/1/1/1 +N +N", scene.log().replaceAll("\\+\\d+", "+N"));
        }
    }
}
