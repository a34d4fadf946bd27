package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PROXY headers, in and out. */
@DisplayName("PROXY protocol")
final class BehaviourProxyProtocolTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static String with(String bindOption, String serverOption) {
        return "frontend fe\n bind 127.0.0.1:@fe@ " + bindOption + "\n log-format \"%ci:%cp %fi:%fp %ts %U/%B\"\n"
                + " default_backend be\nbackend be\n server s1 127.0.0.1:@s1@ " + serverOption + "\n";
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @OnEveryEngine
    void shouldSendVersionOne(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(with("", "send-proxy"));

            var client = scene.client("fe").send("hello");
            int port = client.socket().getLocalPort();
            origin.accept()
                    .expect("PROXY TCP4 127.0.0.1 127.0.0.1 " + port + " " + scene.port("fe") + "\r\nhello")
                    .close();

            client.expectEnd().close();
            assertTrue(scene.log().endsWith(" -- 5/0"));
        }
    }

    @OnEveryEngine
    void shouldSendVersionTwo(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(with("", "send-proxy-v2"));

            var client = scene.client("fe").send("hello");
            String ports = "%04x%04x".formatted(client.socket().getLocalPort(), scene.port("fe"));
            var server = origin.accept();

            assertEquals(
                    SIGNATURE + "2111000c7f0000017f000001" + ports,
                    HexFormat.of().formatHex(server.read(28)));
            server.expect("hello").close();
            client.expectEnd();
        }
    }

    @OnEveryEngine
    void shouldAddFieldsToVersionTwo(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(with(
                    "accept-proxy\n unique-id-format %[fc_pp_tlv(authority)]-%[fc_pp_authority]",
                    "send-proxy-v2 proxy-v2-options unique-id,authority"));
            String addresses = "0a0101010a02020203e807d0";
            String authority = "020003" + "612e62";

            var client = scene.client("fe").send(hex(SIGNATURE + "21110012" + addresses + authority));
            client.send("hello");
            var server = origin.accept();

            assertEquals(
                    SIGNATURE + "2111001c" + addresses + authority + "050007" + "612e622d612e62",
                    HexFormat.of().formatHex(server.read(16 + 0x1c)));
            server.expect("hello").close();
            client.expectEnd();
        }
    }

    @OnEveryEngine
    void shouldSendAnEmptyUniqueIdAndNoAuthorityWhereThereAreNone(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(with("", "send-proxy-v2 proxy-v2-options unique-id,authority"));

            var client = scene.client("fe").send("hello");
            var server = origin.accept();

            String header = HexFormat.of().formatHex(server.read(31));
            assertEquals("2111000f", header.substring(24, 32));
            assertEquals("050000", header.substring(56));
            server.expect("hello").close();
            client.expectEnd();
        }
    }

    @OnEveryEngine
    void shouldPassOnWhatItWasTold(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(with("accept-proxy", "send-proxy"));

            var client = scene.client("fe").send("PROXY TCP4 10.1.1.1 10.2.2.2 1000 2000\r\nhello");
            origin.accept()
                    .expect("PROXY TCP4 10.1.1.1 10.2.2.2 1000 2000\r\nhello")
                    .close();

            client.expectEnd().close();
            assertEquals("10.1.1.1:1000 10.2.2.2:2000 -- 5/0", scene.log());
        }
    }

    /** HAProxy wants the header in one piece. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HAPROXY")
    void shouldTakeVersionTwoInPieces(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(with("accept-proxy", ""));
            byte[] header = hex(SIGNATURE + "2111000c0a0101010a02020203e807d0");

            var client = scene.client("fe");
            for (byte one : header) {
                client.send(new byte[] {one});
            }
            client.send("hello");
            origin.accept().expect("hello").close();
            client.expectEnd().close();

            assertEquals("10.1.1.1:1000 10.2.2.2:2000 -- 5/0", scene.log());
        }
    }

    @OnEveryEngine
    void shouldKeepTheRealAddressesOfALocalConnection(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(with("accept-proxy", ""));

            var client = scene.client("fe").send(hex(SIGNATURE + "20000000")).send("hello");
            origin.accept().expect("hello").close();
            client.expectEnd().close();

            assertTrue(scene.log().startsWith("127.0.0.1:" + client.socket().getLocalPort() + " "));
        }
    }

    @OnEveryEngine
    void shouldRefuseWhatIsNoHeader(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.start(with("accept-proxy", ""));

            var client = scene.client("fe").send("GET / HTTP/1.0\r\n\r\n");

            assertTrue(client.rest().matches("<(FIN|RST)>"));
            assertEquals(
                    "fe/1: Received something which does not look like a PROXY protocol header",
                    scene.log().replaceFirst("^127.0.0.1:\\d+ \\[[^]]+\\] ", ""));
        }
    }

    @OnEveryEngine
    void shouldSayThatTheHeaderNeverCame(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.start(with("accept-proxy", ""));

            scene.client("fe").close();

            assertEquals(
                    "fe/1: Connection closed while waiting for PROXY protocol header",
                    scene.log().replaceFirst("^127.0.0.1:\\d+ \\[[^]]+\\] ", ""));
        }
    }
}
