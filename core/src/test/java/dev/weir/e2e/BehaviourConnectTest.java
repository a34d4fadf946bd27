package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens when a server cannot be had: refusals, retries, other servers, nobody there. */
@DisplayName("connecting to servers")
final class BehaviourConnectTest {
    private static final String FRONTEND = """
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend be
            backend be
                timeout connect 100ms
            """;

    @OnEveryEngine
    void shouldGiveUpAfterTheRetriesOnOneServer(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.start(FRONTEND + "    retries 2\n    server s1 127.0.0.1:@nobody@\n");

            var client = scene.client("fe").send("abc");

            client.expectEnd();
            assertEquals("fe be/s1 SC in=3 out=0 1/1/0/0/2 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldReachAServerThatCameBackDuringTheRetries(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.port("s1");
            scene.start(FRONTEND + "    retries 1000\n    server s1 127.0.0.1:@s1@\n");

            var client = scene.client("fe").send("abc");
            scene.origin("s1").accept().expect("abc").send("def").close();

            assertEquals("def<FIN>", client.rest());
            client.close();
            assertTrue(scene.log().startsWith("fe be/s1 -- in=3 out=3 1/1/0/0/"));
        }
    }

    @OnEveryEngine
    void shouldNameTheTimeLimitOfConnecting(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.deafOrigin("deaf");
            scene.start(FRONTEND + "    retries 0\n    server s1 127.0.0.1:@deaf@\n");

            scene.client("fe").send("abc").rest();

            assertEquals("fe be/s1 sC in=3 out=0 1/1/0/0/0 0/0", scene.log());
        }
    }

    /** HAProxy does the same, but only if the end comes after it has begun to connect. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HAPROXY")
    void shouldGiveUpConnectingForAClientThatLeftWithAbortonclose(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.deafOrigin("deaf");
            scene.start(FRONTEND + "    option abortonclose\n    timeout connect 1h\n    server s1 127.0.0.1:@deaf@\n");

            scene.client("fe").send("abc").close();

            assertEquals("fe be/s1 CC in=3 out=0 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldGoToAnotherServerWithRedispatch(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s2");
            scene.start(FRONTEND
                    + "    retries 3\n    option redispatch\n    balance first\n"
                    + "    server s1 127.0.0.1:@nobody@\n    server s2 127.0.0.1:@s2@\n");

            var client = scene.client("fe").send("abc");
            origin.accept().expect("abc").send("def").close();
            assertEquals("def<FIN>", client.rest());
            client.close();

            assertEquals("fe be/s2 -- in=3 out=3 1/1/0/0/+1 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldStayWithItsServerWithoutRedispatch(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s2");
            scene.start(FRONTEND
                    + "    retries 1\n    balance source\n    no option redispatch\n"
                    + "    server s1 127.0.0.1:@nobody@\n    server s2 127.0.0.1:@nobody@\n");

            scene.client("fe").send("abc").rest();

            String line = scene.log();
            assertTrue(line.matches("fe be/s[12] SC in=3 out=0 1/1/0/0/1 0/0"), line);
        }
    }

    @OnEveryEngine
    void shouldSayThatThereIsNoServer(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.start(FRONTEND + "    server s1 127.0.0.1:@nobody@ disabled\n");

            scene.client("fe").rest();

            assertEquals("fe be/<NOSRV> SC in=0 out=0 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldSayThatThereIsNoBackend(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.start("""
                    frontend fe
                        bind 127.0.0.1:@fe@
                        use_backend be if { src 10.0.0.1 }
                    backend be
                        server s1 127.0.0.1:@nobody@
                    """);

            scene.client("fe").rest();

            assertEquals("fe fe/<NOSRV> SC in=0 out=0 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldUseBackupServersOnlyWithoutOthers(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var backup = scene.origin("b1");
            scene.start(FRONTEND
                    + "    server s1 127.0.0.1:@nobody@ disabled\n    server b1 127.0.0.1:@b1@ backup\n"
                    + "    server b2 127.0.0.1:@nobody@ backup\n");

            for (int i = 0; i < 2; i++) {
                var client = scene.client("fe").send("abc");
                backup.accept().expect("abc").close();
                client.expectEnd().close();
                assertEquals("fe be/b1 -- in=3 out=0 1/1/0/0/0 0/0", scene.log());
            }
        }
    }

    @OnEveryEngine
    void shouldUseAllBackupsWithAllbackups(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("b1");
            scene.origin("b2");
            scene.start(FRONTEND
                    + "    option allbackups\n    server s1 127.0.0.1:@nobody@ disabled\n"
                    + "    server b1 127.0.0.1:@b1@ backup\n    server b2 127.0.0.1:@b2@ backup\n");

            for (String name : new String[] {"b1", "b2", "b1"}) {
                var client = scene.client("fe").send("abc");
                scene.origin(name).accept().expect("abc").close();
                client.expectEnd().close();
                assertEquals("fe be/" + name + " -- in=3 out=0 1/1/0/0/0 0/0", scene.log());
            }
        }
    }

    @OnEveryEngine
    void shouldConnectToTheClientsDestination(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(FRONTEND + "    server s1 0.0.0.0:@s1@\n");

            var client = scene.client("fe").send("abc");
            origin.accept().expect("abc").close();

            assertEquals("<FIN>", client.rest());
        }
    }

    @OnEveryEngine
    void shouldConnectFromItsSourceAddress(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(FRONTEND + "    server s1 127.0.0.1:@s1@ source 127.0.0.9\n");

            var client = scene.client("fe").send("abc");
            var server = origin.accept().expect("abc");

            assertEquals("127.0.0.9", server.socket().getInetAddress().getHostAddress());
            server.close();
            client.expectEnd();
        }
    }

    @OnEveryEngine
    void shouldShiftTheClientsPort(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            int shift = origin.port() - scene.port("fe");
            scene.start(FRONTEND + "    server s1 127.0.0.1:" + (shift < 0 ? "" : "+") + shift + "\n");

            var client = scene.client("fe").send("abc");
            origin.accept().expect("abc").close();

            assertEquals("<FIN>", client.rest());
        }
    }
}
