package dev.weir.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.FreePort;
import dev.weir.Patience;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.nio.NioTransport;
import dev.weir.clock.Clock;
import dev.weir.server.CheckSettings;
import dev.weir.server.Observation;
import dev.weir.server.ObserveSettings;
import dev.weir.server.PoolSettings;
import dev.weir.server.ProbeTarget;
import dev.weir.server.ProxyProtocol;
import dev.weir.server.Server;
import dev.weir.server.ServerEnvironment;
import dev.weir.server.ServerHealth;
import dev.weir.server.ServerPool;
import dev.weir.server.ServerPools;
import dev.weir.server.ServerSettings;
import dev.weir.server.StatusText;
import dev.weir.server.Timers;
import dev.weir.server.check.script.CheckScript;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks of a real socket that comes and goes. */
@Timeout(60)
class CheckTest {
    private static final InetAddress HOST = InetAddress.getLoopbackAddress();

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final PoolSettings settings = new PoolSettings("l", 2);
    private final ServerSettings line = new ServerSettings("s1", 1);
    private Transport transport;
    private ServerPools pools;
    private HealthChecks checks;
    private ServerSocket socket;
    private int port;

    @BeforeEach
    void setUp() throws Exception {
        transport = new NioTransport(new TransportOptions(), "test");
        port = FreePort.next(); // closed and opened again: nobody may get it meanwhile
        listen();
        line.endpoint = new Endpoint.Inet(HOST, port);
        line.check = new CheckSettings();
        line.check.interMs = 10;
        settings.servers.add(line);
        ServerEnvironment environment = new ServerEnvironment(
                Clock.SYSTEM,
                Timers.on(transport.loop(0)),
                (backend, level, text) -> messages.add(text.replaceAll("duration: \\d+ms", "duration: 0ms")),
                1);
        pools = new ServerPools(environment);
        checks = new HealthChecks(
                transport,
                (backend, level, text) -> messages.add(text.replaceAll("duration: \\d+ms", "duration: 0ms")),
                null);
    }

    @AfterEach
    void tearDown() throws IOException {
        checks.stop();
        transport.close();
        socket.close();
    }

    @Test
    void shouldFollowTheServerDownAndUp() throws Exception {
        settings.logHealthChecks = true;
        Server server = start();
        await(server, "UP");
        refuse();
        await(server, "DOWN");
        listen();
        await(server, "UP");

        // The listener may go while a check connects: that one is reset, all others are refused.
        assertThat(messages)
                .map(line -> line.replace("Connection reset by peer", "Connection refused"))
                .containsExactly(
                        passed("3/3 UP"),
                        failed("2/3 UP"),
                        failed("1/3 UP"),
                        failed("0/2 DOWN"),
                        "Server l/s1 is DOWN. 0 active and 0 backup servers left."
                                + " 0 sessions active, 0 requeued, 0 remaining in queue.",
                        "backend l has no server available!",
                        passed("1/2 DOWN"),
                        passed("3/3 UP"),
                        "Server l/s1 is UP. 1 active and 0 backup servers online."
                                + " 0 sessions requeued, 0 total in queue.");
    }

    @Test
    void shouldGiveTheReasonWhereChecksAreNotLogged() throws Exception {
        refuse();
        Server server = start();
        await(server, "DOWN");

        assertThat(messages.getFirst())
                .isEqualTo("Server l/s1 is DOWN, reason: Layer4 connection problem, info: \"Connection refused\","
                        + " check duration: 0ms. 0 active and 0 backup servers left."
                        + " 0 sessions active, 0 requeued, 0 remaining in queue.");
    }

    @Test
    void shouldSendALocalHeader() throws Exception {
        line.check.target = new ProbeTarget(null, 0, true);
        line.proxyProtocol = ProxyProtocol.V2;
        start();

        try (var accepted = socket.accept()) {
            assertThat(accepted.getInputStream().readNBytes(16)).endsWith(0x20, 0, 0, 0);
        }
    }

    @Test
    void shouldMarkAServerDownByWhatTrafficSaw() throws Exception {
        line.check.interMs = 60_000;
        line.observe = new ObserveSettings(ObserveSettings.Layer.LAYER4, 2, ObserveSettings.OnError.MARK_DOWN);
        Server server = start();
        await(server, "UP");

        server.observed(Observation.NOT_CONNECTED);
        server.observed(Observation.CONNECTED);
        server.observed(Observation.NOT_CONNECTED);
        assertThat(server.isUp()).isTrue();
        server.observed(Observation.NOT_CONNECTED);

        assertThat(messages.getFirst())
                .startsWith("Server l/s1 is DOWN, reason: Health analyze, info: \"Detected 2 consecutive errors,"
                        + " last one was: L4 unsuccessful connection\". 0 active");
    }

    @Test
    void shouldCountSuddenDeathAsAllButTheLastFailure() throws Exception {
        line.check.interMs = 60_000;
        line.observe = new ObserveSettings(ObserveSettings.Layer.LAYER4, 1, ObserveSettings.OnError.SUDDEN_DEATH);
        Server server = start();
        await(server, "UP");

        server.observed(Observation.NOT_CONNECTED);
        assertThat(StatusText.of(server)).isEqualTo("UP 1/3");
        server.observed(Observation.NOT_CONNECTED);

        assertThat(server.isUp()).isFalse();
    }

    @Test
    void shouldKeepItsHealthOverAReload() throws Exception {
        Server server = start();
        await(server, "UP");
        ServerHealth check = server.health();

        apply();

        assertThat(server.health()).isSameAs(check);
        assertThat(StatusText.of(server)).isEqualTo("UP");
    }

    @Test
    void shouldEndWithItsServer() throws Exception {
        Server server = start();
        await(server, "UP");

        pools.apply(List.of(new PoolSettings("l", 2)));
        checks.apply(pools.all(), pool -> CheckScript.CONNECT, 0, 0);

        assertThat(server.health()).isNull();
        Patience.await().until(() -> virtualThreads() == 0);
    }

    @Test
    void shouldStartDownIfToldTo() throws Exception {
        line.check.initialState = CheckSettings.InitialState.FULLY_DOWN;
        line.check.interMs = 60_000;
        line.check.downInterMs = 5;
        line.check.fastInterMs = 5;
        ServerPool pool = apply();
        assertThat(pool.usableServers()).isZero();

        await(pool.server(0), "UP");

        assertThat(messages.getFirst()).startsWith("Server l/s1 is UP, reason: Layer4 check passed, check duration");
    }

    private static String passed(String status) {
        return "Health check for server l/s1 succeeded, reason: Layer4 check passed, check duration: 0ms, status: "
                + status + ".";
    }

    private static String failed(String status) {
        return "Health check for server l/s1 failed, reason: Layer4 connection problem, info: \"Connection refused\","
                + " check duration: 0ms, status: " + status + ".";
    }

    private int virtualThreads() throws Exception {
        var figures = new java.util.concurrent.CompletableFuture<Integer>();
        transport
                .loop(0)
                .execute(() -> figures.complete(transport.loop(0).figures().virtualThreads()));
        return figures.get();
    }

    private Server start() {
        return apply().server(0);
    }

    private ServerPool apply() {
        pools.apply(List.of(settings));
        checks.apply(pools.all(), pool -> CheckScript.CONNECT, 0, 0);
        return pools.pool("l");
    }

    private static void await(Server server, String status) {
        Patience.await().until(() -> StatusText.of(server).equals(status));
    }

    private void refuse() throws IOException {
        socket.close();
    }

    private void listen() throws IOException {
        socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(HOST, port));
    }
}
