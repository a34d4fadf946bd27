package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.DisplayName;

/** Sessions that wait for a server, and limits on how many may be inside. */
@DisplayName("queues and limits")
final class BehaviourQueueTest {
    private static final String ONE_AT_A_TIME = """
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend be
            backend be
                @more@
                server s1 127.0.0.1:@s1@ maxconn 1
            """;

    private static final String PREAMBLE = BehaviourApi.with(BehaviourScene.PREAMBLE);

    private static String with(String line) {
        return ONE_AT_A_TIME.replace("@more@", line);
    }

    /** Starts the proxy, whose only server has a session that stays. */
    private static void startOccupied(BehaviourScene scene, String proxies) throws Exception {
        var origin = scene.origin("s1");
        scene.startWhole(PREAMBLE + proxies);
        scene.client("fe").send("1");
        origin.accept().expect("1");
    }

    @OnEveryEngine
    void shouldServeTheQueueInOrderAndLogPositions(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + with("timeout queue 20s"));

            var first = scene.client("fe").send("1");
            var atServer = origin.accept().expect("1");
            var second = scene.client("fe").send("2");
            Queued.await(scene, 1);
            var third = scene.client("fe").send("3");
            Queued.await(scene, 2);
            atServer.close();
            first.expectEnd().close();
            String firstLine = scene.log();
            atServer = origin.accept().expect("2");
            atServer.close();
            second.expectEnd().close();
            String secondLine = scene.log();
            origin.accept().expect("3").close();
            third.expectEnd().close();

            assertEquals("fe be/s1 -- in=1 out=0 3/3/2/0/0 0/0", firstLine);
            assertEquals("fe be/s1 -- in=1 out=0 2/2/1/0/0 0/1", secondLine);
            assertEquals("fe be/s1 -- in=1 out=0 1/1/0/0/0 0/2", scene.log());
        }
    }

    /**
     * Nobody wanted to know who the client is when the session began to wait. HAProxy gives such a server nothing that waits: the
     * session would stay where it is until the other one ends.
     */
    @OnEveryEngine
    void shouldIntroduceTheClientToAServerThatWasAddedMeanwhile(BehaviourEngine engine) throws Exception {
        assumeTrue(engine.isWeir());
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            var added = scene.origin("s2");
            scene.startWhole(PREAMBLE + with("balance leastconn\n    timeout queue 20s"));
            var first = scene.client("fe").send("1");
            var atServer = origin.accept().expect("1");
            var second = scene.client("fe").send("2");
            Queued.await(scene, 1);

            scene.ask("api", "add server be/s2 127.0.0.1:" + scene.port("s2") + " send-proxy");
            scene.ask("api", "enable server be/s2");

            int port = scene.port("fe");
            added.accept()
                    .expect("PROXY TCP4 127.0.0.1 127.0.0.1 " + second.socket().getLocalPort() + " " + port + "\r\n2")
                    .close();
            second.expectEnd().close();
            atServer.close();
            first.expectEnd().close();
        }
    }

    @OnEveryEngine
    void shouldGiveUpInTheQueueAfterItsTime(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            startOccupied(scene, with("timeout queue 500ms"));

            scene.client("fe").send("2").rest();

            assertEquals("fe be/<NOSRV> sQ in=1 out=0 2/2/1/0/0 0/1", scene.log());
        }
    }

    @OnEveryEngine
    void shouldRefuseWhenTheQueueOfTheServerIsFull(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            startOccupied(
                    scene,
                    with("timeout queue 20s\n    use-server s1 if TRUE").replace("maxconn 1", "maxconn 1 maxqueue 1"));

            scene.client("fe").send("2");
            Queued.await(scene, 1);
            scene.client("fe").rest();

            assertEquals("fe be/s1 SQ in=0 out=0 3/3/2/1/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldForgetAQueuedClientThatLeftWithAbortonclose(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            startOccupied(scene, with("timeout queue 20s\n    option abortonclose"));

            scene.client("fe").send("2").close();

            assertEquals("fe be/<NOSRV> CQ in=1 out=0 2/2/1/0/0 0/1", scene.log());
        }
    }

    @OnEveryEngine
    void shouldForgetAQueuedClientThatLeftWithoutAWord(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            startOccupied(scene, with("timeout queue 20s"));

            scene.client("fe").close();

            String line = scene.log();
            assertTrue(line.matches("fe be/<NOSRV> (CQ|--) in=0 out=0 2/2/1/0/0 0/1"), line);
        }
    }

    @OnEveryEngine
    void shouldForgetAQueuedClientThatReset(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            startOccupied(scene, with("timeout queue 20s"));

            var second = scene.client("fe").send("2");
            Queued.await(scene, 1);
            second.reset();

            assertEquals("fe be/<NOSRV> CD in=1 out=0 2/2/1/0/0 0/1", scene.log());
        }
    }

    @OnEveryEngine
    void shouldServeAQueuedClientThatHalfClosedWithoutAbortonclose(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(PREAMBLE + with("timeout queue 20s"));

            var first = scene.client("fe").send("1");
            var atServer = origin.accept().expect("1");
            var second = scene.client("fe").send("2").halfClose();
            Queued.await(scene, 1);
            atServer.close();
            first.expectEnd().close();
            scene.log();
            origin.accept().expect("2").expectEnd().send("late").close();

            assertEquals("late<FIN>", second.rest());
            assertEquals("fe be/s1 -- in=1 out=4 1/1/0/0/0 0/1", scene.log());
        }
    }

    @OnEveryEngine
    void shouldHoldConnectionsAboveTheFrontendsLimit(BehaviourEngine engine) throws Exception {
        assertHoldsTheSecond(engine, BehaviourScene.PREAMBLE + with("").replace("bind", "maxconn 1\n    bind"));
    }

    @OnEveryEngine
    void shouldHoldConnectionsAboveTheProcessLimit(BehaviourEngine engine) throws Exception {
        assertHoldsTheSecond(
                engine, BehaviourScene.PREAMBLE.replace("nbthread 1", "nbthread 1\n    maxconn 1") + with(""));
    }

    @OnEveryEngine
    void shouldHoldConnectionsAboveTheBindsLimit(BehaviourEngine engine) throws Exception {
        assertHoldsTheSecond(engine, BehaviourScene.PREAMBLE + with("").replace("@fe@", "@fe@ maxconn 1"));
    }

    /** The second connection is served when the first one is gone, and has never been counted beside it. */
    private static void assertHoldsTheSecond(BehaviourEngine engine, String configuration) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(configuration);

            var first = scene.client("fe").send("1");
            var atServer = origin.accept().expect("1");
            var second = scene.client("fe").send("2");
            atServer.close();
            first.expectEnd().close();
            assertEquals("fe be/s1 -- in=1 out=0 1/1/0/0/0 0/0", scene.log());
            origin.accept().expect("2").close();
            second.expectEnd().close();

            assertEquals("fe be/s1 -- in=1 out=0 1/1/0/0/0 0/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldLetAllInAtARateInTheEnd(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(BehaviourScene.PREAMBLE.replace(
                            "nbthread 1", "nbthread 1\n    maxconnrate 100\n    maxsessrate 100")
                    + with("").replace("bind", "rate-limit sessions 50\n    bind"));

            for (int i = 0; i < 10; i++) {
                var client = scene.client("fe").send("1");
                origin.accept().expect("1").close();
                client.expectEnd().close();
                assertEquals("fe be/s1 -- in=1 out=0 1/1/0/0/0 0/0", scene.log());
            }
        }
    }
}
