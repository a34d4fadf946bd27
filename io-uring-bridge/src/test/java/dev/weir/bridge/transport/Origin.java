package dev.weir.bridge.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A plain server of the JDK on an ephemeral loopback port: a platform thread accepts, each peer is served by a virtual thread of the JDK's own. */
final class Origin implements AutoCloseable {
    /** What is done with an accepted peer; an exception ends it. */
    interface Service {
        void serve(Peer peer) throws Exception;
    }

    private final ServerSocketChannel channel;
    private final Service service;
    private final List<Peer> peers = new CopyOnWriteArrayList<>();

    Origin(Service service) throws IOException {
        this.service = service;
        this.channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        Thread.ofPlatform().daemon().name("origin").start(this::accept);
    }

    /** Sends back what it gets, and ends when its peer ends. */
    static Origin echo() throws IOException {
        return new Origin(Origin::echo);
    }

    private static void echo(Peer peer) throws IOException {
        byte[] chunk = new byte[65536];
        int got;
        while ((got = peer.read(chunk, 0, chunk.length)) != Peer.END) {
            peer.send(chunk, 0, got);
        }
        peer.halfClose();
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    Endpoint endpoint() {
        try {
            return new Endpoint.Inet(address().getAddress(), address().getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Peer peer = new Peer(channel.accept());
                peers.add(peer);
                Thread.ofVirtual().start(() -> serve(peer));
            }
        } catch (ClosedChannelException closed) {
            // The test is over.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Peer peer) {
        try (peer) {
            service.serve(peer);
        } catch (Exception expected) {
            // The proxy under test may end this session in any way: what counts is what its other side sees.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        peers.forEach(Peer::close);
    }
}
