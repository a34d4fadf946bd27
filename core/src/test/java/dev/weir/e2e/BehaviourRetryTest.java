package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.stats.Counter;
import org.junit.jupiter.api.DisplayName;

/** Requests that are sent once more: {@code retries}, {@code retry-on}, {@code option redispatch}. */
@DisplayName("HTTP: retries")
final class BehaviourRetryTest {
    private static final String GET = "GET /a HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String POST = "POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";
    private static final String LAST = OK.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n");
    private static final String BUSY = "HTTP/1.1 503 Busy\r\ncontent-length: 2\r\n\r\nno";

    /** A server behind a backend with these lines. */
    static String one(String... lines) {
        return BehaviourHttpTest.PREAMBLE
                + BehaviourHttpTest.ONE_SERVER.replace("\nbackend be\n", "\nbackend be\n" + indented(lines));
    }

    private static String two(String... lines) {
        return one(lines) + "    server s2 127.0.0.1:@s2@\n";
    }

    private static String indented(String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append("    ").append(line).append('\n');
        }
        return text.toString();
    }

    /** Of backend {@code be}; HAProxy counts a retry at the same server twice, and is not asked. */
    private static void assertCounted(BehaviourScene scene, int retries, int redispatches) {
        if (scene.running() instanceof BehaviourEngine.Inside inside) {
            var counters = inside.weir().instance().pools().pool("be").counters();
            assertEquals(retries, counters.get(Counter.RETRIES));
            assertEquals(redispatches, counters.get(Counter.REDISPATCHES));
        }
    }

    @OnEveryEngine
    void shouldSendARequestAgainThatGotNoAnswer(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(one("retries 2", "retry-on empty-response"));

            var client = scene.client("fe").send(POST);
            origin.accept().expect(POST).close();
            origin.accept().expect(POST).reset();
            origin.accept().expect(POST).send(OK);

            client.expect(OK);
            assertEquals("fe be/s1 -- 1/1/0/0/2 0/0", scene.log());
            assertCounted(scene, 2, 0);
        }
    }

    @OnEveryEngine
    void shouldRetryAsOftenAsARuleSays(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(one(
                    "retries 0",
                    "retry-on empty-response",
                    "tcp-request content set-retries 5",
                    "http-request set-retries int(2)",
                    "http-request set-retries int(101)",
                    "http-request set-retries 0 if METH_POST"));

            var client = scene.client("fe").send(GET);
            origin.accept().expect(GET).close();
            origin.accept().expect(GET).close();
            origin.accept().expect(GET).send(LAST);
            client.expect(OK);
            assertEquals("fe be/s1 -- 1/1/0/0/2 0/0", scene.log());

            client.send(POST);
            origin.accept().expect(POST).close();
            assertEquals(
                    "HTTP/1.1 502 Bad Gateway",
                    client.readHead().lines().findFirst().orElseThrow());
        }
    }

    /** What a listen section's rule says holds for its own servers, not for another backend's. */
    @OnEveryEngine
    void shouldForgetTheRetriesThatAnotherBackendWants(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(BehaviourHttpTest.PREAMBLE + """
                    listen fe
                        bind 127.0.0.1:@fe@
                        retries 0
                        retry-on empty-response
                        http-request set-retries 1
                        use_backend be if METH_POST
                        server s1 127.0.0.1:@s1@
                    backend be
                        retries 0
                        retry-on empty-response
                        server s1 127.0.0.1:@s1@
                    """);

            var client = scene.client("fe").send(GET);
            origin.accept().expect(GET).close();
            var server = origin.accept().expect(GET).send(OK);
            client.expect(OK);

            client.send(POST);
            origin.accept().expect(POST).close();
            assertEquals(
                    "HTTP/1.1 502 Bad Gateway",
                    client.readHead().lines().findFirst().orElseThrow());
            server.close();
        }
    }

    @OnEveryEngine
    void shouldServeTheNextRequestBehindOneThatWasRepeated(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(one("retry-on empty-response"));

            var client = scene.client("fe").send(POST + GET);
            origin.accept().expect(POST).close();
            var server = origin.accept().expect(POST).send(OK);
            client.expect(OK);
            server.expect(GET).send(OK);

            client.expect(OK);
            assertEquals("fe be/s1 -- 1/1/0/0/1 0/0", scene.log());
            assertEquals("fe be/s1 -- 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldGiveUpWhenAllRetriesAreUsed(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(one("retries 1", "retry-on empty-response"));

            var client = scene.client("fe").send(GET);
            origin.accept().expect(GET).close();
            origin.accept().expect(GET).close();

            client.expect("HTTP/1.1 502 Bad Gateway\r\n");
            assertEquals("fe be/s1 SH 1/1/0/0/1 0/0", scene.log());
            assertCounted(scene, 1, 0);
        }
    }

    @OnEveryEngine
    void shouldAskAnotherServerWithRedispatch(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var first = scene.origin("s1");
            var second = scene.origin("s2");
            scene.startWhole(two("retry-on empty-response", "option redispatch"));

            var client = scene.client("fe").send(GET);
            first.accept().expect(GET).close();
            second.accept().expect(GET).send(OK);

            client.expect(OK);
            assertEquals("fe be/s2 -- 1/1/0/0/+1 0/0", scene.log());
            assertCounted(scene, 1, 1);
        }
    }

    @OnEveryEngine
    void shouldAskTheSameServerWithoutRedispatch(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var first = scene.origin("s1");
            scene.origin("s2");
            scene.startWhole(two("retry-on empty-response"));

            var client = scene.client("fe").send(GET);
            first.accept().expect(GET).close();
            first.accept().expect(GET).send(OK);

            client.expect(OK);
            assertEquals("fe be/s1 -- 1/1/0/0/1 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldLeaveAServerOfPersistenceOnTheTurnOfRedispatchOnly(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var first = scene.origin("s1");
            var second = scene.origin("s2");
            scene.startWhole(
                    two("retries 4", "retry-on empty-response", "option redispatch 2", "use-server s1 if TRUE"));

            var client = scene.client("fe").send(GET);
            first.accept().expect(GET).close();
            first.accept().expect(GET).close();
            second.accept().expect(GET).send(OK);

            client.expect(OK);
            assertEquals("fe be/s2 -- 1/1/0/0/+2 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldRepeatAfterJunk(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(one("retries 2", "retry-on junk-response"));

            var client = scene.client("fe").send(GET);
            origin.accept().expect(GET).send("garbage\r\n\r\n");
            origin.accept().expect(GET).send("HTTP/1.1 200 OK\r\ncontent-le").close();
            origin.accept().expect(GET).send(OK);

            client.expect(OK);
            assertEquals("fe be/s1 -- 1/1/0/0/2 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldNotTakeAResponseThatWasCutShortForAnEmptyOne(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(one("retry-on empty-response"));

            var client = scene.client("fe").send(GET);
            origin.accept().expect(GET).send("HTTP/1.1 200 OK\r\ncontent-le").close();

            client.expect("HTTP/1.1 502 Bad Gateway\r\n");
            assertEquals("fe be/s1 PH 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldRepeatAfterSilence(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(one("retries 1", "retry-on response-timeout", "timeout server 100ms"));

            var client = scene.client("fe").send(GET);
            origin.accept().expect(GET);
            origin.accept().expect(GET);

            client.expect("HTTP/1.1 504 Gateway Time-out\r\n");
            assertEquals("fe be/s1 sH 1/1/0/0/1 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldRepeatAfterAStatusOnTheSameConnection(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(one("retry-on 503 404", "http-reuse always"));

            var client = scene.client("fe").send(GET);
            var server = origin.accept().expect(GET).send(BUSY);
            server.expect(GET).send(BUSY.replace("503", "404"));
            server.expect(GET).send(OK);

            client.expect(OK);
            assertEquals("fe be/s1 -- 1/1/0/0/2 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldPassTheStatusOnInTheEnd(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(one("retries 1", "retry-on 503", "http-reuse always"));

            var client = scene.client("fe").send(GET);
            origin.accept().expect(GET).send(BUSY).expect(GET).send(BUSY);

            client.expect(BUSY);
            assertEquals("fe be/s1 -- 1/1/0/0/1 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldRepeatAfterEverythingThatMayBeRepeated(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(one("retries 4", "retry-on all-retryable-errors", "timeout server 1s"));

            var client = scene.client("fe").send(GET);
            origin.accept().expect(GET).close();
            origin.accept().expect(GET).send("garbage\r\n\r\n");
            origin.accept().expect(GET);
            origin.accept().expect(GET).send("HTTP/1.1 500 No\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
            origin.accept().expect(GET).send(OK);

            client.expect(OK);
            assertEquals("fe be/s1 -- 1/1/0/0/4 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldNotRepeatWhatARuleExempts(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(one("retry-on all-retryable-errors", "http-request disable-l7-retry if METH_POST"));

            var client = scene.client("fe").send(POST);
            origin.accept().expect(POST).close();

            client.expect("HTTP/1.1 502 Bad Gateway\r\n");
            assertEquals("fe be/s1 SH 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldNotRepeatARequestThatWasNotHereToItsEnd(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(one("retry-on all-retryable-errors"));

            var client = scene.client("fe").send(POST.replace("hello", "he"));
            var server = origin.accept().expect(POST.replace("hello", "he"));
            client.send("llo");
            server.expect("llo").close();

            client.expect("HTTP/1.1 502 Bad Gateway\r\n");
            assertEquals("fe be/s1 SH 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldNotConnectAgainUnlessToldTo(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(one("retry-on none"));

            scene.client("fe").send(GET).expect("HTTP/1.1 503 Service Unavailable\r\n");

            assertEquals("fe be/s1 SC 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldFailToConnectTheSecondTime(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(one("retry-on empty-response"));

            var client = scene.client("fe").send(GET);
            var server = origin.accept().expect(GET);
            scene.closeOrigin("s1");
            server.close();

            client.expect("HTTP/1.1 503 Service Unavailable\r\n");
            assertEquals("fe be/s1 SC 1/1/0/0/1 0/0", scene.log());
        }
    }
}
