package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;

/** Clients of the runtime API that say half a command, megabytes without an end, or do not read what they asked for. */
@DisplayName("misbehaving clients of the runtime API")
final class MisbehavingClientsTest {
    private static final int HALF_COMMANDS = 10;
    private static final int ENDLESS_LINES = 30;
    private static final int DEAF_CLIENTS = 10;
    private static final int EXCHANGES = 200;
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket @folder@/api mode 600 level admin
                stats timeout 1s
                stats maxconn 40
            defaults base
                mode tcp
                timeout client 20s
                timeout server 20s
                timeout connect 5s
            frontend fe
                bind 127.0.0.1:@fe@
                default_backend be
            backend be
                server s1 127.0.0.1:@s1@
            """;

    private static SocketChannel open(BehaviourScene scene) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(scene.folder().resolve("api")));
        scene.keepOpen(channel);
        return channel;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A line that never ends, until the other side has had enough. @return how many bytes were sent */
    private static long sendWithoutEnd(SocketChannel channel) {
        long sent = 0;
        try {
            while (sent < 64L << 20) {
                sent += channel.write(bytes("x".repeat(65536)));
            }
        } catch (IOException e) {
            return sent; // it has closed
        }
        return sent;
    }

    private static void exchange(BehaviourScene scene) throws Exception {
        var client = scene.client("fe").send("hello");
        scene.origin("s1").accept().expect("hello").send("ok").close();
        assertThat(client.rest()).isEqualTo("ok<FIN>");
        client.close();
    }

    @OnEveryEngine
    void shouldNotDisturbTrafficNorLockOperatorsOut(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION);

            for (int i = 0; i < HALF_COMMANDS; i++) {
                open(scene).write(bytes("set server be/s1 st"));
            }
            for (int i = 0; i < DEAF_CLIENTS; i++) {
                open(scene).write(bytes("prompt;" + "help;".repeat(400) + "\n"));
            }
            List<Thread> talkers = new ArrayList<>();
            for (int i = 0; i < ENDLESS_LINES; i++) {
                SocketChannel channel = open(scene);
                talkers.add(Thread.ofPlatform().start(() -> sendWithoutEnd(channel)));
            }

            for (int i = 0; i < EXCHANGES; i++) {
                exchange(scene);
            }
            for (Thread talker : talkers) {
                talker.join();
            }
            assertThat(scene.ask("api", "show stat fe 1 -1 typed")).contains("stot.1:MCP:u64:" + EXCHANGES);
        }
    }

    @OnEveryEngine
    void shouldEndALineThatNeverEnds(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION);

            assertThat(sendWithoutEnd(open(scene))).isLessThan(16L << 20);
        }
    }

    @OnEveryEngine
    void shouldTakeACommandByteByByte(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.startWhole(CONFIGURATION);
            SocketChannel channel = open(scene);

            for (char c : "get weight be/s1\n".toCharArray()) {
                channel.write(bytes("" + c));
            }

            ByteBuffer answer = ByteBuffer.allocate(4096);
            while (channel.read(answer) >= 0) {
                assertThat(answer.hasRemaining()).isTrue();
            }
            assertThat(new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII))
                    .isEqualTo("1 (initial 1)\n\n");
        }
    }
}
