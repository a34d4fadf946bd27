package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.FreePort;
import dev.weir.Patience;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.Transports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a proxy listens: every form of address that a {@code bind} line takes. */
@DisplayName("addresses of bind lines")
final class BehaviourBindTest {
    private static final String BACKEND = """
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@
            """;

    private static String frontend(String bind) {
        return "frontend fe\n    " + bind + "\n" + BACKEND.indent(4);
    }

    private static void assumeIpv6() throws IOException {
        Path addresses = Path.of("/proc/net/if_inet6");
        assumeTrue(Files.exists(addresses) && Files.readString(addresses).contains(" lo"));
    }

    private static void exchange(BehaviourScene scene, BehaviourPeer client) throws IOException {
        client.send("abc");
        scene.origin("s1").accept().expect("abc").send("def").close();
        assertThat(client.rest()).isEqualTo("def<FIN>");
        client.close();
    }

    private static BehaviourPeer to(BehaviourScene scene, String address, int port) throws IOException {
        BehaviourPeer client = new BehaviourPeer(new Socket(InetAddress.getByName(address), port));
        scene.keepOpen(client);
        return client;
    }

    @OnEveryEngine
    void shouldListenOnSeveralAddressesOfOneLine(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start(frontend(
                    "bind 127.0.0.1:@fe@,127.0.0.2:@fe@,127.0.0.1:@other@ name all\n    bind 127.0.0.1:@other2@"));

            exchange(scene, to(scene, "127.0.0.1", scene.port("fe")));
            exchange(scene, to(scene, "127.0.0.2", scene.port("fe")));
            exchange(scene, to(scene, "127.0.0.1", scene.port("other")));
            exchange(scene, to(scene, "127.0.0.1", scene.port("other2")));
        }
    }

    @OnEveryEngine
    void shouldListenOnEveryPortOfARange(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            int first = FreePort.next(3);
            scene.start(frontend("bind 127.0.0.1:" + first + "-" + (first + 2))
                    + "frontend ready\n    bind 127.0.0.1:@fe@\n" + "    default_backend be\n");

            for (int port = first; port < first + 3; port++) {
                exchange(scene, to(scene, "127.0.0.1", port));
            }
        }
    }

    /** As many mail relays and game servers use it: the server listens on the same ports. */
    @OnEveryEngine
    void shouldConnectToTheClientsPortOfARange(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start("frontend fe\n    bind 127.0.0.2:" + origin.port() + ",127.0.0.1:@fe@\n    default_backend be\n"
                    + "backend be\n    server s1 127.0.0.1\n");

            exchange(scene, to(scene, "127.0.0.2", origin.port()));
        }
    }

    @OnEveryEngine
    void shouldListenOnAllAddresses(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start(frontend("bind *:@fe@\n    bind :@other@"));

            exchange(scene, to(scene, "127.0.0.1", scene.port("fe")));
            exchange(scene, to(scene, "127.0.0.3", scene.port("other")));
        }
    }

    @OnEveryEngine
    void shouldListenOnBothFamilies(BehaviourEngine engine) throws Exception {
        assumeIpv6();
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start(frontend("bind :::@fe@ v4v6\n    bind [::1]:@six@\n    bind ipv6@:::@only@ v6only"));

            exchange(scene, to(scene, "127.0.0.1", scene.port("fe")));
            exchange(scene, to(scene, "::1", scene.port("fe")));
            exchange(scene, to(scene, "::1", scene.port("six")));
            exchange(scene, to(scene, "::1", scene.port("only")));
            assertThat(Peers.accepts(scene.port("only"))).as("IPv4 of v6only").isFalse();
        }
    }

    @OnEveryEngine
    void shouldListenOnAPathWithItsPermissions(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start(frontend("bind unix@@folder@/first mode 620\n    bind @folder@/second mode 600\n"
                    + "    bind 127.0.0.1:@fe@"));

            assertThat(overPath(scene, "first")).isEqualTo("def");
            assertThat(overPath(scene, "second")).isEqualTo("def");
            assertThat(permissions(scene.folder().resolve("first"))).isEqualTo("rw--w----");
            assertThat(permissions(scene.folder().resolve("second"))).isEqualTo("rw-------");
        }
    }

    @OnEveryEngine
    void shouldPutUnixSocketsWhereUnixBindSays(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start("global\n    unix-bind mode 620 prefix @folder@\n"
                    + "    stats socket @folder@/api mode 600 level admin severity-output string\n"
                    + frontend("bind /first\n    bind unix@/second mode 600\n    bind 127.0.0.1:@fe@"));

            assertThat(overPath(scene, "first")).isEqualTo("def");
            assertThat(overPath(scene, "second")).isEqualTo("def");
            assertThat(permissions(scene.folder().resolve("first"))).isEqualTo("rw--w----");
            assertThat(permissions(scene.folder().resolve("second"))).isEqualTo("rw-------");
            assertThat(scene.ask("api", "get weight be/nope")).isEqualTo("[err]: No such server.\n\n");
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** @return what came back */
    private static String overPath(BehaviourScene scene, String name) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path path = scene.folder().resolve(name);
            Patience.await().until(() -> Files.exists(path));
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap(new byte[] {'a', 'b', 'c'}));
            scene.origin("s1").accept().expect("abc").send("def").close();
            ByteBuffer answer = ByteBuffer.allocate(16);
            while (channel.read(answer) >= 0) {
                // to the end
            }
            return new String(answer.array(), 0, answer.position());
        }
    }

    private static final String ABSTRACT = """
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend inside
            backend inside
                server a1 abns@weir-@fe@
            frontend within
                bind abns@weir-@fe@
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@
            """;

    /** Only another proxy can be their client here: Java's sockets do not know them. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WEIR_ON_NIO")
    void shouldListenOnAbstractNamesAndConnectToThem(BehaviourEngine engine) throws Exception {
        assumeTrue(!engine.isWeir() || hasRing(), "no io_uring here");
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start(ABSTRACT);

            exchange(scene, scene.client("fe"));

            assertThat(scene.log() + "\n" + scene.log())
                    .contains("fe inside/a1 -- in=3 out=3 ")
                    .contains("within be/s1 -- in=3 out=3 ");
        }
    }

    private static boolean hasRing() {
        try (var transport = Transports.open(Transports.Choice.URING, new TransportOptions())) {
            return transport.loopCount() > 0;
        } catch (TransportException e) {
            return false;
        }
    }

    @Test
    void shouldRefuseAbstractNamesWhereTheTransportHasNone() throws Exception {
        try (var scene = new BehaviourScene(BehaviourEngine.WEIR_ON_NIO)) {
            scene.origin("s1");

            assertThatThrownBy(() -> scene.start(ABSTRACT)).hasMessage("refused");
        }
    }

    @OnEveryEngine
    void shouldConnectToAPath(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.start("""
                    frontend fe
                        bind 127.0.0.1:@fe@
                        default_backend inside
                    backend inside
                        server a1 unix@@folder@/inner send-proxy-v2
                    frontend within
                        bind @folder@/inner accept-proxy
                        log-format "%ci %fp %ts"
                        default_backend be
                    backend be
                        server s1 127.0.0.1:@s1@
                    """);

            exchange(scene, scene.client("fe"));

            assertThat(scene.log() + "\n" + scene.log())
                    .contains("fe inside/a1 -- in=3 out=3 ")
                    .contains("127.0.0.1 " + scene.port("fe") + " --");
        }
    }

    @OnEveryEngine
    void shouldAskForKeepaliveOnBothSides(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(frontend("option clitcpka\n    clitcpka-idle 100s\n    bind 127.0.0.1:@fe@")
                    + "    option srvtcpka\n    srvtcpka-idle 200s\n");

            var client = scene.client("fe").send("abc");
            origin.accept().expect("abc").send("def");
            client.expect("def");

            Patience.await().until(() -> TcpTimers.keepaliveSeconds(scene.port("fe"), true) <= 100);
            Patience.await().until(() -> TcpTimers.keepaliveSeconds(origin.port(), false) <= 200);
            assertThat(TcpTimers.keepaliveSeconds(scene.port("fe"), true)).isPositive();
            assertThat(TcpTimers.keepaliveSeconds(origin.port(), false)).isGreaterThan(100);
        }
    }

    @OnEveryEngine
    void shouldTakeTheKernelsKeepaliveTimes(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.start(frontend("option tcpka\n    bind 127.0.0.1:@fe@")
                    .replace("backend be\n", "backend be\n    option tcpka\n"));

            var client = scene.client("fe").send("abc");
            origin.accept().expect("abc").send("def");
            client.expect("def");

            Patience.await().until(() -> TcpTimers.keepaliveSeconds(scene.port("fe"), true) < TcpTimers.NONE);
            Patience.await().until(() -> TcpTimers.keepaliveSeconds(origin.port(), false) < TcpTimers.NONE);
        }
    }
}
