package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

/** What rules write on the packets to client and server, as the kernel shows it: {@code ss} reads the socket's mark and type of service. */
@DisplayName("marks and type of service")
final class BehaviourMarkTest {
    private static final Path SS = Path.of("/usr/bin/ss");

    /** SO_MARK needs CAP_NET_ADMIN; without it rules are passed over, as in HAProxy. */
    @BeforeAll
    static void assumePrivileges() {
        assumeTrue(Files.isExecutable(SS), "iproute2 is not installed");
        assumeTrue(System.getProperty("user.name").equals("root"), "marks need root");
    }

    @OnEveryEngine
    void shouldMarkPacketsByConnectionRules(BehaviourEngine engine) throws Exception {
        expect(engine, "mode tcp", "tcp-request connection set-fc-mark 0x2a", "tcp-request connection set-fc-tos 0x28");
    }

    @OnEveryEngine
    void shouldMarkPacketsByContentRules(BehaviourEngine engine) throws Exception {
        expect(engine, "mode tcp", "tcp-request content set-mark 42", "tcp-request content set-tos 40");
    }

    @OnEveryEngine
    void shouldMarkPacketsByHttpRules(BehaviourEngine engine) throws Exception {
        expect(engine, "mode http", "http-request set-mark 0x2A", "http-response set-tos 0x28");
    }

    @OnEveryEngine
    void shouldMarkPacketsToTheServerByContentRules(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start(
                    scene("mode tcp", "tcp-request content set-bc-mark 0x2a", "tcp-request content set-bc-tos 0x28"));
            scene.client("fe").send("hello");
            scene.origin("s1").accept().expect("hello");

            assertThat(socketTo(scene.port("s1"))).contains("fwmark:0x2a ").contains("tos:0x28");
        }
    }

    /** A connection that waits serves those that want the same marks, nobody else. */
    @OnEveryEngine
    void shouldKeepConnectionsApartThatAreMarkedDifferently(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start(scene(
                    "mode http",
                    "http-request set-bc-mark 42 if { path /marked }",
                    "http-request set-bc-tos req.hdr(tos) if { req.hdr(tos) -m found }"));
            BehaviourPeer client = scene.client("fe");

            assertThat(socketOfRequest(scene, client, "/marked", "")).contains("fwmark:0x2a ");
            assertThat(socketOfRequest(scene, client, "/plain", "tos: 40\r\n")).contains("tos:0x28");
            assertThat(socketOfRequest(scene, client, "/plain", "")).isNotEmpty();
        }
    }

    /** All connections to the server while it has a request that came on a new one. */
    private static String socketOfRequest(BehaviourScene scene, BehaviourPeer client, String path, String field)
            throws IOException {
        client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n" + field + "\r\n");
        BehaviourPeer server = scene.origin("s1").accept();
        assertThat(server.readHead()).startsWith("GET " + path + " ");
        String sockets = socketTo(scene.port("s1"));
        server.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
        client.readHead();
        client.expect("ok");
        return sockets;
    }

    private static void expect(BehaviourEngine engine, String... lines) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start(scene(lines));
            BehaviourPeer client = scene.client("fe").send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            BehaviourPeer server = scene.origin("s1").accept();
            server.answer("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            client.readHead();

            assertThat(socketOf(scene.port("fe"))).contains("fwmark:0x2a ").contains("tos:0x28");
        }
    }

    /** The first line is the mode. */
    private static String scene(String... lines) {
        return "frontend fe\n    bind 127.0.0.1:@fe@\n    " + String.join("\n    ", lines)
                + "\n    default_backend be\nbackend be\n    " + lines[0] + "\n    server s1 127.0.0.1:@s1@\n";
    }

    /** The established connection of this port, as one line. */
    private static String socketOf(int port) throws IOException {
        return sockets("sport", port);
    }

    /** The established connections to this port, a line each. */
    private static String socketTo(int port) throws IOException {
        return sockets("dport", port);
    }

    private static String sockets(String side, int port) throws IOException {
        Process ss = new ProcessBuilder(SS.toString(), "-tneH", "--tos", "state", "established", side, "=", ":" + port)
                .redirectErrorStream(true)
                .start();
        return new String(ss.getInputStream().readAllBytes(), UTF_8);
    }
}
