package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** Clients that go in the middle of a response whose server stays: they are to blame, in the log and in the statistics. */
@DisplayName("HTTP: clients that go in the middle of a response")
final class BehaviourDepartureTest {
    private static final String GET = "GET /a HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String HALF = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc";
    private static final String CHUNKS = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    private static final String UNTIL_CLOSE = "HTTP/1.1 200 OK\r\n\r\nabc";

    private static String configuration(String serverTimeout) {
        return """
            global
                nbthread 1
                log 127.0.0.1:@log@ local0
                stats socket @folder@/api mode 600 level admin
            defaults base
                mode http
                log global
                log-format "%ST %ts"
                timeout client 20s
                timeout server SILENCE
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@
            """.replace("SILENCE", serverTimeout);
    }

    private static BehaviourScene scene(BehaviourEngine engine, String serverTimeout) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(configuration(serverTimeout));
    }

    private static void assertAborted(BehaviourScene scene, String row) throws Exception {
        Map<String, String> counted = new BehaviourApi(scene).row("be", row);
        assertThat(counted.get("cli_abrt") + " " + counted.get("srv_abrt") + " " + counted.get("eresp"))
                .as(row)
                .isEqualTo("1 0 0");
    }

    private static void assertClientAborted(BehaviourScene scene) throws Exception {
        assertThat(scene.log()).isEqualTo("200 CD");
        assertAborted(scene, "s1");
        assertAborted(scene, "BACKEND");
    }

    /** HAProxy hears of it at once, too, or only when its server is late (sD): it depends on the moment. */
    private static void onlyHere(BehaviourEngine engine) {
        assumeTrue(engine.isWeir(), "HAProxy's code depends on the moment");
    }

    private static void resetsAfter(BehaviourEngine engine, String response) throws Exception {
        onlyHere(engine);
        try (var scene = scene(engine, "20s")) {
            var client = scene.client("fe").send(GET);
            var server = scene.origin("s1").accept().expect(GET).send(response);
            client.read(response.length());
            client.reset();

            server.rest();
            assertClientAborted(scene);
        }
    }

    @OnEveryEngine
    void shouldBlameAClientThatResetsInABodyOfKnownLength(BehaviourEngine engine) throws Exception {
        resetsAfter(engine, HALF);
    }

    @OnEveryEngine
    void shouldBlameAClientThatResetsBetweenTwoChunks(BehaviourEngine engine) throws Exception {
        resetsAfter(engine, CHUNKS + "3\r\nabc\r\n");
    }

    @OnEveryEngine
    void shouldBlameAClientThatResetsInAChunk(BehaviourEngine engine) throws Exception {
        resetsAfter(engine, CHUNKS + "9\r\nabc");
    }

    @OnEveryEngine
    void shouldBlameAClientThatResetsInABodyThatLastsUntilClose(BehaviourEngine engine) throws Exception {
        resetsAfter(engine, UNTIL_CLOSE);
    }

    @OnEveryEngine
    void shouldBlameAClientThatHasEndedWhenTheServerFallsSilent(BehaviourEngine engine) throws Exception {
        onlyHere(engine);
        try (var scene = scene(engine, "300ms")) {
            var client = scene.client("fe").send(GET);
            scene.origin("s1").accept().expect(GET).send(HALF);
            client.read(HALF.length());
            client.halfClose().rest();

            assertClientAborted(scene);
        }
    }

    @OnEveryEngine
    void shouldAnswerAClientThatOnlyEnds(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "20s")) {
            var client = scene.client("fe").send(GET);
            var server = scene.origin("s1").accept().expect(GET).send(HALF);
            client.read(HALF.length());
            client.halfClose();
            server.send("defghij");

            client.expect("defghij").expectEnd();
            assertThat(scene.log()).isEqualTo("200 --");
        }
    }

    @OnEveryEngine
    void shouldBlameAClientThatEndsInItsOwnBody(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "20s")) {
            String post = "POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nabc";
            var client = scene.client("fe").send(post);
            var server = scene.origin("s1").accept().expect(post).send(HALF);
            client.read(HALF.length());
            client.halfClose();

            server.rest();
            assertClientAborted(scene);
        }
    }
}
