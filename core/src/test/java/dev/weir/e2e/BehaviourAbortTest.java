package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;

/** Clients that go before they have their response: {@code option abortonclose} in {@code mode http}. */
@DisplayName("HTTP: clients that go")
final class BehaviourAbortTest {
    private static final String GET = "GET /a HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String POST = "POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";
    private static final String ABORT = "option abortonclose";

    private static String backend(String... lines) {
        String more = "    " + String.join("\n    ", lines) + "\n";
        return BehaviourHttpTest.PREAMBLE.replace("%ts", "%ts %ST")
                + BehaviourHttpTest.ONE_SERVER.replace("\nbackend be\n", "\nbackend be\n" + more);
    }

    private static String queueing(String... lines) {
        return BehaviourApi.with(backend(lines)).replace("@s1@", "@s1@ maxconn 1");
    }

    @OnEveryEngine
    void shouldGiveUpWhenTheClientEndsBeforeTheResponse(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend(ABORT));

            var client = scene.client("fe").send(POST);
            var server = origin.accept().expect(POST);
            client.halfClose();

            client.expect("HTTP/1.1 400 Bad request\r\n");
            server.rest();
            assertEquals("fe be/s1 CH 400 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldAnswerAClientThatEndedWithoutAbortonclose(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend("no option abortonclose"));

            var client = scene.client("fe").send(GET);
            var server = origin.accept().expect(GET);
            client.halfClose();
            server.send(OK);

            client.expect(OK);
            assertEquals("fe be/s1 -- 200 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldGiveUpWhenTheClientResets(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(backend(ABORT));

            var client = scene.client("fe").send(GET);
            var server = origin.accept().expect(GET);
            client.reset();

            server.rest();
            String line = scene.log();
            assertTrue(
                    line.matches("fe be/s1 C[DHL] 400 1/1/0/0/0 0/0"), line); // under HAProxy it depends on the moment
        }
    }

    @OnEveryEngine
    void shouldLeaveTheQueueWhenTheClientEnds(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(queueing(ABORT, "timeout queue 20s"));

            var first = scene.client("fe").send(GET);
            var server = origin.accept().expect(GET);
            var second = scene.client("fe").send(POST);
            Queued.await(scene, 1);
            second.halfClose().expectEnd();

            assertEquals("fe be/<NOSRV> CQ -1 2/2/1/0/0 0/1", scene.log());
            server.send(OK);
            first.expect(OK);
        }
    }

    @OnEveryEngine
    void shouldServeTheQueueByPriority(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(queueing(
                    "timeout queue 20s",
                    "http-request set-priority-class int(-5) if { path /first }",
                    "http-request set-priority-offset int(100000) if { path /last }"));

            var served = scene.client("fe").send(GET);
            var server = origin.accept().expect(GET);
            var last = scene.client("fe").send(GET.replace("/a", "/last"));
            Queued.await(scene, 1);
            var middle = scene.client("fe").send(GET.replace("/a", "/b"));
            Queued.await(scene, 2);
            var first = scene.client("fe").send(GET.replace("/a", "/first"));
            Queued.await(scene, 3);
            server.send(OK.replace("length: 3", "length: 3\r\nconnection: close"));
            served.read(OK.length());
            serve(origin, first, "/first");
            serve(origin, middle, "/b");
            serve(origin, last, "/last");

            assertEquals("fe be/s1 -- 200 4/4/3/0/0 0/0", scene.log());
            assertEquals("fe be/s1 -- 200 4/4/2/0/0 0/1", scene.log());
            assertEquals("fe be/s1 -- 200 4/4/1/0/0 0/2", scene.log());
            assertEquals("fe be/s1 -- 200 4/4/0/0/0 0/3", scene.log());
        }
    }

    private static void serve(BehaviourOrigin origin, BehaviourPeer client, String path) throws Exception {
        String response = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\nabc";
        origin.accept().expect(GET.replace("/a", path)).send(response).close();
        client.expect(OK);
    }
}
