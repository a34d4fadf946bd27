package dev.weir.bridge.transport.uring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Forward;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.LoopFigures;
import dev.weir.bridge.transport.TransportOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIf;

/**
 * What an exchange as of HTTP costs: a request is received and written on, a response's head written and its body forwarded, by
 * a virtual thread that waits with deadlines. In steady state it makes no garbage, and enters the kernel once a direction.
 */
@Timeout(120)
@DisabledIf(value = "dev.weir.bridge.transport.uring.UringTransportTest#isMissing", disabledReason = "no io_uring here")
class ExchangeCostTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int EXCHANGES = 5_000;
    private static final int ROUNDS_MAX = 30;
    private static final long LIMIT_NS = 60_000_000_000L;
    private static final int HEAD_BYTES = 100;

    /** Both outer ends of a session. */
    private record Pair(SocketChannel client, SocketChannel server) {}

    private final List<AutoCloseable> resources = new ArrayList<>();
    private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 18);
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 18);
    private UringTransport transport;
    private ServerSocketChannel origin;
    private InetSocketAddress front;
    private volatile int bodyBytes;
    /** Sessions let both sides speak while they wait for the other. */
    private volatile boolean watches;

    @BeforeEach
    void start() throws Exception {
        transport = new UringTransport(new TransportOptions());
        origin = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        resources.add(origin);
        InetSocketAddress to = (InetSocketAddress) origin.getLocalAddress();
        Endpoint endpoint = new Endpoint.Inet(to.getAddress(), to.getPort());
        ListenOptions options = new ListenOptions(new Endpoint.Inet(InetAddress.getLoopbackAddress(), 0));
        int port =
                loop().listen(options, client -> serve(client, endpoint)).name().port();
        front = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable resource : resources) {
            resource.close();
        }
        transport.close();
    }

    private EventLoop loop() {
        return transport.loop(0);
    }

    private void serve(Connection client, Endpoint endpoint) {
        EventLoop loop = client.loop();
        UnsafeBuffer head = new UnsafeBuffer(ByteBuffer.allocateDirect(HEAD_BYTES));
        Forward body = new Forward();
        body.sourceIdleNs = LIMIT_NS;
        body.targetIdleNs = LIMIT_NS;
        try {
            Connection server = loop.connect(endpoint, new ConnectOptions(), Long.MAX_VALUE);
            while (receive(client, HEAD_BYTES)) {
                if (watches) {
                    client.watchInput(Thread.currentThread());
                    server.watchInput(Thread.currentThread());
                }
                server.write(client.input(), 0, HEAD_BYTES, loop.nanoTime() + LIMIT_NS);
                client.consume(HEAD_BYTES);
                if (!receive(server, HEAD_BYTES)) {
                    break;
                }
                server.input().getBytes(0, head, 0, HEAD_BYTES);
                server.consume(HEAD_BYTES);
                client.write(head, 0, HEAD_BYTES, loop.nanoTime() + LIMIT_NS);
                loop.forward(server, client, body.want(bodyBytes));
            }
            server.close();
        } catch (ConnectionFailure e) {
            throw new AssertionError(e);
        }
    }

    private static boolean receive(Connection connection, int bytes) throws ConnectionFailure {
        while (connection.available() < bytes) {
            if (connection.receive(connection.loop().nanoTime() + LIMIT_NS) == Connection.END_OF_STREAM) {
                return false;
            }
        }
        return true;
    }

    @Test
    void shouldExchangeSmallMessagesWithoutGarbage() throws Exception {
        assertAllocatesNothing(13, 1);
    }

    @Test
    void shouldExchangeSmallMessagesOfManyWithoutGarbage() throws Exception {
        assertAllocatesNothing(13, 32);
    }

    @Test
    void shouldForwardBodiesOfSeveralBlocksWithoutGarbage() throws Exception {
        assertAllocatesNothing(100_000, 2);
    }

    @Test
    void shouldEnterTheKernelOnceADirection() throws Exception {
        bodyBytes = 13;
        List<Pair> pairs = List.of(open());
        exchange(pairs, 100);

        LoopFigures before = figures();
        exchange(pairs, EXCHANGES);
        LoopFigures after = figures();

        // One to hear of the request and submit what goes on, one for the response; a few by timers and by the counting
        // itself.
        assertThat(after.kernelEntries() - before.kernelEntries()).isLessThan(2 * EXCHANGES + EXCHANGES / 20);
        assertThat(after.completions() - before.completions()).isLessThan(2 * EXCHANGES + EXCHANGES / 20);
        assertThat(after.submissions() - before.submissions()).isLessThan(4 * EXCHANGES + EXCHANGES / 20);
    }

    @Test
    void shouldNotAskForEachMessageOfWhoMaySpeakAtAnyTime() throws Exception {
        bodyBytes = 13;
        watches = true;
        List<Pair> pairs = List.of(open());
        exchange(pairs, 100);

        long before = figures().submissions();
        exchange(pairs, EXCHANGES);

        // Two sends; a receive is good for as many messages as fit into a connection's input.
        assertThat(figures().submissions() - before).isLessThan(2 * EXCHANGES + EXCHANGES / 10);
    }

    /** Code that is not yet compiled does make garbage: what it allocates for ever, it allocates in every round. */
    private void assertAllocatesNothing(int size, int pairCount) throws Exception {
        bodyBytes = size;
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < pairCount; i++) {
            pairs.add(open());
        }
        long thread = loopThread();
        long bytes = Long.MAX_VALUE;

        for (int round = 0; round < ROUNDS_MAX && bytes >= EXCHANGES; round++) {
            long bytesBefore = THREADS.getThreadAllocatedBytes(thread);
            exchange(pairs, EXCHANGES);
            bytes = THREADS.getThreadAllocatedBytes(thread) - bytesBefore;
        }

        assertThat(bytes).as("bytes in " + EXCHANGES + " exchanges").isLessThan(EXCHANGES);
    }

    private Pair open() throws IOException {
        SocketChannel client = SocketChannel.open(front);
        resources.add(client);
        SocketChannel server = origin.accept();
        resources.add(server);
        return new Pair(client, server);
    }

    private LoopFigures figures() throws Exception {
        CompletableFuture<LoopFigures> figures = new CompletableFuture<>();
        loop().execute(() -> figures.complete(loop().figures()));
        return figures.get(30, TimeUnit.SECONDS);
    }

    private long loopThread() throws Exception {
        CompletableFuture<Long> id = new CompletableFuture<>();
        loop().execute(() -> id.complete(Thread.currentThread().threadId()));
        return id.get(30, TimeUnit.SECONDS);
    }

    /** All pairs ask, then all answer. */
    private void exchange(List<Pair> pairs, int count) throws IOException {
        for (int done = 0; done < count; done += pairs.size()) {
            for (Pair pair : pairs) {
                write(pair.client, HEAD_BYTES);
            }
            for (Pair pair : pairs) {
                read(pair.server, HEAD_BYTES);
                write(pair.server, HEAD_BYTES + bodyBytes);
            }
            for (Pair pair : pairs) {
                read(pair.client, HEAD_BYTES + bodyBytes);
            }
        }
    }

    private void write(SocketChannel channel, int size) throws IOException {
        out.clear().limit(size);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    private void read(SocketChannel channel, int size) throws IOException {
        in.clear().limit(size);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new IOException("the session ended");
            }
        }
    }
}
