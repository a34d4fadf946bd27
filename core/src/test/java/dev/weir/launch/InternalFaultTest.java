package dev.weir.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.FreePort;
import dev.weir.proxy.Frontend;
import dev.weir.rule.FaultyRules;
import dev.weir.server.FaultyHealth;
import dev.weir.server.ObserveSettings;
import dev.weir.server.Server;
import dev.weir.stats.Counter;
import dev.weir.stats.Counters;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fault of the program in any part of a session ends that session, and that session alone, as any other end does. */
@Timeout(120)
class InternalFaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String REQUEST = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";
    private static final String RESPONSE = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";

    @TempDir
    private Path folder;

    private final int port = FreePort.next();
    private ServerSocket origin;
    private DatagramSocket log;
    private InProcess weir;

    @BeforeEach
    void listen() throws IOException {
        origin = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        origin.setSoTimeout((int) PATIENCE.toMillis());
        log = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        log.setSoTimeout((int) PATIENCE.toMillis());
    }

    @AfterEach
    void close() throws IOException {
        weir.close();
        origin.close();
        log.close();
    }

    private Frontend start(String transport, String mode) throws Exception {
        String configuration = """
                global
                    nbthread 1
                    log 127.0.0.1:%d format raw local0
                defaults
                    mode %s
                    log global
                    unique-id-format id
                    log-format "%%s %%ts %%ST %%fc/%%bc/%%sc %%ID"
                    timeout client 60s
                    timeout server 60s
                    timeout connect 5s
                frontend fe
                    bind 127.0.0.1:%d
                    default_backend be
                backend be
                    server s1 127.0.0.1:%d
                """.formatted(log.getLocalPort(), mode, port, origin.getLocalPort());
        weir = InProcess.start(Files.writeString(folder.resolve("weir.cfg"), configuration), transport);
        return weir.instance().process().frontends().get("fe");
    }

    private Socket connect() throws IOException {
        return patient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    private Socket accept() throws IOException {
        return patient(origin.accept());
    }

    private static Socket patient(Socket socket) throws SocketException {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    // ---- tcp ----

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void shouldEndASessionWhoseContentRulesFail(String transport) throws Exception {
        Frontend frontend = start(transport, "tcp");
        frontend.contentRules = FaultyRules.throwingAt(1);

        try (Socket client = connect()) {
            assertThat(restOf(client)).isEmpty();
            assertThat(logLine()).isEqualTo("<NOSRV> IR 0 1/0/0 id");
        }

        expectCounted(frontend, 1, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void shouldEndASessionWhoseResponseRulesFailWithBothConnections(String transport) throws Exception {
        Frontend frontend = start(transport, "tcp");
        frontend.defaultBackend.responseRules = FaultyRules.throwingAt(1);

        try (Socket client = connect();
                Socket server = accept()) {
            send(server, "hello");

            restOf(client);
            restOf(server);
            assertThat(logLine()).isEqualTo("s1 ID 0 1/0/0 id");
        }

        expectCounted(frontend, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void shouldEndASessionThatFailsBehindItsRelay(String transport) throws Exception {
        Frontend frontend = start(transport, "tcp");
        frontend.uniqueIdFormat = (stream, into, slot) -> {
            throw new IllegalStateException("injected");
        };

        try (Socket client = connect();
                Socket server = accept()) {
            send(client, "hello");
            client.shutdownOutput();
            assertThat(restOf(server)).isEqualTo("hello");
            server.shutdownOutput();
            restOf(client);
        }

        expectNothingHeld(frontend);
        assertThat(frontend.state().counters().get(Counter.BYTES_IN)).isEqualTo(5);
    }

    /** Nobody has the connection yet but who opens it. */
    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void shouldEndASessionThatFailsBesideTheConnectionThatItOpens(String transport) throws Exception {
        Frontend frontend = start(transport, "tcp");
        failWhenConnected(frontend.defaultBackend.pool().server("s1"));

        try (Socket client = connect();
                Socket server = accept()) {
            assertThat(restOf(server)).isEmpty();
            assertThat(restOf(client)).isEmpty();
            assertThat(logLine()).isEqualTo("<NOSRV> IC 0 1/0/0 id");
        }

        expectNothingHeld(frontend);
    }

    private static void failWhenConnected(Server server) {
        server.settings().observe =
                new ObserveSettings(ObserveSettings.Layer.LAYER4, Integer.MAX_VALUE, ObserveSettings.OnError.FASTINTER);
        server.health(FaultyHealth.throwingWhenConnected());
    }

    // ---- http ----

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void shouldEndARequestThatFailsBesideTheConnectionThatItOpens(String transport) throws Exception {
        Frontend frontend = start(transport, "http");
        failWhenConnected(frontend.defaultBackend.pool().server("s1"));

        try (Socket client = connect()) {
            send(client, REQUEST);
            try (Socket server = accept()) {
                assertThat(restOf(server)).isEmpty();
                assertThat(restOf(client)).startsWith("HTTP/1.1 500 Internal Server Error\r\n");
                assertThat(logLine()).isEqualTo("<NOSRV> IC 500 1/0/0 id");
            }
        }

        expectNothingHeld(frontend);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void shouldEndASessionAtALaterRequest(String transport) throws Exception {
        Frontend frontend = start(transport, "http");
        frontend.contentRules = FaultyRules.throwingAt(2);

        try (Socket client = connect()) {
            send(client, REQUEST);
            try (Socket server = accept()) {
                serveOne(server);
                assertThat(new String(client.getInputStream().readNBytes(RESPONSE.length()), StandardCharsets.US_ASCII))
                        .isEqualTo(RESPONSE);
                assertThat(logLine()).isEqualTo("s1 -- 200 1/0/0 id");

                send(client, REQUEST);

                assertThat(restOf(client)).startsWith("HTTP/1.1 500 Internal Server Error\r\n");
                assertThat(logLine()).isEqualTo("<NOSRV> IR 500 1/0/0 id");
            }
        }

        expectCounted(frontend, 1, 0);
        assertThat(frontend.state().counters().get(Counter.RESPONSES_5XX)).isEqualTo(1);
        assertThat(frontend.state().counters().get(Counter.REQUESTS)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void shouldEndASessionAtAResponseWithBothConnections(String transport) throws Exception {
        Frontend frontend = start(transport, "http");
        frontend.defaultBackend.httpRules = FaultyRules.forResponses();

        try (Socket client = connect()) {
            send(client, REQUEST);
            try (Socket server = accept()) {
                serveOne(server);

                assertThat(restOf(client)).startsWith("HTTP/1.1 500 Internal Server Error\r\n");
                restOf(server);
                assertThat(logLine()).isEqualTo("s1 IH 500 1/0/0 id");
            }
        }

        expectCounted(frontend, 1, 1);
    }

    // ---- what is expected ----

    private void expectCounted(Frontend frontend, int inFrontend, int inServer) {
        expectNothingHeld(frontend);
        var pool = frontend.defaultBackend.pool();
        assertThat(errors(frontend.state().counters())).isEqualTo(inFrontend);
        assertThat(errors(pool.counters())).isEqualTo(inServer);
        assertThat(errors(pool.server("s1").counters())).isEqualTo(inServer);
    }

    private static long errors(Counters counters) {
        return counters.get(Counter.INTERNAL_ERRORS);
    }

    private void expectNothingHeld(Frontend frontend) {
        var pool = frontend.defaultBackend.pool();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(frontend.connections()).isZero();
            assertThat(weir.instance().process().connections()).isZero();
            assertThat(pool.connections()).isZero();
            assertThat(pool.server("s1").connections()).isZero();
        });
    }

    // ---- bytes ----

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void serveOne(Socket server) throws IOException {
        int got = 0;
        byte[] end = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        while (got < end.length) {
            int octet = server.getInputStream().read();
            got = octet == end[got] ? got + 1 : octet == end[0] ? 1 : 0;
        }
        send(server, RESPONSE);
    }

    /** To the end; a reset is one, too. */
    private static String restOf(Socket socket) throws IOException {
        StringBuilder rest = new StringBuilder();
        try {
            for (int octet; (octet = socket.getInputStream().read()) >= 0; ) {
                rest.append((char) octet);
            }
        } catch (SocketException reset) {
            return rest.toString();
        }
        return rest.toString();
    }

    private String logLine() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1024], 1024);
        log.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII).strip();
    }
}
