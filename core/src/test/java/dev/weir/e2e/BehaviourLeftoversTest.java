package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.DisplayName;

/** Requests that have their answer before they are sent: a reset must not take it from the client. */
@DisplayName("HTTP: what is left of requests")
final class BehaviourLeftoversTest {
    /** More than sockets and proxies hold on the way. */
    private static final int MANY = 12 * 1024 * 1024;

    /** Shorter than a peer waits: now and then HAProxy 3.2 sees only by it that it has heard all. */
    private static final String CLIENT_TIMEOUT = "    timeout client 5s\n";

    private static final String DENY = """
            frontend fe
                bind 127.0.0.1:@fe@
                http-request deny if { path /deny }
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@
            """;

    private static BehaviourScene scene(BehaviourEngine engine) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(BehaviourHttpTest.PREAMBLE + CLIENT_TIMEOUT + DENY);
    }

    private static String post(String path, String field) {
        return "POST " + path + " HTTP/1.1\r\nhost: x\r\n" + field + "content-length: " + MANY + "\r\n\r\n";
    }

    @OnEveryEngine
    void shouldHearARequestOutThatItHasDeniedForTheLastTime(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            var client = scene.client("fe").send(post("/deny", "connection: close\r\n"));

            client.expect("HTTP/1.1 403 Forbidden\r\n").send(new byte[MANY]);

            assertThat(client.rest()).endsWith("</html>\n<FIN>");
        }
    }

    @OnEveryEngine
    void shouldHearARequestOutWhoseServerWantsNoMoreOfIt(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            String large = "HTTP/1.1 413 Too large\r\ncontent-length: 2\r\n\r\nno";
            var client = scene.client("fe").send(post("/a", ""));
            var server = scene.origin("s1").accept().expect(post("/a", "")).send(large);
            client.expect(large);

            server.reset();

            client.send(new byte[MANY]);
        }
    }

    /** HAProxy closes as soon as it has nothing more to read. */
    @OnEveryEngine
    void shouldHearAClientOutWhoseTargetIsTooLong(BehaviourEngine engine) throws Exception {
        assumeTrue(engine.isWeir());
        try (var scene = scene(engine)) {
            var client = scene.client("fe").send("GET /" + "a".repeat(MANY));

            client.expect("HTTP/1.1 414 URI Too Long\r\n");
            assertThat(client.rest()).endsWith("</html>\n<FIN>");
        }
    }
}
