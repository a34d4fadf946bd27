package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A transport under test with its listeners and peers; after each test nothing of it may be left. */
@Timeout(120)
abstract class TransportFixture {
    static final long FOREVER = Long.MAX_VALUE;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Session code of a test; what it throws fails the test. */
    interface Session {
        void run(Connection client) throws Exception;
    }

    /** Code for a virtual thread of a loop. */
    interface LoopTask<T> {
        T run() throws Exception;
    }

    protected final List<String> logLines = new CopyOnWriteArrayList<>();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private final Deque<Listener> listeners = new ArrayDeque<>();
    protected Transport transport;
    private long socketsBefore;

    /** The implementation under test. */
    protected abstract Transport open(TransportOptions options) throws TransportException;

    // ---- before and after ----

    /** The JDK keeps a socket pair of its own once a channel was closed under a reader: let it be there before we count. */
    @BeforeAll
    static void warmUpTheJdk() throws Exception {
        try (Origin origin = Origin.echo();
                Peer peer = Peer.connect(origin.address())) {
            peer.send("x").halfClose().readToEnd();
        }
    }

    @BeforeEach
    void countSockets() throws IOException {
        socketsBefore = socketsOpen();
    }

    @AfterEach
    void shouldLeaveNothingBehind() throws Exception {
        listeners.forEach(Listener::close);
        while (!resources.isEmpty()) {
            resources.pop().close();
        }
        if (transport != null) {
            for (int i = 0; i < transport.loopCount(); i++) {
                EventLoop loop = transport.loop(i);
                patiently(() -> assertNothingHeld(figures(loop)));
            }
            transport.close();
        }
        patiently(() -> assertThat(socketsOpen()).as("sockets open").isLessThanOrEqualTo(socketsBefore));
        assertThat(faults).as("what sessions threw").isEmpty();
        assertThat(logLines).as("faults of the loop").noneMatch(line -> line.contains("internal error"));
    }

    private static void assertNothingHeld(LoopFigures figures) {
        assertThat(figures.connectionsOpen()).as("connectionsOpen").isZero();
        assertThat(figures.buffersLent()).as("buffersLent").isZero();
        assertThat(figures.slotsTaken()).as("slotsTaken").isZero();
        assertThat(figures.pipesLent()).as("pipesLent").isZero();
        assertThat(figures.timersPending()).as("timersPending").isZero();
        assertThat(figures.virtualThreads()).as("virtualThreads").isZero();
    }

    private static long socketsOpen() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(TransportFixture::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    static void patiently(org.awaitility.core.ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).untilAsserted(assertion);
    }

    // ---- arranging ----

    /** Starts the transport with these options; {@link #loop} starts one with the defaults. */
    protected Transport start(TransportOptions options) throws TransportException {
        options.log = logLines::add;
        transport = open(options);
        return transport;
    }

    protected EventLoop loop() throws TransportException {
        if (transport == null) {
            start(new TransportOptions());
        }
        return transport.loop(0);
    }

    /** Listens on an ephemeral IPv4 loopback port. */
    protected Listener listen(Session session) throws Exception {
        return listen(loop(), loopback("127.0.0.1"), session);
    }

    protected Listener listen(EventLoop loop, ListenOptions options, Session session) throws TransportException {
        Listener listener = loop.listen(options, client -> guarded(client, session));
        listeners.add(listener);
        return listener;
    }

    protected static ListenOptions loopback(String address) throws IOException {
        return new ListenOptions(new Endpoint.Inet(InetAddress.getByName(address), 0));
    }

    private void guarded(Connection client, Session session) {
        try {
            session.run(client);
        } catch (Exception | AssertionError e) {
            faults.add(e);
        }
    }

    /** Closed after the test. */
    protected <T extends AutoCloseable> T closing(T resource) {
        resources.push(resource);
        return resource;
    }

    protected Peer connect(Listener listener) throws IOException {
        return closing(Peer.connect(listener));
    }

    protected Origin origin(Origin.Service service) throws IOException {
        return closing(new Origin(service));
    }

    protected Origin echoOrigin() throws IOException {
        return closing(Origin.echo());
    }

    /** Runs on a virtual thread of the loop. */
    protected <T> CompletableFuture<T> onLoop(EventLoop loop, LoopTask<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.start(() -> {
            try {
                result.complete(task.run());
            } catch (Exception | AssertionError e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Runs on a thread of the JDK's. */
    protected static <T> CompletableFuture<T> beside(LoopTask<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(task.run());
            } catch (Exception | AssertionError e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    protected static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    protected static LoopFigures figures(EventLoop loop) throws Exception {
        CompletableFuture<LoopFigures> figures = new CompletableFuture<>();
        loop.execute(() -> figures.complete(loop.figures()));
        return get(figures);
    }

    // ---- sessions ----

    /** Sends back what comes, until the end. */
    protected static void echo(Connection client) throws ConnectionFailure {
        while (client.receive(FOREVER) != Connection.END_OF_STREAM) {
            client.send(client.input(), 0, client.available(), FOREVER);
            client.consume(client.available());
        }
    }

    protected static void send(Connection connection, String text) throws ConnectionFailure {
        send(connection, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    protected static void send(Connection connection, byte[] bytes) throws ConnectionFailure {
        connection.send(new UnsafeBuffer(bytes), 0, bytes.length, FOREVER);
    }

    /** Writes without waiting. */
    protected static void write(Connection connection, String text) throws ConnectionFailure {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        connection.write(new UnsafeBuffer(bytes), 0, bytes.length, FOREVER);
    }

    /** Takes exactly so many bytes as text. */
    protected static String take(Connection connection, int bytes) throws ConnectionFailure {
        while (connection.available() < bytes) {
            if (connection.receive(FOREVER) == Connection.END_OF_STREAM) {
                throw new AssertionError("the stream ended after " + connection.available() + " of " + bytes);
            }
        }
        String text = connection.input().getStringWithoutLengthAscii(0, bytes);
        connection.consume(bytes);
        return text;
    }

    protected static ConnectionFailure.Kind failureOf(FailingCall call) {
        try {
            call.run();
        } catch (ConnectionFailure failure) {
            return failure.kind();
        }
        throw new AssertionError("nothing failed");
    }

    /** What is expected to fail. */
    interface FailingCall {
        void run() throws ConnectionFailure;
    }

    /** Of a connection that the loop gives up: in order or not. */
    static void expectNoMore(Peer peer) throws IOException {
        try {
            assertThat(peer.readTextToEnd()).isEmpty();
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    /** A generator whose seed is printed, so that a failure can be repeated with {@code -Dweir.test.seed=}. */
    protected static Random seeded(String what) {
        long seed = Long.getLong("weir.test.seed", System.nanoTime());
        System.out.println(what + ": -Dweir.test.seed=" + seed);
        return new Random(seed);
    }

    protected static byte[] randomBytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
