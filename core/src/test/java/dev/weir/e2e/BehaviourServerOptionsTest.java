package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;

/** What a server's line says of requests in {@code mode http}: redirections, limits of connections, stick tables. */
@DisplayName("HTTP: options of servers")
final class BehaviourServerOptionsTest {
    private static final String GET = "GET /a?b HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";

    private static BehaviourScene scene(BehaviourEngine engine, String frontend, String backend, String options)
            throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(BehaviourHttpTest.PREAMBLE.replace("%ts", "%ts %ST")
                + BehaviourHttpTest.ONE_SERVER
                        .replace("\nbackend be\n", "\n" + frontend + "\nbackend be\n" + backend + "\n")
                        .replace("@s1@\n", "@s1@ " + options + "\n"));
    }

    // ---- redir ----

    private static void shouldBeRedirected(BehaviourScene scene, String request, String place) throws Exception {
        scene.client("fe")
                .send(request)
                .expect(
                        "HTTP/1.1 302 Found\r\ncache-control: no-cache\r\ncontent-length: 0\r\nlocation: http://o.example"
                                + place + "\r\nx-after: y\r\n\r\n");
        assertThat(scene.log()).startsWith("fe be/s1 LC 302");
    }

    @OnEveryEngine
    void shouldRedirectClientsThatOnlyWantToRead(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " http-after-response set-header x-after y", "", "redir http://o.example")) {
            shouldBeRedirected(scene, GET, "/a?b");
            shouldBeRedirected(scene, GET.replace("GET", "HEAD"), "/a?b");
            shouldBeRedirected(scene, GET.replace("/a", "http://x/c"), "/c?b");
            shouldBeRedirected(scene, GET.replace("/a?b", "http://x"), "/");
        }
    }

    @OnEveryEngine
    void shouldServeOtherMethodsByTheServerThatRedirects(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", "", "redir http://o.example")) {
            String post = "POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\nhi";
            var client = scene.client("fe").send(post);
            scene.origin("s1").accept().expect(post).send(OK);

            client.expect(OK);
        }
    }

    @OnEveryEngine
    void shouldLetASecondRequestBeRedirectedBehindABody(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", "", "redir http://o.example")) {
            String found = "HTTP/1.1 302 Found\r\ncache-control: no-cache\r\ncontent-length: 0\r\nlocation: ";
            var client = scene.client("fe").send("GET /a HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nab");
            client.expect(found + "http://o.example/a\r\n\r\n").send("cd" + GET);

            client.expect(found + "http://o.example/a?b\r\n\r\n");
        }
    }

    // ---- strict-maxconn ----

    @OnEveryEngine
    void shouldNotOpenMoreConnectionsThanTheServerMayHave(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", " http-reuse never\n retries 0", "maxconn 1 strict-maxconn")) {
            var first = scene.client("fe").send(GET);
            var server = scene.origin("s1").accept().expect(GET).send(OK);
            first.expect(OK);
            assertThat(scene.log()).startsWith("fe be/s1 -- 200");

            scene.client("fe").send(GET).expect("HTTP/1.1 503 Service Unavailable\r\n");
            assertThat(scene.log()).startsWith("fe be/s1 SC 503");
            first.send(GET);
            server.expect(GET).send(OK);
            first.expect(OK);
        }
    }

    @OnEveryEngine
    void shouldCloseAnIdleConnectionForAnotherOne(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", " http-reuse safe", "maxconn 1 strict-maxconn")) {
            var first = scene.client("fe").send(GET);
            var idle = scene.origin("s1").accept().expect(GET).send(OK);
            first.expect(OK);

            var second = scene.client("fe").send(GET);
            assertThat(idle.rest()).matches("<(FIN|RST)>");
            scene.origin("s1").accept().expect(GET).send(OK);
            second.expect(OK);
        }
    }

    @OnEveryEngine
    void shouldCountConnectionsThatCouldNotBeOpenedNoMore(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", " retries 0\n http-reuse never", "maxconn 1 strict-maxconn")) {
            scene.closeOrigin("s1");
            for (int i = 0; i < 3; i++) {
                scene.client("fe").send(GET).expect("HTTP/1.1 503 Service Unavailable\r\n");
            }
            var origin = scene.origin("s1");

            var client = scene.client("fe").send(GET);
            origin.accept().expect(GET).send(OK).close();
            client.expect(OK).close();
        }
    }

    // ---- non-stick ----

    @OnEveryEngine
    void shouldNotRememberAServerThatNothingSticksTo(BehaviourEngine engine) throws Exception {
        String table = " stick-table type string size 10 expire 1m\n stick on req.hdr(host)\n http-response set-header"
                + " n %[table_cnt(be)]";
        try (var scene = scene(engine, "", table, "non-stick")) {
            shouldHaveEntries(scene, 0);
            shouldHaveEntries(scene, 0);
        }
        try (var scene = scene(engine, "", table + "\n default-server non-stick", "stick")) {
            shouldHaveEntries(scene, 1);
        }
    }

    private static void shouldHaveEntries(BehaviourScene scene, int count) throws Exception {
        var client = scene.client("fe").send(GET);
        scene.origin("s1").accept().expect(GET).send(OK + "").close();
        client.expect(OK.replace("\r\n\r\n", "\r\nn: " + count + "\r\n\r\n")).close();
    }
}
