package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;

/** Whose a connection is, how long it stays, and what asks for another protocol on it. */
@DisplayName("HTTP: connections of sessions")
final class BehaviourConnectionTest {
    private static final String GET = "GET /a HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";
    private static final String UPGRADE =
            "GET /a HTTP/1.1\r\nhost: x\r\n%sconnection: upgrade\r\nupgrade: websocket\r\n\r\n";
    private static final String KEY = "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static final String SWITCHING =
            "HTTP/1.1 101 Switching\r\n%sconnection: upgrade\r\nupgrade: websocket\r\n\r\n";
    private static final String ACCEPT = "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
    private static final String CHALLENGE =
            "HTTP/1.1 401 No\r\ncontent-length: 0\r\nwww-authenticate: Basic realm=\"a, b\"\r\nwww-authenticate: %s\r\n\r\n";

    private static BehaviourScene scene(BehaviourEngine engine, String frontend, String backend) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        scene.origin("s2");
        return scene.startWhole(BehaviourHttpTest.PREAMBLE.replace("%ts", "%ts %ST")
                + BehaviourHttpTest.ONE_SERVER
                        .replace("\nbackend be\n", "\n" + frontend + "\nbackend be\n" + backend + "\n")
                        .replace("@s1@\n", "@s1@\n    server s2 127.0.0.1:@s2@\n"));
    }

    /** A request and its response over connections that are there. */
    private static void exchange(BehaviourPeer client, BehaviourPeer server) throws Exception {
        client.send(GET);
        server.expect(GET).send(OK);
        client.expect(OK);
    }

    // ---- WebSocket ----

    @OnEveryEngine
    void shouldRefuseAnUpgradeToWebSocketWithoutItsKey(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", "")) {
            scene.client("fe").send(UPGRADE.formatted("")).expect("HTTP/1.1 400 Bad request\r\n");

            assertThat(scene.log()).startsWith("fe fe/<NOSRV> PR 400");
        }
    }

    @OnEveryEngine
    void shouldRefuseAnUpgradeToWebSocketWithAKeyOfAnotherLength(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", "")) {
            for (String key : List.of("", "abc", "dGhlIHNhbXBsZSBub25jZQ==x")) {
                String field = "sec-websocket-key: " + key + "\r\n";
                scene.client("fe").send(UPGRADE.formatted(field)).expect("HTTP/1.1 400 Bad request\r\n");

                assertThat(scene.log()).startsWith("fe fe/<NOSRV> PR 400");
            }

            String two = UPGRADE.formatted("sec-websocket-key: abc\r\n" + KEY);
            scene.client("fe").send(two);
            scene.origin("s1").accept().expect(two);
        }
    }

    /** HAProxy adds a key of its own. */
    @OnEveryEngine
    void shouldLetAnUpgradeToWebSocketWithoutItsKeyPassIfToldSo(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "option accept-unsafe-violations-in-http-request", "")) {
            scene.client("fe").send(UPGRADE.formatted(""));

            assertThat(scene.origin("s1").accept().readHead()).contains("\r\nupgrade: websocket\r\n");
        }
    }

    @OnEveryEngine
    void shouldRefuseToSwitchToWebSocketWithoutTheAnswerToTheKey(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", "")) {
            var client = scene.client("fe").send(UPGRADE.formatted(KEY));
            scene.origin("s1").accept().expect(UPGRADE.formatted(KEY)).send(SWITCHING.formatted(""));

            client.expect("HTTP/1.1 502 Bad Gateway\r\n");
            assertThat(scene.log()).startsWith("fe be/s1 PH 502");
        }
    }

    @OnEveryEngine
    void shouldSwitchToWebSocket(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", "")) {
            var client = scene.client("fe").send(UPGRADE.formatted(KEY));
            var server = scene.origin("s1").accept().expect(UPGRADE.formatted(KEY));
            server.send(SWITCHING.formatted(ACCEPT));
            client.expect(SWITCHING.formatted(ACCEPT)).send("ping");
            server.expect("ping").send("pong").close();

            assertThat(client.rest()).isEqualTo("pong<FIN>");
            client.close();
            assertThat(scene.log()).startsWith("fe be/s1 -- 101");
        }
    }

    // ---- rules that close ----

    @OnEveryEngine
    void shouldCloseTheClientsConnectionWhenAResponseRuleSaysSo(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " http-response set-header connection close", "")) {
            var client = scene.client("fe").send(GET);
            scene.origin("s1").accept().expect(GET).send(OK);

            assertThat(client.rest())
                    .isEqualTo("HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\nabc<FIN>");
        }
    }

    @OnEveryEngine
    void shouldCloseTheServersConnectionWhenARequestRuleSaysSo(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", " http-request set-header connection close")) {
            var client = scene.client("fe").send(GET);
            var server = scene.origin("s1").accept();
            server.expect("GET /a HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
                    .send(OK);
            client.expect(OK);

            assertThat(server.rest()).matches("<(FIN|RST)>");
            client.send(GET);
            scene.origin("s2").accept();
        }
    }

    // ---- connections that are one session's ----

    @OnEveryEngine
    void shouldBindAConnectionToTheSessionWhoseCredentialsItCarries(BehaviourEngine engine) throws Exception {
        for (String scheme : new String[] {"NTLM", "Negotiate abc=", "nego2"}) {
            try (var scene = scene(engine, "", " http-reuse always")) {
                String challenge = CHALLENGE.formatted(scheme);
                var first = scene.client("fe").send(GET);
                var own = scene.origin("s1").accept().expect(GET).send(challenge);
                first.expect(challenge);
                var second = scene.client("fe").send(GET);
                scene.origin("s2").accept().expect(GET).send(OK);
                second.expect(OK);

                exchange(first, own);
                exchange(first, own);
                var third = scene.client("fe").send(GET);
                scene.origin("s1").accept().expect(GET).send(OK);
                third.expect(OK);
            }
        }
    }

    @OnEveryEngine
    void shouldNotBindAConnectionForCredentialsOfARequest(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", " http-reuse always\n balance first")) {
            String challenge = CHALLENGE.formatted("Digest realm=NTLM");
            var first = scene.client("fe").send(GET);
            var server = scene.origin("s1").accept().expect(GET).send(challenge);
            first.expect(challenge);

            exchange(scene.client("fe"), server);
        }
    }

    @OnEveryEngine
    void shouldGoBackToTheServerThatItKeepsAConnectionTo(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", " http-reuse never\n option prefer-last-server")) {
            var client = scene.client("fe").send(GET);
            var server = scene.origin("s1").accept().expect(GET).send(OK);
            client.expect(OK);

            exchange(client, server);
            exchange(client, server);
            scene.client("fe").send(GET);
            scene.origin("s2").accept().expect(GET);
        }
    }

    @OnEveryEngine
    void shouldKeepAConnectionToEachServer(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "", " http-reuse never")) {
            var client = scene.client("fe").send(GET);
            var one = scene.origin("s1").accept().expect(GET).send(OK);
            client.expect(OK).send(GET);
            var two = scene.origin("s2").accept().expect(GET).send(OK);
            client.expect(OK);

            exchange(client, one);
            exchange(client, two);
        }
    }

    @OnEveryEngine
    void shouldKeepNoMoreConnectionsThanItMay(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, " max-session-srv-conns 1", " http-reuse never")) {
            var client = scene.client("fe").send(GET);
            var one = scene.origin("s1").accept().expect(GET).send(OK);
            client.expect(OK).send(GET);
            var two = scene.origin("s2").accept().expect(GET).send(OK);
            client.expect(OK);

            assertThat(two.rest()).matches("<(FIN|RST)>");
            exchange(client, one);
        }
    }

    // ---- while connecting ----

    @OnEveryEngine
    void shouldGiveUpConnectingWhenTheClientEnds(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.deafOrigin("s1");
            scene.startWhole(BehaviourHttpTest.PREAMBLE.replace("%ts", "%ts %ST")
                    + BehaviourHttpTest.ONE_SERVER.replace("\nbackend be\n", "\nbackend be\n option abortonclose\n"));

            scene.client("fe").send(GET).halfClose().expectEnd();

            assertThat(scene.log()).startsWith("fe be/s1 CC -1");
        }
    }
}
