package dev.weir.bridge.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.Relay;
import dev.weir.bridge.transport.TransportOptions;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Once a relay runs, its loop allocates nothing for what it moves. */
@Timeout(60)
class NioRelayAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 10_000;
    /** Code that is not yet compiled does make garbage: what allocates for ever, allocates in every batch. */
    private static final int BATCHES_MAX = 20;

    private final InetAddress loopback = InetAddress.getLoopbackAddress();

    @Test
    void shouldRelayMessagesWithoutAllocating() throws Exception {
        try (ServerSocketChannel origin = ServerSocketChannel.open();
                NioTransport transport = new NioTransport(new TransportOptions(), "asked for by a test")) {
            origin.bind(new InetSocketAddress(loopback, 0));
            Listener listener = relayTo((InetSocketAddress) origin.getLocalAddress(), transport);
            try (SocketChannel client = SocketChannel.open(
                            new InetSocketAddress(loopback, listener.name().port()));
                    SocketChannel server = origin.accept()) {
                long bytes = Long.MAX_VALUE;

                for (int batch = 0; batch < BATCHES_MAX && bytes >= ROUNDS; batch++) {
                    long before = allocatedByTheLoop();
                    playPingPong(client, server);
                    bytes = allocatedByTheLoop() - before;
                }

                assertThat(bytes).as("bytes in " + ROUNDS + " rounds").isLessThan(ROUNDS);
            }
        }
    }

    private Listener relayTo(InetSocketAddress origin, NioTransport transport) throws Exception {
        Endpoint endpoint = new Endpoint.Inet(origin.getAddress(), origin.getPort());
        return transport.loop(0).listen(new ListenOptions(new Endpoint.Inet(loopback, 0)), client -> {
            try {
                var server = client.loop().connect(endpoint, new ConnectOptions(), Long.MAX_VALUE);
                Relay relay = new Relay();
                relay.clientIdleNs = 60_000_000_000L;
                relay.serverIdleNs = 60_000_000_000L;
                client.loop().relay(client, server, relay);
                server.close();
            } catch (ConnectionFailure e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void playPingPong(SocketChannel client, SocketChannel server) throws Exception {
        ByteBuffer message = ByteBuffer.allocateDirect(100);
        for (int i = 0; i < ROUNDS; i++) {
            pass(message, client, server);
            pass(message, server, client);
        }
    }

    private static void pass(ByteBuffer message, SocketChannel from, SocketChannel to) throws Exception {
        message.clear();
        while (message.hasRemaining()) {
            from.write(message);
        }
        message.clear();
        while (message.hasRemaining()) {
            to.read(message);
        }
    }

    private static long allocatedByTheLoop() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("weir-loop-0"))
                .mapToLong(thread -> THREADS.getThreadAllocatedBytes(thread.threadId()))
                .sum();
    }
}
