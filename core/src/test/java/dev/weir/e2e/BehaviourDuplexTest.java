package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;

/** A server that answers before it has the whole request: both bodies are under way at once. */
@DisplayName("HTTP: both bodies at once")
final class BehaviourDuplexTest {
    private static final String GET = "GET /b HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";
    /** More than sockets and proxies hold on the way. */
    private static final int MANY = 12 * 1024 * 1024;

    private static final int CHUNK = 10_000;

    private static final String NARROW = """
            nbthread 1
                tune.rcvbuf.client 65536
                tune.sndbuf.client 65536
                tune.rcvbuf.server 65536
                tune.sndbuf.server 65536
            """;

    private static BehaviourScene scene(BehaviourEngine engine) throws Exception {
        return scene(engine, "20s");
    }

    private static BehaviourScene scene(BehaviourEngine engine, String clientTimeout) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(BehaviourHttpTest.PREAMBLE
                        .replace("nbthread 1\n", NARROW)
                        .replace("timeout client 20s", "timeout client " + clientTimeout)
                        .replace("%ts", "%ts %ST")
                + BehaviourHttpTest.ONE_SERVER);
    }

    private static String post(String framing) {
        return "POST /a HTTP/1.1\r\nhost: x\r\n" + framing + "\r\n\r\n";
    }

    // ---- in turns ----

    @OnEveryEngine
    void shouldPassTheRestOfARequestOnBeforeTheResponseIsWhole(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            String head = post("content-length: 10");
            var client = scene.client("fe").send(head + "first");
            var server = scene.origin("s1").accept().expect(head + "first");
            server.send("HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nhalf");
            client.expect("HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nhalf").send("other");
            server.expect("other").send("rest");
            client.expect("rest").send(GET);

            server.expect(GET).send(OK);
            client.expect(OK);
        }
    }

    @OnEveryEngine
    void shouldPassChunksOnBothWays(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine)) {
            String head = post("transfer-encoding: chunked");
            String response = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
            var client = scene.client("fe").send(head + "1\r\na\r\n");
            var server = scene.origin("s1").accept().expect(head + "1\r\na\r\n");
            server.send(response);
            client.expect(response);
            for (int round = 0; round < 5; round++) {
                client.send("2\r\nup\r\n");
                server.expect("2\r\nup\r\n").send("4\r\ndown\r\n");
                client.expect("4\r\ndown\r\n");
            }
            client.send("0\r\n\r\n");
            server.expect("0\r\n\r\n").send("0\r\n\r\n");
            client.expect("0\r\n\r\n").send(GET);

            server.expect(GET).send(OK);
            client.expect(OK);
        }
    }

    @OnEveryEngine
    void shouldPassTheRestOfALimitedRequestOnBeforeTheResponseIsWhole(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(BehaviourHttpTest.PREAMBLE
                    + BehaviourHttpTest.ONE_SERVER.replace(
                            "    default_",
                            "    filter bwlim-in up default-limit 50 default-period 100ms\n"
                                    + "    http-request set-bandwidth-limit up\n    default_"));
            String body = "0123456789".repeat(20);
            String head = post("content-length: " + (5 + body.length()));
            String response = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n";
            var client = scene.client("fe").send(head + "first");
            var server = scene.origin("s1").accept().expect(head + "first");
            server.send(response + "half");
            client.expect(response + "half").send(body);
            server.expect(body).send("rest");
            client.expect("rest").send(GET);

            server.expect(GET).send(OK);
            client.expect(OK);
        }
    }

    @OnEveryEngine
    void shouldPassTheRestOfARequestOnWhileARuleWaitsForTheResponse(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(BehaviourHttpTest.PREAMBLE
                    + BehaviourHttpTest.ONE_SERVER.replace(
                            "    default_", "    http-response wait-for-body time 20s at-least 8\n    default_"));
            String head = post("content-length: 10");
            String response = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n";
            var client = scene.client("fe").send(head + "first");
            var server = scene.origin("s1").accept().expect(head + "first");
            server.send(response + "half");
            client.send("other");
            server.expect("other").send("rest");
            client.expect(response + "halfrest").send(GET);

            server.expect(GET).send(OK.replace("3", "8").replace("abc", "abcdefgh"));
            client.expect(OK.replace("3", "8").replace("abc", "abcdefgh"));
        }
    }

    // ---- who does not read ----

    @OnEveryEngine
    void shouldTakeARequestFromAClientThatReadsOnlyWhenItHasSentAll(BehaviourEngine engine) throws Exception {
        for (boolean isRequestChunked : new boolean[] {false, true}) {
            for (boolean isResponseChunked : new boolean[] {false, true}) {
                try (var scene = scene(engine)) {
                    passesBoth(scene, isRequestChunked, isResponseChunked);
                }
            }
        }
    }

    private static void passesBoth(BehaviourScene scene, boolean isRequestChunked, boolean isResponseChunked)
            throws Exception {
        String head = post(framing(isRequestChunked));
        String response = "HTTP/1.1 200 OK\r\n" + framing(isResponseChunked) + "\r\n\r\n";
        var client = scene.client("fe");
        var sent = beside(() -> client.send(head).send(body(isRequestChunked)));
        var server = scene.origin("s1").accept().expect(head);
        var answered = beside(() -> server.send(response).send(body(isResponseChunked)));

        assertThat(data(server, isRequestChunked)).isEqualTo(MANY);
        sent.get(BehaviourPeer.PATIENCE_MS, TimeUnit.MILLISECONDS);
        client.expect(response);
        assertThat(data(client, isResponseChunked)).isEqualTo(MANY);
        answered.get(BehaviourPeer.PATIENCE_MS, TimeUnit.MILLISECONDS);
        client.send(GET);
        server.expect(GET).send(OK);
        client.expect(OK);
    }

    private static String framing(boolean isChunked) {
        return isChunked ? "transfer-encoding: chunked" : "content-length: " + MANY;
    }

    private static byte[] body(boolean isChunked) {
        if (!isChunked) {
            return new byte[MANY];
        }
        String size = Integer.toHexString(CHUNK) + "\r\n";
        String rest = Integer.toHexString(MANY % CHUNK) + "\r\n";
        String text = (size + "x".repeat(CHUNK) + "\r\n").repeat(MANY / CHUNK)
                + (rest + "x".repeat(MANY % CHUNK) + "\r\n")
                + "0\r\n\r\n";
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Reads a body to its end; how much it holds. Proxies may cut chunks anew. */
    private static int data(BehaviourPeer peer, boolean isChunked) throws IOException {
        if (!isChunked) {
            return peer.read(MANY).length;
        }
        int bytes = 0;
        for (int size = chunkSize(peer); size > 0; size = chunkSize(peer)) {
            bytes += peer.read(size).length;
            peer.expect("\r\n");
        }
        peer.expect("\r\n");
        return bytes;
    }

    private static int chunkSize(BehaviourPeer peer) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            byte[] next = peer.read(1);
            assertThat(next).hasSize(1);
            line.append((char) next[0]);
        }
        return Integer.parseInt(line.substring(0, line.length() - 2), 16);
    }

    @OnEveryEngine
    void shouldHearAServerThatAnswersWithoutReading(BehaviourEngine engine) throws Exception {
        for (boolean isChunked : new boolean[] {false, true}) {
            try (var scene = scene(engine)) {
                String head = post(framing(isChunked));
                var client = scene.client("fe");
                beside(() -> client.send(head).send(body(isChunked)));
                var server = scene.origin("s1").accept().expect(head);
                server.send("HTTP/1.1 413 Too large\r\ncontent-length: 0\r\n\r\n");

                client.expect("HTTP/1.1 413 Too large\r\n");
            }
        }
    }

    // ---- who stops ----

    @OnEveryEngine
    void shouldSayThatAClientSentNoMoreOfItsRequestBehindTheResponse(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "300ms")) {
            String head = post("content-length: 10");
            var client = scene.client("fe").send(head + "first");
            scene.origin("s1").accept().expect(head + "first").send(OK);

            client.expect(OK);
            assertThat(scene.log()).startsWith("fe be/s1 cL 200");
        }
    }

    // ---- beside the test ----

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /** It ends with the scene at the latest, which closes its connection. */
    private static CompletableFuture<Void> beside(Work work) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }
}
