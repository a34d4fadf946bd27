package dev.weir.bridge.transport.uring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.ListenOptions;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIf;

/** Sessions of one loop of which the test holds both outer ends, and what the loop's thread allocates meanwhile. */
@Timeout(120)
@DisabledIf(value = "dev.weir.bridge.transport.uring.UringTransportTest#isMissing", disabledReason = "no io_uring here")
abstract class PairFixture {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS_MAX = 100;

    /** Both outer ends of a session. */
    record Pair(SocketChannel client, SocketChannel server) {}

    private final List<AutoCloseable> resources = new ArrayList<>();
    private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 18);
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 18);
    private UringTransport transport;
    private ServerSocketChannel origin;
    private InetSocketAddress front;

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

    final EventLoop loop() {
        return transport.loop(0);
    }

    /** The session in the middle: connects to the endpoint, and passes on what comes. */
    abstract void serve(Connection client, Endpoint endpoint);

    /** So many exchanges, taking turns. */
    abstract void exchange(List<Pair> pairs, int count) throws IOException;

    /** Code that is not yet compiled does make garbage: what it allocates for ever, it allocates in every round. */
    final void assertAllocatesNothing(int pairCount, int exchanges) throws Exception {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < pairCount; i++) {
            pairs.add(open());
        }
        long thread = loopThread();
        long bytes = Long.MAX_VALUE;

        for (int round = 0; round < ROUNDS_MAX && bytes >= exchanges; round++) {
            long bytesBefore = THREADS.getThreadAllocatedBytes(thread);
            exchange(pairs, exchanges);
            bytes = THREADS.getThreadAllocatedBytes(thread) - bytesBefore;
        }

        assertThat(bytes).as("bytes in " + exchanges + " exchanges").isLessThan(exchanges);
    }

    final Pair open() throws IOException {
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

    final void write(SocketChannel channel, int size) throws IOException {
        out.clear().limit(size);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    final void read(SocketChannel channel, int size) throws IOException {
        in.clear().limit(size);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new IOException("the session ended");
            }
        }
    }
}
