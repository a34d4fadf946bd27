package dev.weir.bridge.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listening on every form of endpoint, and taking connections. */
abstract class ListeningContract extends ClosingContract {
    @TempDir
    Path folder;

    /** Whether abstract names and inherited descriptors can be listened on; else they are refused. */
    protected boolean listensOnAbstractAndInherited() {
        return true;
    }

    // ---- endpoints ----

    @Test
    void shouldNameBothEndsOnIpv4() throws Exception {
        assertNamesOn("127.0.0.1");
    }

    @Test
    void shouldNameBothEndsOnIpv6() throws Exception {
        assertNamesOn("::1");
    }

    private void assertNamesOn(String address) throws Exception {
        SocketName peerName = new SocketName();
        SocketName localName = new SocketName();
        CompletableFuture<Long> id = new CompletableFuture<>();
        Listener listener = listen(loop(), loopback(address), client -> {
            client.peerName(peerName);
            client.localName(localName);
            id.complete(client.id());
        });

        Peer peer = connect(listener);

        get(id);
        assertThat(peerName).isEqualTo(nameOf(address, peer.localAddress().getPort()));
        assertThat(localName).isEqualTo(listener.name());
        assertThat(listener.name())
                .isEqualTo(nameOf(address, peer.remoteAddress().getPort()));
    }

    private static SocketName nameOf(String address, int port) throws Exception {
        return new SocketName().inet(InetAddress.getByName(address), port);
    }

    @Test
    void shouldListenOnTheIpv4Wildcard() throws Exception {
        Listener listener = listen(loop(), loopback("0.0.0.0"), TransportFixture::echo);

        Peer peer = closing(Peer.connect(
                new java.net.InetSocketAddress("127.0.0.1", listener.name().port())));

        assertThat(peer.send("any").halfClose().readTextToEnd()).isEqualTo("any");
    }

    @Test
    void shouldListenOnBothFamiliesWithTheIpv6Wildcard() throws Exception {
        ListenOptions options = loopback("::");
        options.v6Only = false;
        Listener listener = listen(loop(), options, TransportFixture::echo);

        for (String address : List.of("127.0.0.1", "::1")) {
            Peer peer = closing(Peer.connect(
                    new java.net.InetSocketAddress(address, listener.name().port())));
            assertThat(peer.send(address).halfClose().readTextToEnd()).isEqualTo(address);
        }
    }

    @Test
    void shouldListenOnIpv6Only() throws Exception {
        Listener four = listenOnPortOfIpv6();

        assertThat(closing(Peer.connect(new java.net.InetSocketAddress(
                                "127.0.0.1", four.name().port())))
                        .readTextToEnd())
                .isEqualTo("four");
    }

    /** A port that is free for IPv6 may be some connection's own port of IPv4; the next one is not, sooner or later. */
    private Listener listenOnPortOfIpv6() throws Exception {
        TransportException taken = null;
        for (int attempt = 0; attempt < 50; attempt++) {
            Listener six = listen(loop(), loopback("::"), TransportFixture::echo);
            ListenOptions options = new ListenOptions(new Endpoint.Inet(
                    InetAddress.getByName("0.0.0.0"), six.name().port()));
            try {
                return listen(loop(), options, client -> send(client, "four"));
            } catch (TransportException e) {
                taken = e;
            }
        }
        throw taken;
    }

    @Test
    void shouldListenOnAUnixPathWithItsRights() throws Exception {
        Path path = folder.resolve("s");
        ListenOptions options = new ListenOptions(new Endpoint.Unix(path.toString()));
        options.unixMode = 0640;
        options.unixUid = (int) Files.getAttribute(folder, "unix:uid");
        options.unixGid = (int) Files.getAttribute(folder, "unix:gid");
        SocketName peerName = new SocketName();
        Listener listener = listen(loop(), options, client -> {
            client.peerName(peerName);
            echo(client);
        });

        Peer peer = closing(Peer.connect(UnixDomainSocketAddress.of(path)));

        assertThat(peer.send("path").halfClose().readTextToEnd()).isEqualTo("path");
        assertThat(peerName.family()).isEqualTo(SocketName.Family.UNIX);
        assertThat(listener.name().family()).isEqualTo(SocketName.Family.UNIX);
        assertThat((int) Files.getAttribute(path, "unix:mode") & 0777).isEqualTo(0640);
        listener.close();
        patiently(() -> assertThat(path).doesNotExist());
    }

    @Test
    void shouldReplaceAUnixSocketThatSomebodyLeft() throws Exception {
        Path path = folder.resolve("s");
        try (var left = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(path));
        }

        listen(loop(), new ListenOptions(new Endpoint.Unix(path.toString())), TransportFixture::echo);

        Peer peer = closing(Peer.connect(UnixDomainSocketAddress.of(path)));
        assertThat(peer.send("new").halfClose().readTextToEnd()).isEqualTo("new");
    }

    @Test
    void shouldConnectToAUnixPath() throws Exception {
        Endpoint.Unix endpoint = new Endpoint.Unix(folder.resolve("s").toString());
        listen(loop(), new ListenOptions(endpoint), TransportFixture::echo);

        assertThat(get(onLoop(loop(), () -> roundTrip(endpoint, new ConnectOptions()))))
                .isEqualTo("ping");
    }

    /** Connects, sends, and takes the echo. */
    protected String roundTrip(Endpoint endpoint, ConnectOptions options) throws Exception {
        Connection connection = transport.loop(0).connect(endpoint, options, FOREVER);
        try {
            send(connection, "ping");
            return take(connection, 4);
        } finally {
            connection.close();
        }
    }

    @Test
    void shouldListenOnAnAbstractNameOrSayWhoCan() throws Exception {
        Endpoint.Abstract endpoint = new Endpoint.Abstract("weir-test-" + System.nanoTime());
        ListenOptions options = new ListenOptions(endpoint);
        if (!listensOnAbstractAndInherited()) {
            assertRefusedForIoUring(options);
            return;
        }

        listen(loop(), options, TransportFixture::echo);

        assertThat(get(onLoop(loop(), () -> roundTrip(endpoint, new ConnectOptions()))))
                .isEqualTo("ping");
    }

    @Test
    void shouldAdoptAnInheritedDescriptorOrSayWhoCan() throws Exception {
        if (!listensOnAbstractAndInherited()) {
            assertRefusedForIoUring(new ListenOptions(new Endpoint.Inherited(0)));
            return;
        }
        int fd = InheritedSocket.listening();

        Listener listener = listen(loop(), new ListenOptions(new Endpoint.Inherited(fd)), TransportFixture::echo);

        assertThat(connect(listener).send("fd").halfClose().readTextToEnd()).isEqualTo("fd");
    }

    @Test
    void shouldPassItsSocketToAnotherProcessWhichListensOnIt() throws Exception {
        Listener passed = listen(loop(), loopback("127.0.0.1"), TransportFixture::echo);
        Path path = folder.resolve("s");
        listen(loop(), new ListenOptions(new Endpoint.Unix(path.toString())), client -> {
            client.pass(new byte[] {7}, List.of(passed.share()));
            client.close();
        });
        List<Integer> descriptors = new ArrayList<>();
        byte[] bytes = new byte[10];
        try (DescriptorSocket other = DescriptorSocket.connect(path.toString(), 30_000, bytes.length)) {
            assertThat(other.receive(bytes, descriptors)).isEqualTo(1);
            assertThat(other.receive(new byte[10], descriptors)).as("the end").isZero();
        }
        assertThat(bytes[0]).isEqualTo((byte) 7);
        assertThat(descriptors).hasSize(1);
        TakenSocket taken = TakenSocket.of(descriptors.getFirst());
        Endpoint.Inet endpoint = new Endpoint.Inet(
                InetAddress.getByName("127.0.0.1"), passed.name().port());
        assertThat(taken).isEqualTo(new TakenSocket(descriptors.getFirst(), endpoint, false, false));

        if (!listensOnAbstractAndInherited()) {
            assertThatThrownBy(() -> loop().adopt(taken, new ListenOptions(endpoint), Connection::close))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("io_uring");
            return;
        }
        Listener adopted = loop().adopt(taken, new ListenOptions(endpoint), ListeningContract::greet);
        passed.close();
        // Until the first has closed its own, either may take a connection.
        patiently(() -> assertThat(closing(Peer.connect(new java.net.InetSocketAddress(
                                "127.0.0.1", adopted.name().port())))
                        .halfClose()
                        .readTextToEnd())
                .isEqualTo("new"));
        adopted.close();
    }

    private static void greet(Connection client) {
        try {
            send(client, "new");
        } catch (ConnectionFailure e) {
            throw new AssertionError(e);
        } finally {
            client.close();
        }
    }

    @Test
    void shouldServeWhoWaitsInTheBacklogWhenItCloses() throws Exception {
        CompletableFuture<Void> isBusy = new CompletableFuture<>();
        CompletableFuture<Void> mayGoOn = new CompletableFuture<>();
        Listener listener = listen(loop(), loopback("127.0.0.1"), TransportFixture::echo);
        loop().execute(() -> {
            isBusy.complete(null);
            mayGoOn.join();
        });
        get(isBusy);
        Peer waiting = connect(listener);
        listener.close();

        mayGoOn.complete(null);

        assertThat(waiting.send("last").halfClose().readTextToEnd()).isEqualTo("last");
    }

    private void assertRefusedForIoUring(ListenOptions options) {
        assertThatThrownBy(() -> listen(loop(), options, TransportFixture::echo))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining(options.endpoint.toString())
                .hasMessageContaining("io_uring");
    }

    @Test
    void shouldSayWhichAddressIsInUse() throws Exception {
        Origin other = echoOrigin();
        ListenOptions options = new ListenOptions(other.endpoint());

        assertThatThrownBy(() -> listen(loop(), options, TransportFixture::echo))
                .isInstanceOf(TransportException.class)
                .hasMessage("cannot bind " + other.endpoint() + ": Address already in use")
                .extracting("errno")
                .isEqualTo(98);
    }

    @Test
    void shouldSayThatAUnixPathIsTooLong() {
        ListenOptions options = new ListenOptions(
                new Endpoint.Unix(folder.resolve("x".repeat(120)).toString()));

        assertThatThrownBy(() -> listen(loop(), options, TransportFixture::echo))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("too long");
    }
}
