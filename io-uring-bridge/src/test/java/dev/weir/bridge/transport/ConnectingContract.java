package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.ConnectionFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Outgoing connections. */
abstract class ConnectingContract extends AcceptingContract {
    @Test
    void shouldConnectAndNameBothEnds() throws Exception {
        Origin origin = origin(peer -> peer.send(peer.remoteAddress().toString()));
        SocketName peerName = new SocketName();

        String local = get(onLoop(loop(), () -> {
            Connection server = loop().connect(origin.endpoint(), new ConnectOptions(), FOREVER);
            server.peerName(peerName);
            SocketName localName = new SocketName();
            server.localName(localName);
            String seen = takeToEnd(server);
            server.close();
            assertThat(seen).isEqualTo("/" + localName);
            return seen;
        }));

        assertThat(local).startsWith("/127.0.0.1:");
        assertThat(peerName.port()).isEqualTo(origin.address().getPort());
    }

    private static String takeToEnd(Connection connection) throws ConnectionFailure {
        while (connection.receive(FOREVER) != Connection.END_OF_STREAM) {
            // Gathers all that comes.
        }
        return take(connection, connection.available());
    }

    private CompletableFuture<Kind> failureOfConnecting(Endpoint endpoint, ConnectOptions options, long patienceNs)
            throws Exception {
        EventLoop loop = loop();
        return onLoop(loop, () -> {
            long deadlineNs = patienceNs == FOREVER ? FOREVER : loop.nanoTime() + patienceNs;
            return failureOf(() -> loop.connect(endpoint, options, deadlineNs));
        });
    }

    @Test
    void shouldReportThatNobodyListens() throws Exception {
        Endpoint nobody = endpointWithoutListener();

        assertThat(get(failureOfConnecting(nobody, new ConnectOptions(), FOREVER)))
                .isEqualTo(Kind.REFUSED);
    }

    /** Bound, so that nobody else gets it. */
    private Endpoint endpointWithoutListener() throws IOException {
        Socket bound = closing(new Socket());
        bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new Endpoint.Inet(bound.getLocalAddress(), bound.getLocalPort());
    }

    @Test
    void shouldReportThatAUnixPathIsMissing() throws Exception {
        Endpoint missing = new Endpoint.Unix(folder.resolve("missing").toString());

        assertThat(get(failureOfConnecting(missing, new ConnectOptions(), FOREVER)))
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void shouldTimeOutWhenTheDeadlineHasPassedAlready() throws Exception {
        Endpoint endpoint = echoOrigin().endpoint();

        assertThat(get(failureOfConnecting(endpoint, new ConnectOptions(), -1))).isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void shouldTimeOutWhenTheListenersBacklogIsFull() throws Exception {
        ServerSocket full = closing(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < 8; i++) {
            SocketChannel filler = closing(SocketChannel.open());
            filler.configureBlocking(false);
            filler.connect(full.getLocalSocketAddress());
        }
        Endpoint endpoint = new Endpoint.Inet(full.getInetAddress(), full.getLocalPort());

        assertThat(get(failureOfConnecting(endpoint, new ConnectOptions(), 100_000_000)))
                .isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void shouldReportThatNoSlotIsLeft() throws Exception {
        TransportOptions options = new TransportOptions();
        options.connectionsMax = 1;
        start(options);
        Origin origin = echoOrigin();

        Kind kind = get(onLoop(loop(), () -> {
            EventLoop loop = loop();
            Connection first = loop.connect(origin.endpoint(), new ConnectOptions(), FOREVER);
            Kind second = failureOf(() -> loop.connect(origin.endpoint(), new ConnectOptions(), FOREVER));
            first.close();
            return second;
        }));

        assertThat(kind).isEqualTo(Kind.NO_RESOURCE);
    }

    // ---- source address ----

    private Origin tellingTheSource() throws IOException {
        return origin(peer -> peer.send(peer.remoteAddress().toString()));
    }

    private String sourceSeenBy(Origin origin, ConnectOptions options) throws Exception {
        return get(onLoop(loop(), () -> {
            Connection server = loop().connect(origin.endpoint(), options, FOREVER);
            String seen = takeToEnd(server);
            server.reset();
            return seen;
        }));
    }

    @Test
    void shouldConnectFromASourceAddress() throws Exception {
        ConnectOptions options = new ConnectOptions();
        options.source = new Endpoint.Inet(InetAddress.getByName("127.0.0.2"), 0);

        assertThat(sourceSeenBy(tellingTheSource(), options)).startsWith("/127.0.0.2:");
    }

    @Test
    void shouldTakeTheFreePortOfASourceRange() throws Exception {
        InetAddress address = InetAddress.getByName("127.0.0.3");
        ServerSocket taken = closing(lowerOfTwoFreePorts(address));
        ConnectOptions options = new ConnectOptions();
        options.source = new Endpoint.Inet(address, 0);
        options.sourcePortFirst = taken.getLocalPort();
        options.sourcePortLast = taken.getLocalPort() + 1;
        Origin origin = tellingTheSource();

        assertThat(sourceSeenBy(origin, options)).isEqualTo("/127.0.0.3:" + options.sourcePortLast);
        assertThat(sourceSeenBy(origin, options)).isEqualTo("/127.0.0.3:" + options.sourcePortLast);
    }

    private static ServerSocket lowerOfTwoFreePorts(InetAddress address) throws IOException {
        while (true) {
            ServerSocket lower = new ServerSocket(0, 1, address);
            try (ServerSocket upper = new ServerSocket()) {
                upper.bind(new InetSocketAddress(address, lower.getLocalPort() + 1));
                return lower;
            } catch (IOException | IllegalArgumentException upperTaken) {
                lower.close();
            }
        }
    }

    @Test
    void shouldReportThatNoSourcePortIsFree() throws Exception {
        InetAddress address = InetAddress.getByName("127.0.0.3");
        ServerSocket taken = closing(new ServerSocket(0, 1, address));
        ConnectOptions options = new ConnectOptions();
        options.source = new Endpoint.Inet(address, 0);
        options.sourcePortFirst = taken.getLocalPort();
        options.sourcePortLast = taken.getLocalPort();

        assertThat(get(failureOfConnecting(echoOrigin().endpoint(), options, FOREVER)))
                .isEqualTo(Kind.NO_RESOURCE);
    }
}
