package dev.weir.e2e;

import dev.weir.FreePort;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * A server behind the proxy. It accepts when the test says so; until then connections stand in its backlog. Its port is none that
 * the kernel gives to clients: when it is closed nobody listens there, and it can be opened again.
 */
final class BehaviourOrigin implements Closeable {
    private final ServerSocket socket;
    private final List<Closeable> opened = new ArrayList<>();

    BehaviourOrigin(int backlog) throws IOException {
        this(FreePort.next(), backlog);
    }

    BehaviourOrigin(int port, int backlog) throws IOException {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), backlog);
    }

    static BehaviourOrigin everywhere() throws IOException {
        return new BehaviourOrigin(new InetSocketAddress(FreePort.next()), 100);
    }

    private BehaviourOrigin(InetSocketAddress address, int backlog) throws IOException {
        socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(address, backlog);
        socket.setSoTimeout(BehaviourPeer.PATIENCE_MS);
    }

    int port() {
        return socket.getLocalPort();
    }

    BehaviourPeer accept() throws IOException {
        BehaviourPeer peer = new BehaviourPeer(socket.accept());
        opened.add(peer);
        return peer;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Closeable one : opened) {
            one.close();
        }
    }
}
