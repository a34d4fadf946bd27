package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What PROXY headers tell of a session besides addresses, and whom a connection that began with one may serve. */
@DisplayName("PROXY protocol: fields, and connections that are used again")
final class BehaviourHeaderFieldsTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    /** Two IPv4 addresses and ports. */
    private static final int ADDRESS_BYTES = 12;

    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

    private static BehaviourScene scene(BehaviourEngine engine, String defaults, String options) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.start("frontend fe\n bind 127.0.0.1:@fe@\n tcp-request connection set-var(sess.v) str(set)\n"
                + " default_backend be\nbackend be\n default-server " + defaults + "\n server s1 127.0.0.1:@s1@ "
                + options + "\n");
    }

    /** The fields of the header that a connection begins with, in hexadecimal. */
    private static String fields(BehaviourPeer server) throws Exception {
        String head = HexFormat.of().formatHex(server.read(16));
        assertThat(head).startsWith(SIGNATURE + "2111");
        int bytes = HexFormat.fromHexDigits(head, 28, 32);
        server.read(ADDRESS_BYTES);
        return HexFormat.of().formatHex(server.read(bytes - ADDRESS_BYTES));
    }

    private static String field(int type, String value) {
        return "%02x%04x".formatted(type, value.length())
                + HexFormat.of().formatHex(value.getBytes(StandardCharsets.ISO_8859_1));
    }

    // ---- what is sent ----

    @OnEveryEngine
    void shouldSendFieldsInOrderBeforeAllOthers(BehaviourEngine engine) throws Exception {
        String options = "send-proxy-v2 proxy-v2-options unique-id set-proxy-v2-tlv-fmt(0x21) %[src]"
                + " set-proxy-v2-tlv-fmt(010) \"%[var(sess.v)]  %[var(sess.unknown)]%%\" set-proxy-v2-tlv-fmt(5) %b/%s"
                + " set-proxy-v2-tlv-fmt(5) \"%[be_name] %[srv_name] %sc\" set-proxy-v2-tlv-fmt named-0"
                + " set-proxy-v2-tlv-fmt(255)";
        try (var scene = scene(engine, "set-proxy-v2-tlv-fmt(0xE0) first", options)) {
            scene.client("fe").send("hello");
            var server = scene.origin("s1").accept();

            assertThat(fields(server))
                    .isEqualTo(field(0xE0, "first")
                            + field(0x21, "127.0.0.1")
                            + field(8, "set  %")
                            + field(5, "be/s1")
                            + field(5, "be s1 1")
                            + field(0, "named-0")
                            + field(255, "")
                            + field(5, ""));
            server.expect("hello").close();
        }
    }

    @OnEveryEngine
    void shouldCoverFieldsByTheChecksum(BehaviourEngine engine) throws Exception {
        String options = "send-proxy-v2 proxy-v2-options crc32c set-proxy-v2-tlv-fmt(1) a";
        try (var scene = scene(engine, "inter 1h", options)) {
            scene.client("fe").send("hello");
            var server = scene.origin("s1").accept();
            byte[] header = server.read(16 + ADDRESS_BYTES + 4 + 7);
            server.expect("hello");

            var covered = header.clone();
            Arrays.fill(covered, covered.length - 4, covered.length, (byte) 0);
            var sum = new CRC32C();
            sum.update(covered);
            assertThat(HexFormat.of().formatHex(header, 28, header.length))
                    .isEqualTo(field(1, "a") + "030004" + "%08x".formatted(sum.getValue()));
        }
    }

    @OnEveryEngine
    void shouldSendNoFieldsWithVersionOne(BehaviourEngine engine) throws Exception {
        try (var scene = scene(engine, "set-proxy-v2-tlv-fmt(1) a", "send-proxy")) {
            var client = scene.client("fe").send("hello");
            scene.origin("s1")
                    .accept()
                    .expect("PROXY TCP4 127.0.0.1 127.0.0.1 " + client.socket().getLocalPort() + " " + scene.port("fe")
                            + "\r\nhello");
        }
    }

    @OnEveryEngine
    void shouldSendFieldsInChecks(BehaviourEngine engine) throws Exception {
        String options = "check send-proxy-v2 proxy-v2-options crc32c,unique-id,authority"
                + " set-proxy-v2-tlv-fmt(1) \"%b/%s %[src]|%[srv_name]\"";
        try (var scene = scene(engine, "inter 1h", options)) {
            var check = scene.origin("s1").accept();

            assertThat(HexFormat.of().formatHex(check.read(16 + 12 + 3)))
                    .isEqualTo(SIGNATURE + "20000013" + field(1, "be/s1 |s1") + "030004");
        }
    }

    @OnEveryEngine
    void shouldSendTheAddressesOfChecksThatAreNotCalledLocal(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(BehaviourScene.PREAMBLE.replace("nbthread 1", "nbthread 1\n pp2-never-send-local")
                    + "listen be\n bind 127.0.0.1:@fe@\n server s1 127.0.0.1:@s1@ check inter 1h send-proxy-v2\n");
            var check = scene.origin("s1").accept();

            String port = "%04x".formatted(check.socket().getPort());
            assertThat(HexFormat.of().formatHex(check.read(28)))
                    .isEqualTo(SIGNATURE + "2111000c7f0000017f000001" + port + "%04x".formatted(scene.port("s1")));
        }
    }

    @OnEveryEngine
    void shouldSendAFieldOfThousandsOfBytes(BehaviourEngine engine) throws Exception {
        String options = "send-proxy-v2 set-proxy-v2-tlv-fmt(1) %[str(a),concat(" + "b".repeat(1000) + "),concat("
                + "c".repeat(1000) + ")]";
        try (var scene = scene(engine, "inter 1h", options)) {
            scene.client("fe").send("hello");
            var server = scene.origin("s1").accept();

            assertThat(fields(server)).isEqualTo(field(1, "a" + "b".repeat(1000) + "c".repeat(1000)));
            server.expect("hello");
        }
    }

    @OnEveryEngine
    void shouldSendTheFieldsOfAServerThatWasAdded(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.origin("s2");
            scene.startWhole(
                    BehaviourScene.PREAMBLE.replace("nbthread 1", "nbthread 1\n stats socket @folder@/api level admin")
                            + "listen be\n bind 127.0.0.1:@fe@\n server s1 127.0.0.1:@s1@\n");

            assertThat(scene.ask(
                            "api", "add server be/d1 127.0.0.1:1 send-proxy-v2 set-proxy-v2-tlv-fmt(1) %[nothing]"))
                    .startsWith("failed to parse sample expression <nothing]> : unknown fetch method 'nothing'");
            assertThat(scene.ask(
                            "api",
                            "add server be/d1 127.0.0.1:" + scene.port("s2")
                                    + " send-proxy-v2 set-proxy-v2-tlv-fmt(1) %s"))
                    .isEqualTo("New server registered.\n\n");
            scene.ask("api", "disable server be/s1;enable server be/d1");
            scene.client("fe").send("hello");

            assertThat(fields(scene.origin("s2").accept())).isEqualTo(field(1, "d1"));
        }
    }

    // ---- connections that are used again ----

    private static BehaviourScene http(BehaviourEngine engine, String rules, String options) throws Exception {
        var scene = new BehaviourScene(engine);
        scene.origin("s1");
        return scene.startWhole(BehaviourHttpTest.PREAMBLE + "frontend fe\n bind 127.0.0.1:@fe@\n" + rules
                + " default_backend be\nbackend be\n http-reuse always\n server s1 127.0.0.1:@s1@ " + options + "\n");
    }

    private static String get(String value) {
        return "GET / HTTP/1.1\r\nhost: x\r\nvalue: " + value + "\r\n\r\n";
    }

    private static void exchange(BehaviourPeer client, String value, BehaviourPeer server) throws Exception {
        server.expect(get(value)).send(OK);
        client.expect(OK);
    }

    @OnEveryEngine
    void shouldIntroduceAClientAnewWhenAFieldChanges(BehaviourEngine engine) throws Exception {
        try (var scene = http(
                engine,
                " http-request set-var(txn.v) req.hdr(value)\n",
                "send-proxy-v2 set-proxy-v2-tlv-fmt(7) %[var(txn.v)]")) {
            var client = scene.client("fe").send(get("a"));
            var first = scene.origin("s1").accept();
            assertThat(fields(first)).isEqualTo(field(7, "a"));
            exchange(client, "a", first);

            client.send(get("a"));
            exchange(client, "a", first);
            client.send(get("b"));
            var second = scene.origin("s1").accept();
            assertThat(fields(second)).isEqualTo(field(7, "b"));
            exchange(client, "b", second);
        }
    }

    @OnEveryEngine
    void shouldIntroduceAClientAnewForEachUniqueId(BehaviourEngine engine) throws Exception {
        try (var scene =
                http(engine, " unique-id-format %[req.hdr(value)]\n", "send-proxy-v2 proxy-v2-options unique-id")) {
            var client = scene.client("fe").send(get("a"));
            var first = scene.origin("s1").accept();
            assertThat(fields(first)).isEqualTo(field(5, "a"));
            exchange(client, "a", first);

            client.send(get("b"));
            var second = scene.origin("s1").accept();
            assertThat(fields(second)).isEqualTo(field(5, "b"));
            exchange(client, "b", second);
        }
    }

    /** Who stands behind another proxy is not taken for the one who asked before. */
    @OnEveryEngine
    void shouldIntroduceAClientAnewWhenARuleChangesItsAddress(BehaviourEngine engine) throws Exception {
        try (var scene = http(
                engine,
                " http-request set-src req.hdr(value)\n http-request set-src-port int(1)\n http-request set-dst-port int(2)\n",
                "send-proxy")) {
            var client = scene.client("fe").send(get("10.0.0.1"));
            var first = scene.origin("s1").accept().expect("PROXY TCP4 10.0.0.1 127.0.0.1 1 2\r\n");
            exchange(client, "10.0.0.1", first);

            client.send(get("10.0.0.2"));
            var second = scene.origin("s1").accept().expect("PROXY TCP4 10.0.0.2 127.0.0.1 1 2\r\n");
            exchange(client, "10.0.0.2", second);
        }
    }

    /** HAProxy does not show the request to formats at this time; a variable does for both. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HAPROXY")
    void shouldTellOfTheRequest(BehaviourEngine engine) throws Exception {
        try (var scene = http(engine, "", "send-proxy-v2 set-proxy-v2-tlv-fmt(7) %[req.hdr(value)]")) {
            scene.client("fe").send(get("a"));

            assertThat(fields(scene.origin("s1").accept())).isEqualTo(field(7, "a"));
        }
    }
}
