package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;

/** Requests on connections that the server was about to end. */
@DisplayName("HTTP: stale server connections")
final class BehaviourStaleTest {
    private static final String GET = "GET /a HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";

    @OnEveryEngine
    void shouldRepeatOnAnotherConnectionWhatAStaleOneLost(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(BehaviourRetryTest.one("retry-on empty-response"));

            var client = scene.client("fe").send(GET);
            var server = origin.accept().expect(GET).send(OK);
            client.expect(OK).send(GET);
            server.expect(GET).close();
            origin.accept().expect(GET).send(OK);

            client.expect(OK);
            assertEquals("fe be/s1 -- 1/1/0/0/0 0/0", scene.log());
            assertEquals("fe be/s1 -- 1/1/0/0/1 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldEndSilentlyWhatAStaleConnectionLost(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(BehaviourRetryTest.one("http-reuse always"));

            var first = scene.client("fe").send(GET);
            var server = origin.accept().expect(GET).send(OK);
            first.expect(OK);
            var second = scene.client("fe").send(GET);
            server.expect(GET).close();

            second.expectEnd();
        }
    }

    @OnEveryEngine
    void shouldSayThatAllAttemptsFailedAlsoOnStaleConnections(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(BehaviourRetryTest.one("retries 0", "retry-on empty-response"));

            var client = scene.client("fe").send(GET);
            var server = origin.accept().expect(GET).send(OK);
            client.expect(OK).send(GET);
            server.expect(GET).close();

            client.expect("HTTP/1.1 502 Bad Gateway\r\n");
            assertEquals("fe be/s1 -- 1/1/0/0/0 0/0", scene.log());
            assertEquals("fe be/s1 SH 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldReuseForAFirstRequestWhatCanBeRepeated(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(BehaviourRetryTest.one("retry-on conn-failure empty-response response-timeout"));

            var first = scene.client("fe").send(GET);
            var server = origin.accept().expect(GET).send(OK);
            first.expect(OK);
            var second = scene.client("fe").send(GET);
            server.expect(GET).send(OK);

            second.expect(OK);
        }
    }
}
