package dev.weir.bridge.transport.uring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.Relay;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIf;

/** A relay in steady state makes no garbage: what the loop's thread allocates, from wherever, is counted by the JVM. */
@Timeout(120)
@DisabledIf(value = "dev.weir.bridge.transport.uring.UringTransportTest#isMissing", disabledReason = "no io_uring here")
class RelayAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int EXCHANGES = 10_000;
    private static final int ROUNDS_MAX = 30;
    private static final int[] SIZES = {13, 200, 1460, 16384};

    /** Both outer ends of a relay. */
    private record Pair(SocketChannel client, SocketChannel server) {}

    private final List<AutoCloseable> resources = new ArrayList<>();
    private final ByteBuffer out = ByteBuffer.allocateDirect(16384);
    private final ByteBuffer in = ByteBuffer.allocateDirect(16384);
    private UringTransport transport;
    private ServerSocketChannel origin;
    private InetSocketAddress front;

    @BeforeEach
    void startARelayingTransport() throws Exception {
        transport = new UringTransport(new TransportOptions());
        origin = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        resources.add(origin);
        InetSocketAddress to = (InetSocketAddress) origin.getLocalAddress();
        Endpoint endpoint = new Endpoint.Inet(to.getAddress(), to.getPort());
        ListenOptions options = new ListenOptions(new Endpoint.Inet(InetAddress.getLoopbackAddress(), 0));
        int port =
                loop().listen(options, client -> relay(client, endpoint)).name().port();
        front = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static void relay(Connection client, Endpoint endpoint) {
        try {
            Connection server = client.loop().connect(endpoint, new ConnectOptions(), Long.MAX_VALUE);
            Relay relay = new Relay();
            relay.clientIdleNs = 60_000_000_000L;
            relay.serverIdleNs = 60_000_000_000L;
            client.loop().relayThen(client, server, relay, () -> {
                client.close();
                server.close();
            });
        } catch (ConnectionFailure e) {
            throw new AssertionError(e);
        }
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

    @Test
    void shouldRelayBetweenOnePairWithoutAllocating() throws Exception {
        assertAllocatesNothing(1);
    }

    @Test
    void shouldRelayBetweenManyPairsWithoutAllocating() throws Exception {
        assertAllocatesNothing(64);
    }

    /** Code that is not yet compiled does make garbage: what it allocates for ever, it allocates in every round. */
    private void assertAllocatesNothing(int pairCount) throws Exception {
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

    private long loopThread() throws Exception {
        CompletableFuture<Long> id = new CompletableFuture<>();
        loop().execute(() -> id.complete(Thread.currentThread().threadId()));
        return id.get(30, TimeUnit.SECONDS);
    }

    /** All pairs ask, then all answer; the sizes change from round to round. */
    private void exchange(List<Pair> pairs, int count) throws IOException {
        for (int done = 0, round = 0; done < count; done += pairs.size(), round++) {
            int size = SIZES[round % SIZES.length];
            for (Pair pair : pairs) {
                write(pair.client, size);
            }
            for (Pair pair : pairs) {
                read(pair.server, size);
                write(pair.server, size);
            }
            for (Pair pair : pairs) {
                read(pair.client, size);
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
                throw new IOException("the relay ended");
            }
        }
    }
}
