package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;

/** Where connections to servers go, and where they come from, if the client has a say in it or a range of ports. */
@DisplayName("addresses of servers")
final class BehaviourServerAddressTest {
    private static void shouldReach(BehaviourScene scene, String address) throws Exception {
        scene.start("listen li\n bind 127.0.0.1:@fe@\n server s1 " + address + "\n");

        var client = scene.client("fe").send("hello");
        scene.origin("s1").accept().expect("hello").send("back").close();

        client.expect("back").expectEnd();
    }

    @OnEveryEngine
    void shouldShiftThePortThatTheClientConnectedTo(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            int shift = scene.origin("s1").port() - scene.port("fe");

            shouldReach(scene, "127.0.0.1:%+d".formatted(shift));
        }
    }

    @OnEveryEngine
    void shouldTakeTheAddressThatTheClientConnectedTo(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");

            shouldReach(scene, "0.0.0.0:@s1@");
        }
    }

    @OnEveryEngine
    void shouldTakeTheAddressAndShiftThePort(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            int shift = scene.origin("s1").port() - scene.port("fe");

            shouldReach(scene, "*:%+d".formatted(shift));
        }
    }

    /** Port 0 is none. */
    @OnEveryEngine
    void shouldGoWhereRulesSay(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start("listen li\n bind 127.0.0.1:@fe@\n tcp-request content set-dst str(127.0.0.1)\n"
                    + " tcp-request content set-dst-port int(@s1@)\n server s1 0.0.0.0:0\n");

            var client = scene.client("fe").send("hello");
            scene.origin("s1").accept().expect("hello").send("back").close();

            client.expect("back").expectEnd();
        }
    }

    @OnEveryEngine
    void shouldConnectFromThePortThatTheSourceNames(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start("listen li\n bind 127.0.0.1:@fe@\n server s1 127.0.0.1:@s1@ source 127.0.0.9:@from@\n");

            scene.client("fe").send("hello");
            var server = scene.origin("s1").accept().expect("hello");

            assertEquals("127.0.0.9", server.socket().getInetAddress().getHostAddress());
            assertEquals(scene.port("from"), server.socket().getPort());
        }
    }
}
