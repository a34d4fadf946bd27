package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;

/** How sessions end: who closes first, resets, and time limits of each side. */
@DisplayName("ends of sessions")
final class BehaviourEndsTest {
    private static final String ONE_SERVER = """
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@
            """;

    @OnEveryEngine
    void shouldDeliverBothWaysAndLogTheSession(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(ONE_SERVER);

            var client = scene.client("fe").send("hello");
            var server = origin.accept().expect("hello").send("hi there");
            client.expect("hi there").close();
            server.expectEnd().close();

            assertEquals("fe be/s1 -- in=5 out=8 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldKeepAnsweringAClientThatHalfClosed(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(ONE_SERVER);

            var client = scene.client("fe").send("question").halfClose();
            var server = origin.accept().expect("question").expectEnd();
            server.send("answer").send(" and more").close();

            assertEquals("answer and more<FIN>", client.rest());
            assertEquals("fe be/s1 -- in=8 out=15 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldKeepForwardingToAServerThatHalfClosed(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(ONE_SERVER);

            var client = scene.client("fe").send("a");
            var server = origin.accept().expect("a").send("bye").halfClose();
            assertEquals("bye<FIN>", client.rest());
            client.send("more").send(" still").close();

            assertEquals("more still<FIN>", server.rest());
            assertEquals("fe be/s1 -- in=11 out=3 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldBlameTheClientForItsReset(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(ONE_SERVER);

            var client = scene.client("fe").send("abc");
            var server = origin.accept().expect("abc").send("def");
            client.expect("def").reset();
            server.rest();

            assertEquals("fe be/s1 CD in=3 out=3 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldBlameTheServerForItsReset(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(ONE_SERVER);

            var client = scene.client("fe").send("abc");
            var server = origin.accept().expect("abc").send("def");
            client.expect("def");
            server.reset();

            assertEquals("<FIN>", client.rest());
            assertEquals("fe be/s1 SD in=3 out=3 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldEndASessionWhoseClientIsSilent(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(ONE_SERVER.replace("bind", "timeout client 500ms\n bind"));

            var client = scene.client("fe").send("abc");
            var server = origin.accept().expect("abc").expectEnd();
            server.send("for you").close();

            assertEquals("for you<FIN>", client.rest());
            assertEquals("fe be/s1 cD in=3 out=7 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldEndASessionWhoseServerIsSilent(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(ONE_SERVER.replace("server s1", "timeout server 500ms\n server s1"));

            var client = scene.client("fe").send("abc");
            var server = origin.accept().expect("abc");
            client.expectEnd().send("for you").close();

            assertEquals("for you<FIN>", server.rest());
            assertEquals("fe be/s1 sD in=10 out=0 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldLimitAHalfClosedClientByClientFin(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(ONE_SERVER.replace("bind", "timeout client-fin 500ms\n bind"));

            var client = scene.client("fe").send("abc");
            var server = origin.accept().expect("abc").halfClose();

            assertEquals("<FIN>", client.rest());
            assertEquals("<FIN>", server.rest());
            assertEquals("fe be/s1 cD in=3 out=0 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldLimitAHalfClosedServerByServerFin(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(ONE_SERVER.replace("server s1", "timeout server-fin 500ms\n server s1"));

            var client = scene.client("fe").send("abc").halfClose();
            var server = origin.accept().expect("abc");

            assertEquals("<FIN>", client.rest());
            assertEquals("<FIN>", server.rest());
            assertEquals("fe be/s1 sD in=3 out=0 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldLimitSilenceOfBothByTunnel(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(ONE_SERVER.replace("server s1", "timeout tunnel 500ms\n server s1"));

            var client = scene.client("fe").send("abc");
            var server = origin.accept().expect("abc").send("def");

            assertEquals("def<FIN>", client.rest());
            assertEquals("<FIN>", server.rest());
            assertEquals("fe be/s1 cD in=3 out=3 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldServeAClientThatSendsNothing(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(ONE_SERVER);

            var client = scene.client("fe");
            origin.accept().send("220 welcome").close();

            assertEquals("220 welcome<FIN>", client.rest());
            client.close();
            assertEquals("fe be/s1 -- in=0 out=11 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldResetWithNolinger(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(ONE_SERVER.replace("server s1", "option nolinger\n server s1"));

            var client = scene.client("fe").send("abc");
            var server = origin.accept().expect("abc").send("def");
            client.expect("def").close();

            assertEquals("<RST>", server.rest());
            assertEquals("fe be/s1 -- in=3 out=3 1/1/0/0/0 0/0", scene.log());
        }
    }
}
