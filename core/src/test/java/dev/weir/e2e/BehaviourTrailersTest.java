package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;

/** Fields behind a chunked body: who gets to see them. */
@DisplayName("HTTP: trailers")
final class BehaviourTrailersTest {
    private static final String POST = "POST /a HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
    private static final String GET = "GET /b HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    private static final String DATA = "3\r\nabc\r\n0\r\n";
    private static final String TRAILERS = "x-sum: 17\r\nx-other: a\r\n";

    private static BehaviourScene scene(BehaviourEngine engine, String frontend, String backend) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(BehaviourHttpTest.PREAMBLE
                + BehaviourHttpTest.ONE_SERVER.replace(
                        "\nbackend be\n", "\n" + frontend + "\nbackend be\n" + backend + "\n"));
    }

    @OnEveryEngine
    void shouldDropThoseOfRequests(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", " option http-drop-request-trailers")) {
            var client = scene.client("fe").send(POST + DATA + TRAILERS + "\r\n" + GET);
            var server =
                    scene.origin("s1").accept().expect(POST + DATA + "\r\n").send(OK);
            client.expect(OK);

            server.expect(GET).send(OK);
            client.expect(OK);
        }
    }

    @OnEveryEngine
    void shouldDropThoseOfRequestsThatComeByteByByte(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", " option http-drop-request-trailers")) {
            var client = scene.client("fe").send(POST);
            var server = scene.origin("s1").accept().expect(POST);
            for (char one : (DATA + TRAILERS + "\r\n").toCharArray()) {
                client.send(String.valueOf(one));
            }
            server.expect(DATA + "\r\n").send(OK);
            client.expect(OK).send(GET);

            server.expect(GET).send(OK);
            client.expect(OK);
        }
    }

    @OnEveryEngine
    void shouldDropThoseOfResponses(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " option http-drop-response-trailers", "")) {
            var client = scene.client("fe").send(GET);
            var server = scene.origin("s1").accept().expect(GET).send(CHUNKED + DATA + TRAILERS + "\r\n");
            client.expect(CHUNKED + DATA + "\r\n").send(GET);

            server.expect(GET).send(CHUNKED + DATA + "\r\n");
            client.expect(CHUNKED + DATA + "\r\n");
        }
    }

    @OnEveryEngine
    void shouldRefuseFaultyOnesThatItDrops(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " option http-drop-response-trailers", "")) {
            var client = scene.client("fe").send(GET);
            scene.origin("s1").accept().expect(GET).send(CHUNKED + DATA + "bad name: 1\r\n\r\n");

            client.expect("HTTP/1.1 502 Bad Gateway\r\n");
            assertThat(scene.log()).startsWith("fe be/s1 PH");
        }
    }

    @OnEveryEngine
    void shouldPassThemOtherwise(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", "")) {
            var client = scene.client("fe").send(POST + DATA + TRAILERS + "\r\n");
            scene.origin("s1").accept().expect(POST + DATA + TRAILERS + "\r\n").send(OK);
            client.expect(OK);
        }
    }
}
