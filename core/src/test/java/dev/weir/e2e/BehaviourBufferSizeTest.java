package dev.weir.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.DisplayName;

/** Messages that are larger than the usual buffer, where {@code tune.bufsize} gives them room. */
@DisplayName("tune.bufsize")
final class BehaviourBufferSizeTest {
    private static final String PREAMBLE =
            BehaviourHttpTest.PREAMBLE.replace("nbthread 1\n", "nbthread 1\n tune.bufsize 256k\n");
    private static final int[] SIZES = {10_000, 20_000, 65_000, 150_000};
    private static final int MORE_THAN_A_BUFFER = 300_000;

    private static BehaviourScene scene(BehaviourEngine engine, String rules) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(
                PREAMBLE + BehaviourHttpTest.ONE_SERVER.replace("    default_backend", rules + "    default_backend"));
    }

    @OnEveryEngine
    void shouldPassHeadsThatFitIntoIt(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "    http-request set-header x-more yes\n")) {
            var client = scene.client("fe");
            BehaviourPeer server = null;
            for (int size : SIZES) {
                String large = "x-large: " + "x".repeat(size) + "\r\n";
                client.send("GET /a HTTP/1.1\r\nhost: x\r\n" + large + "\r\n");
                server = server == null ? scene.origin("s1").accept() : server;
                server.expect("GET /a HTTP/1.1\r\nhost: x\r\n" + large + "x-more: yes\r\n\r\n")
                        .send("HTTP/1.1 200 OK\r\n" + large + "content-length: 2\r\n\r\nok");
                client.expect("HTTP/1.1 200 OK\r\n" + large + "content-length: 2\r\n\r\nok");
            }
        }
    }

    @OnEveryEngine
    void shouldRefuseAHeadThatDoesNotFitAndServeTheOthers(BehaviourEngine engine) throws Exception {
        assumeTrue(engine.isWeir(), "HAProxy may reset who still sends");
        try (var scene = scene(engine, "")) {
            var large =
                    scene.client("fe").send("GET /a HTTP/1.1\r\nhost: x\r\nx-large: " + "x".repeat(MORE_THAN_A_BUFFER));
            large.expect("HTTP/1.1 431 ");

            var client = scene.client("fe").send("GET /b HTTP/1.1\r\nhost: x\r\n\r\n");
            scene.origin("s1")
                    .accept()
                    .expect("GET /b HTTP/1.1\r\nhost: x\r\n\r\n")
                    .send("HTTP/1.1 204 Fine\r\n\r\n");
            client.expect("HTTP/1.1 204 Fine\r\n\r\n");
        }
    }

    @OnEveryEngine
    void shouldWaitForABodyThatFitsIntoIt(BehaviourEngine engine) throws Exception {
        try (var scene = scene(
                engine,
                "    http-request wait-for-body time 60s\n    http-request set-header x-length %[req.body_len]\n")) {
            String body = "y".repeat(100_000);
            scene.client("fe")
                    .send("POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n")
                    .send(body);

            scene.origin("s1")
                    .accept()
                    .expect("POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\nx-length: 100000\r\n\r\n" + body);
        }
    }
}
