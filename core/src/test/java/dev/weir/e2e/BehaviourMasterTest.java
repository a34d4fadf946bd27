package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The master's socket ({@code -S}): what tools ask HAProxy's master, asked of a process that is its own worker. */
@DisplayName("master's socket")
final class BehaviourMasterTest {
    private static final String CONFIGURATION = """
            global
                nbthread 1
                stats socket @folder@/api level admin
            defaults
                mode tcp
                timeout connect 5s
                timeout client 60s
                timeout server 60s
            frontend fe
                bind 127.0.0.1:@port@
            """;

    @TempDir
    Path folder;

    private final int port = Peers.freePort();

    private Weir start(BehaviourEngine engine) {
        write(CONFIGURATION);
        List<String> arguments = List.of("-W", "-S", folder + "/master,mode,600", "-f", "haproxy.cfg");
        if (engine.isWeir()) {
            return Weir.start(folder, arguments.toArray(new String[0])).listensOn(port);
        }
        assumeTrue(BehaviourEngine.haproxy().isPresent(), "no HAProxy 3.x");
        String program = BehaviourEngine.haproxy().orElseThrow();
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        return Weir.command(folder, Way.BEST, command).listensOn(port);
    }

    private void write(String configuration) {
        Configurations.file(
                folder, configuration.replace("@folder@", folder.toString()).replace("@port@", Integer.toString(port)));
    }

    private String ask(String lines) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(folder.resolve("master")));
            channel.write(ByteBuffer.wrap((lines + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput(); // HAProxy's master waits for more, else
            return readToEnd(channel, lines);
        }
    }

    /** A socket of a path has no time limit of its own, and an answer whose end does not come is a failure to be looked at. */
    private static String readToEnd(SocketChannel channel, String lines) throws IOException {
        var answer = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(4096);
        try (Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            for (int count = 0; count >= 0; count = channel.read(piece)) {
                answer.write(piece.array(), 0, piece.position());
                piece.clear();
                if (count == 0 && selector.select(Patience.LIMIT.toMillis()) == 0) {
                    throw new AssertionError("no end of the answer to '" + lines + "', so far: " + answer);
                }
                selector.selectedKeys().clear();
            }
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static void end(Weir proxy) {
        assertThat(proxy.signal("TERM").exitStatus())
                .as("as the shell or HAProxy has it")
                .isIn(0, 130, 143);
    }

    /** The pid of the worker, as tools look for it. */
    private String worker() throws IOException {
        return ask("show proc").replaceFirst("(?s).*# workers\n(\\d+) .*", "$1");
    }

    /** HAProxy's socket is there before its worker is. */
    private String awaitWorker() throws IOException {
        Patience.await().ignoreExceptions().until(() -> worker().matches("\\d+"));
        return worker();
    }

    @ParameterizedTest
    @EnumSource(names = {"WEIR", "HAPROXY"})
    void shouldAnswerAsAMasterOfOneWorker(BehaviourEngine engine) throws Exception {
        try (var proxy = start(engine)) {
            awaitWorker();
            assertThat(ask("show proc").replaceAll("\\d+d\\d\\dh\\d\\dm\\d\\ds", "0d00h00m00s"))
                    .matches("#<PID>          <type>          <reloads>       <uptime>        <version>      \n"
                            + "[0-9 ]{16}master          0 \\[failed: 0]   0d00h00m00s     \\S+ *\n"
                            + "# workers\n"
                            + "[0-9 ]{16}worker          0               0d00h00m00s     \\S+ *\n\n");
            String version = ask("show version");
            assertThat(ask("@1 show version")).isEqualTo(version);
            assertThat(ask("@!" + worker() + " show version")).isEqualTo(version);
            assertThat(ask("@master show version")).isEqualTo(version);
            assertThat(ask("show version; @1; show version")).isEqualTo(version + version);
            assertThat(ask("@2 show version")).isEqualTo("Can't find the target PID matching the prefix '@2'\n");
            assertThat(ask("@!1 show version")).isEqualTo("Can't find the target PID matching the prefix '@!1'\n");
            assertThat(ask("@1 show stat")).contains("\nfe,FRONTEND,");
            assertThat(ask("@@!" + worker() + " show version")).isEqualTo(version);
            assertThat(ask("@@1 show version; show version")).isEqualTo(version + version);
            assertThat(ask("@@1\nshow version")).isEqualTo(version);
            assertThat(ask("@@master show version")).isEqualTo(version);
            if (engine.isWeir()) { // HAProxy says so, too, but now and then leaves the connection open
                assertThat(ask("@@2 show version")).isEqualTo("Can't find the target PID matching the prefix '@@2'\n");
            }
            assertThat(ask("show stat")).startsWith("Unknown command: 'show', but maybe one of");
            assertThat(ask("show cli level")).isEqualTo("admin\n\n");
            assertThat(ask("user; @1 show cli level")).endsWith("user\n\n");
            assertThat(ask("show env HAPROXY_MWORKER")).isEqualTo("HAPROXY_MWORKER=1\n\n");
            assertThat(ask("prompt\n@1\n@master\nquit"))
                    .matches("\\s*master> \\s*" + worker() + "> \\s*master> \\s*(master> )?");
            assertThat(
                            ask(
                                    "prompt\nmcli-debug-mode on\nexpert-mode on\nexperimental-mode on\nmcli-debug-mode off\nquit"))
                    .matches(
                            "\\s*master> \\s*master\\(d\\)> \\s*master\\(\\w+\\)> \\s*master\\(xed\\)> \\s*master\\(xe\\)> \\s*(master\\(xe\\)> )?");
            assertThat(ask("mcli-debug-mode on; show info")).contains("\nUptime_sec: ");
            assertThat(ask("mcli-debug-mode on; mcli-debug-mode; show info")).startsWith("Unknown command: 'show'");
            assertThat(ask("user; mcli-debug-mode on; show info")).contains("Permission denied");
            assertThat(ask("_loadstatus")).startsWith("Success=1\n--\n");
            assertThat(Files.getPosixFilePermissions(folder.resolve("master"))).hasSize(2);
            end(proxy);
        }
    }

    @Test
    void shouldEndSessionsWithAHardReload() throws Exception {
        try (var origin = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var proxy = start(BehaviourEngine.WEIR)) {
            String whole = CONFIGURATION + "    default_backend be\nbackend be\n    server s1 127.0.0.1:"
                    + origin.getLocalPort() + "\n";
            write(whole);
            assertThat(ask("reload")).startsWith("Success=1\n--\n");
            Socket session = Peers.connect(port);
            Patience.await().until(() -> ask("@1 show sess").contains("fe=fe"));
            write(whole + "nonsense\n");
            assertThat(ask("hard-reload")).startsWith("Success=0\n--\n").contains("nonsense");
            assertThat(ask("@1 show sess")).as("it goes on").contains("fe=fe");

            write(whole);
            assertThat(ask("hard-reload")).startsWith("Success=1\n--\n");

            assertThat(session.getInputStream().read()).isEqualTo(-1);
            session.close();
            end(proxy);
        }
    }

    /** HAProxy's own takes a moment without a socket, and another process; here it is one step. */
    @Test
    void shouldReloadAndCountIt() throws Exception {
        try (var proxy = start(BehaviourEngine.WEIR)) {
            String worker = awaitWorker();
            write(CONFIGURATION + "nonsense\n");
            assertThat(ask("reload")).startsWith("Success=0\n--\n").contains("nonsense");
            assertThat(ask("show proc")).contains("master          1 [failed: 1]");

            write(CONFIGURATION);
            assertThat(ask("reload")).startsWith("Success=1\n--\n");

            assertThat(ask("show proc")).contains("master          2 [failed: 0]");
            assertThat(worker()).isEqualTo(worker);
            end(proxy);
        }
    }
}
