package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.Patience;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Soft stops, and configurations that change under running sessions. */
@DisplayName("stopping and reloading")
final class BehaviourStopTest {
    private static final String ONE_SERVER = """
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@
            """;

    @OnEveryEngine
    void shouldServeItsSessionsToTheEndWhenStoppedSoftly(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(ONE_SERVER);
            var client = scene.client("fe").send("abc");
            var server = origin.accept().expect("abc");

            scene.running().softStop();
            awaitRefusal(scene);
            server.send("def");
            client.expect("def").close();
            server.expectEnd().close();

            assertEquals("fe be/s1 -- in=3 out=3 1/1/0/0/0 0/0", scene.logs().lineWith("fe be/"));
            assertEquals(0, scene.running().awaitEnd());
        }
    }

    @OnEveryEngine
    void shouldStillServeTheFirstRequestOfAConnectionThatItHasTaken(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.start("""
                    frontend fe
                        mode http
                        bind 127.0.0.1:@fe@
                        http-request return status 200
                    """);
            String request = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";
            var fresh = scene.client("fe");
            var idle = scene.client("fe").send(request); // it comes second, so the first has been taken, too
            assertTrue(idle.readHead().startsWith("HTTP/1.1 200 "));

            scene.running().softStop();
            idle.expectEnd().close();
            fresh.send(request);

            assertTrue(fresh.readHead().contains("\r\nconnection: close\r\n"));
            fresh.expectEnd().close();
            assertEquals(0, scene.running().awaitEnd());
        }
    }

    @OnEveryEngine
    void shouldEndSessionsAfterHardStopAfter(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(BehaviourScene.PREAMBLE.replace("nbthread 1", "nbthread 1\n    hard-stop-after 200ms")
                    + ONE_SERVER);
            scene.client("fe").send("abc");
            origin.accept().expect("abc");

            scene.running().softStop();

            assertEquals(0, scene.running().awaitEnd());
        }
    }

    /** Load balancers in front of it take it out while it still takes connections. */
    @OnEveryEngine
    void shouldTakeConnectionsForTheGraceTimeOfASoftStop(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(BehaviourScene.PREAMBLE
                            .replace("nbthread 1", "nbthread 1\n    grace 1h")
                            .replace("%ft ", "%[stopping] ")
                    + ONE_SERVER);

            scene.running().softStop();

            // When the signal arrives is not known: sessions before it say 0.
            String line = Patience.await()
                    .pollInterval(Duration.ZERO)
                    .until(() -> lineOfASession(scene), found -> found.startsWith("1"));
            assertEquals("1 be/s1 -- in=3 out=0 1/1/0/0/0 0/0", line);
        }
    }

    private static String lineOfASession(BehaviourScene scene) throws IOException {
        var client = scene.client("fe").send("abc");
        scene.origin("s1").accept().expect("abc").close();
        client.expectEnd().close();
        return scene.logs().lineWith("be/s1");
    }

    @OnEveryEngine
    void shouldEndAfterTheGraceTime(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(BehaviourScene.PREAMBLE.replace("nbthread 1", "nbthread 1\n    grace 100ms") + ONE_SERVER);

            scene.running().softStop();

            assertEquals(0, scene.running().awaitEnd());
        }
    }

    private static void awaitRefusal(BehaviourScene scene) {
        Patience.await().until(() -> !ListeningPorts.now().contains(scene.port("fe")));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HAPROXY")
    void shouldKeepSessionsAndListenersOverAReload(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            var other = scene.origin("s2");
            scene.start(ONE_SERVER);
            var client = scene.client("fe").send("abc");
            var server = origin.accept().expect("abc");

            scene.write(BehaviourScene.PREAMBLE
                    + ONE_SERVER.replace("server s1 127.0.0.1:@s1@", "server s2 127.0.0.1:@s2@"));
            scene.reload();
            var later = scene.client("fe").send("x");
            other.accept().expect("x").close();
            later.expectEnd().close();
            assertEquals("fe be/s2 -- in=1 out=0 2/2/1/0/0 0/0", scene.log());
            server.send("def").close();

            assertEquals("def<FIN>", client.rest());
            client.close();
            assertEquals("fe be/s1 -- in=3 out=3 1/1/0/0/0 0/0", scene.log());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HAPROXY")
    void shouldKeepWhatRunsWhenTheNewFileIsBroken(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(ONE_SERVER);

            scene.write(BehaviourScene.PREAMBLE + ONE_SERVER.replace("server s1", "sever s1"));
            scene.reload();
            var client = scene.client("fe").send("x");
            origin.accept().expect("x").close();

            client.expectEnd().close();
            assertEquals("fe be/s1 -- in=1 out=0 1/1/0/0/0 0/0", scene.log());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HAPROXY")
    void shouldGoOnInTheRoundOverAReload(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.origin("s2");
            String both = ONE_SERVER + "    server s2 127.0.0.1:@s2@\n";
            scene.start(both);

            for (String name : new String[] {"s1", "s2", "s1", "s2"}) {
                var client = scene.client("fe").send("x");
                scene.origin(name).accept().expect("x").close();
                client.expectEnd().close();
                scene.log();
                scene.reload();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HAPROXY")
    void shouldCloseAListenerThatTheNewFileDoesNotHave(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start(ONE_SERVER.replace("bind", "bind 127.0.0.1:@old@\n    bind"));
            scene.client("old").close();
            scene.origin("s1").accept().close();

            scene.write(BehaviourScene.PREAMBLE + ONE_SERVER);
            scene.reload();

            Patience.await().until(() -> !ListeningPorts.now().contains(scene.port("old")));
        }
    }
}
