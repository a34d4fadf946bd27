package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;

/**
 * {@code filter bwlim-in}, {@code filter bwlim-out} and {@code set-bandwidth-limit}: what is limited arrives whole, and not
 * before so many periods are over. How much later is nobody's promise.
 */
@DisplayName("bandwidth limits")
final class BehaviourBandwidthTest {
    private static final int BYTES = 40_000;
    /** Of 8, since both engines let a period's worth go at once, and count by sliding windows. */
    private static final long LEAST_NS = 4 * 100_000_000L;

    private static final String BODY = body();
    private static final String IN = "filter bwlim-in up default-limit 5000 default-period 100ms";
    private static final String OUT = "filter bwlim-out down default-limit 5000 default-period 100ms";

    private static String body() {
        byte[] bytes = new byte[BYTES];
        Random random = new Random(7);
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(26));
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String http(String... lines) {
        return BehaviourHttpTest.PREAMBLE
                + BehaviourHttpTest.ONE_SERVER.replace(
                        "    default_", "    " + String.join("\n    ", lines) + "\n    default_");
    }

    private static String tcp(String... lines) {
        return BehaviourScene.PREAMBLE
                + BehaviourHttpTest.ONE_SERVER.replace(
                        "    default_", "    " + String.join("\n    ", lines) + "\n    default_");
    }

    private static void assertSlow(long sinceNs) {
        assertThat(System.nanoTime() - sinceNs).isGreaterThan(LEAST_NS);
    }

    @OnEveryEngine
    void shouldLimitADownload(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(http(OUT, "http-request set-bandwidth-limit down if { path /a }"));

            var client = scene.client("fe").send("GET /a HTTP/1.1\r\nhost: x\r\n\r\n");
            var server = origin.accept();
            server.readHead();
            long sinceNs = System.nanoTime();
            server.send("HTTP/1.1 200 OK\r\ncontent-length: " + BYTES + "\r\n\r\n" + BODY);
            client.readHead();
            client.expect(BODY);
            assertSlow(sinceNs);

            client.send("GET /b HTTP/1.1\r\nhost: x\r\n\r\n");
            server.answer("HTTP/1.1 200 OK\r\ncontent-length: " + BYTES + "\r\n\r\n" + BODY);
            client.readHead();
            client.expect(BODY);
        }
    }

    @OnEveryEngine
    void shouldLimitChunksByARuleOnTheResponse(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(http(OUT, "http-response set-bandwidth-limit down limit int(10000) period 200ms"));

            var client = scene.client("fe").send("GET /a HTTP/1.1\r\nhost: x\r\n\r\n");
            var server = origin.accept();
            server.readHead();
            long sinceNs = System.nanoTime();
            server.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            StringBuilder chunks = new StringBuilder();
            for (int at = 0; at < BYTES; at += 4_000) {
                chunks.append("fa0\r\n").append(BODY, at, at + 4_000).append("\r\n");
            }
            server.send(chunks + "0\r\n\r\n");
            client.readHead();
            assertEquals(BODY, readChunks(client));
            assertSlow(sinceNs);
        }
    }

    private static String readChunks(BehaviourPeer client) throws IOException {
        StringBuilder body = new StringBuilder();
        int length = readLength(client);
        while (length > 0) {
            body.append(new String(client.read(length), StandardCharsets.ISO_8859_1));
            client.expect("\r\n");
            length = readLength(client);
        }
        client.expect("\r\n");
        return body.toString();
    }

    private static int readLength(BehaviourPeer client) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            line.append((char) client.read(1)[0]);
        }
        return Integer.parseInt(line.toString().strip(), 16);
    }

    @OnEveryEngine
    void shouldLimitAnUpload(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(http(IN, "http-request set-bandwidth-limit up"));

            long sinceNs = System.nanoTime();
            var client = scene.client("fe")
                    .send("POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: " + BYTES + "\r\n\r\n" + BODY);
            var server = origin.accept();
            server.readHead();
            server.expect(BODY);
            assertSlow(sinceNs);
            server.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            client.expect("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
        }
    }

    /** It does not wait for the pace of the upload: the period is longer than the test's patience. */
    @OnEveryEngine
    void shouldPassOnAnAnswerThatComesBeforeTheUploadIsOver(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(http(IN, "http-request set-bandwidth-limit up period 1h"));

            var client = scene.client("fe")
                    .send("POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: " + BYTES + "\r\n\r\n" + BODY);
            var server = origin.accept();
            server.readHead();
            server.expect(BODY.substring(0, 5_000));
            server.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            client.expect("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
        }
    }

    @OnEveryEngine
    void shouldLimitBothWaysOfATcpSession(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(tcp(
                    IN,
                    OUT,
                    "tcp-request content set-bandwidth-limit up",
                    "tcp-request content set-bandwidth-limit down limit 4000 period 80ms"));

            long sinceNs = System.nanoTime();
            var client = scene.client("fe").send(BODY).halfClose();
            var server = origin.accept().send(BODY);
            server.expect(BODY);
            assertSlow(sinceNs);
            server.expectEnd();
            client.expect(BODY);
            assertSlow(sinceNs);
            server.close();
            client.expectEnd();
            assertThat(scene.log()).contains("in=" + BYTES + " out=" + BYTES + " ");
        }
    }

    @OnEveryEngine
    void shouldLimitByARuleOnTheServersFirstBytes(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(tcp() + "    " + OUT + "\n    tcp-response inspect-delay 5s\n"
                    + "    tcp-response content set-bandwidth-limit down if { res.len gt 0 }\n");

            var client = scene.client("fe").send("hello");
            var server = origin.accept().expect("hello");
            long sinceNs = System.nanoTime();
            server.send(BODY).close();
            client.expect(BODY);
            assertSlow(sinceNs);
            client.expectEnd();
        }
    }

    @OnEveryEngine
    void shouldLimitATunnel(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(http(OUT, "http-request set-bandwidth-limit down"));

            var client = scene.client("fe")
                    .send("GET /a HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n");
            var server =
                    origin.accept().answer("HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n");
            client.readHead();
            long sinceNs = System.nanoTime();
            server.send(BODY);
            client.expect(BODY);
            assertSlow(sinceNs);
        }
    }

    @OnEveryEngine
    void shouldShareALimitAmongStreamsWithTheSameKey(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(tcp(
                            "filter bwlim-out shared limit 10000 key src table rates min-size 100",
                            "tcp-request content set-bandwidth-limit shared")
                    + "backend rates\n    stick-table type ip size 100 store bytes_out_rate(100ms)\n");

            BehaviourPeer[] clients = new BehaviourPeer[2];
            BehaviourPeer[] servers = new BehaviourPeer[2];
            for (int i = 0; i < 2; i++) {
                clients[i] = scene.client("fe").send("hello");
                servers[i] = origin.accept().expect("hello");
            }
            long sinceNs = System.nanoTime();
            servers[0].send(BODY);
            servers[1].send(BODY);
            clients[0].expect(BODY);
            clients[1].expect(BODY);
            assertSlow(sinceNs);
        }
    }
}
