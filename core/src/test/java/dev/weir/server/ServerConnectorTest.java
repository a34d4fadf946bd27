package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Patience;
import dev.weir.balance.BalanceAlgorithms;
import dev.weir.balance.BalanceSettings;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.nio.NioTransport;
import dev.weir.clock.Clock;
import dev.weir.stats.Counter;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;
import dev.weir.stream.Stream;
import dev.weir.stream.StreamCounts;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On real sockets: a refusing port is one that is bound, so that nobody else gets it, and does not listen. */
@Timeout(30)
class ServerConnectorTest {
    private static final InetAddress HOST = InetAddress.getLoopbackAddress();

    private final PoolSettings settings = new PoolSettings("l", 2);
    private final List<Closeable> sockets = new ArrayList<>();
    private NioTransport transport;
    private EventLoop loop;
    private ServerPool pool;

    /** What a session saw. */
    private record Report(
            String server,
            Cause cause,
            Phase phase,
            int retries,
            boolean isRedispatched,
            boolean hasConnectTime,
            int bq) {}

    @BeforeEach
    void setUp() throws Exception {
        transport = new NioTransport(new TransportOptions(), "test");
        loop = transport.loop(0);
        settings.connectTimeoutMs = 5;
    }

    @AfterEach
    void tearDown() throws IOException {
        for (Closeable socket : sockets) {
            socket.close();
        }
        transport.close();
        assertThat(pool.served()).isZero();
        assertThat(pool.connections()).isZero();
        assertThat(pool.totalQueued()).isZero();
    }

    @Test
    void shouldConnect() throws Exception {
        listening("s1");
        settings.connectTimeoutMs = 5_000;
        start();

        Report report = session(new SessionRequest());

        assertThat(report).isEqualTo(new Report("s1", null, null, 0, false, true, 0));
        assertThat(pool.server("s1").counters().get(Counter.SESSIONS)).isEqualTo(1);
    }

    @Test
    void shouldRetryTheSameServerAndFail() throws Exception {
        refusing("s1");
        start();

        Report report = session(new SessionRequest());

        assertThat(report).isEqualTo(new Report("s1", Cause.SERVER, Phase.CONNECT, 3, false, false, 0));
        assertThat(pool.counters().get(Counter.RETRIES)).isEqualTo(3);
        assertThat(pool.counters().get(Counter.CONNECT_ERRORS)).isEqualTo(1);
        assertThat(pool.server("s1").counters().get(Counter.CONNECT_ATTEMPTS)).isEqualTo(4);
    }

    @Test
    void shouldMoveOnOnlyWithRedispatch() throws Exception {
        refusing("s1");
        listening("s2");
        settings.redispatchInterval = -1;
        settings.connectTimeoutMs = 5_000;
        start();

        Report report = session(new SessionRequest());

        assertThat(report).isEqualTo(new Report("s2", null, null, 1, true, true, 0));
        assertThat(pool.counters().get(Counter.REDISPATCHES)).isEqualTo(1);
        assertThat(pool.server("s1").counters().get(Counter.REDISPATCHES)).isEqualTo(1);
    }

    @Test
    void shouldMoveAHashedSessionOnTheLastRetryOnly() throws Exception {
        refusing("s1");
        listening("s2");
        settings.redispatchInterval = -1;
        settings.balance =
                BalanceSettings.of(BalanceAlgorithms.HASH).withHashType(dev.weir.balance.HashType.CONSISTENT);
        start();
        SessionRequest request = new SessionRequest();
        request.hasHash = true;
        request.hash = hashFor("s1");

        Report report = session(request);

        assertThat(report).isEqualTo(new Report("s2", null, null, 3, true, true, 0));
        assertThat(pool.server("s1").counters().get(Counter.CONNECT_ATTEMPTS)).isEqualTo(3);
    }

    @Test
    void shouldSayThatNoServerIsLeft() throws Exception {
        listening("s1");
        settings.servers.getFirst().isDisabled = true;
        start();

        Report report = session(new SessionRequest());

        assertThat(report).isEqualTo(new Report(null, Cause.SERVER, Phase.CONNECT, 0, false, false, 0));
    }

    @Test
    void shouldGiveUpInTheQueueInTime() throws Exception {
        listening("s1");
        settings.servers.getFirst().maxConn = 1;
        settings.queueTimeoutMs = 20;
        start();
        Place holder = holder();

        Report report = session(new SessionRequest());

        assertThat(report).isEqualTo(new Report(null, Cause.SERVER_TIMEOUT, Phase.QUEUE, 0, false, false, 1));
        pool.dispatcher.release(holder);
    }

    @Test
    void shouldRefuseWhenTheQueueOfItsServerIsFull() throws Exception {
        listening("s1");
        settings.servers.getFirst().maxConn = 1;
        settings.servers.getFirst().maxQueue = 1;
        start();
        Place holder = holder();
        Place queued = place();
        queued.direct = pool.server("s1");
        pool.dispatcher.assign(queued);
        SessionRequest request = new SessionRequest();
        request.direct = pool.server("s1");

        Report report = session(request);

        assertThat(report).isEqualTo(new Report("s1", Cause.SERVER, Phase.QUEUE, 0, false, false, 0));
        pool.dispatcher.release(queued);
        pool.dispatcher.release(holder);
    }

    @Test
    void shouldServeTheQueueAndTellThePosition() throws Exception {
        listening("s1");
        settings.servers.getFirst().maxConn = 1;
        settings.connectTimeoutMs = 5_000;
        start();
        Place holder = holder();
        CompletableFuture<Report> waiting = begin(new SessionRequest(), Abort.NEVER);
        Patience.await().until(() -> pool.backendQueued() == 1);

        pool.dispatcher.release(holder);

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(new Report("s1", null, null, 0, false, true, 1));
    }

    @Test
    void shouldLeaveTheQueueWhenTheClientIsGone() throws Exception {
        listening("s1");
        settings.servers.getFirst().maxConn = 1;
        start();
        Place holder = holder();
        Cause[] gone = new Cause[1];
        Thread[] thread = new Thread[1];
        CompletableFuture<Report> waiting = begin(new SessionRequest(), () -> {
            thread[0] = Thread.currentThread();
            return gone[0];
        });
        Patience.await().until(() -> pool.backendQueued() == 1);

        loop.execute(() -> {
            gone[0] = Cause.CLIENT;
            loop.unpark(thread[0]);
        });

        assertThat(waiting.get(30, TimeUnit.SECONDS))
                .isEqualTo(new Report(null, Cause.CLIENT, Phase.QUEUE, 0, false, false, 1));
        pool.dispatcher.release(holder);
    }

    @Test
    void shouldSendTheProxyHeaderFirst() throws Exception {
        ServerSocket socket = listening("s1");
        settings.servers.getFirst().proxyProtocol = ProxyProtocol.V1;
        settings.connectTimeoutMs = 5_000;
        start();
        SessionRequest request = new SessionRequest();
        request.client.ipv4(0x0102_0304, 1000);
        request.clientDestination.ipv4(0x0506_0708, 80);

        session(request);

        try (var accepted = socket.accept()) {
            assertThat(new String(accepted.getInputStream().readNBytes(35), StandardCharsets.US_ASCII))
                    .isEqualTo("PROXY TCP4 1.2.3.4 5.6.7.8 1000 80\r");
        }
    }

    private ServerSocket listening(String name) throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, HOST);
        sockets.add(socket);
        add(name, socket.getLocalPort());
        return socket;
    }

    private void refusing(String name) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.bind(new InetSocketAddress(HOST, 0));
        add(name, socket.getLocalPort());
    }

    private void add(String name, int port) {
        ServerSettings server = new ServerSettings(name, settings.servers.size() + 1);
        server.endpoint = new Endpoint.Inet(HOST, port);
        settings.servers.add(server);
    }

    private void start() {
        ServerEnvironment environment =
                new ServerEnvironment(Clock.SYSTEM, Timers.on(loop), (backend, level, text) -> {}, 1);
        pool = new ServerPool(settings, environment);
    }

    private Place holder() {
        Place place = place();
        assertThat(pool.dispatcher.assign(place)).isEqualTo(Dispatcher.Outcome.ASSIGNED);
        return place;
    }

    private Place place() {
        Place place = new Place();
        place.loop = new FakeLoop(0);
        place.session = cause -> {};
        return place;
    }

    private int hashFor(String server) {
        for (int hash = 0; ; hash += 0x01000193) {
            Place probe = place();
            probe.hasHash = true;
            probe.hash = hash;
            pool.dispatcher.assign(probe);
            String found = probe.server.name();
            pool.dispatcher.release(probe);
            if (found.equals(server)) {
                return hash;
            }
        }
    }

    private Report session(SessionRequest request) throws Exception {
        return begin(request, Abort.NEVER).get(30, TimeUnit.SECONDS);
    }

    private CompletableFuture<Report> begin(SessionRequest request, Abort abort) {
        CompletableFuture<Report> done = new CompletableFuture<>();
        loop.start(() -> {
            ServerConnector connector = new ServerConnector(loop, cause -> {}, abort);
            Connection connection = connector.connect(pool, request);
            if (connection != null) {
                connection.close();
            }
            Stream stream = new Stream();
            connector.tell(stream);
            StreamCounts counts = stream.counts();
            Report report = new Report(
                    stream.server() == null ? null : stream.server().name(),
                    connector.cause(),
                    connector.phase(),
                    counts.retries,
                    counts.isRedispatched,
                    stream.times().connectNs >= 0,
                    counts.backendQueuePosition);
            connector.finish();
            done.complete(report);
        });
        return done;
    }
}
