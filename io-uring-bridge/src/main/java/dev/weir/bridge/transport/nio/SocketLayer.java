package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.SocketName;
import dev.weir.bridge.transport.loop.DescriptorPassing;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The lowest layer of a connection: its socket, with the names, the options and what the selector is to tell of it. Thread: the
 * loop's, or the one virtual thread of it that uses the connection.
 */
abstract class SocketLayer implements Connection, Selectable {
    private static final AtomicLong IDS = new AtomicLong();

    final NioEventLoop loop;
    final NioSocket socket;
    private final long id = IDS.incrementAndGet();

    SocketLayer(NioEventLoop loop, SocketChannel channel, boolean isUnix) throws IOException {
        this.loop = loop;
        this.socket = new NioSocket(loop, channel, isUnix, this);
    }

    final SocketChannel channel() {
        return socket.channel();
    }

    @Override
    public final EventLoop loop() {
        return loop;
    }

    @Override
    public final long id() {
        return id;
    }

    @Override
    public final void peerName(SocketName out) {
        out.copyFrom(socket.peer());
    }

    @Override
    public final void localName(SocketName out) {
        out.copyFrom(socket.local());
    }

    // ---- readiness ----

    final void want(int ops) {
        socket.want(ops);
    }

    final boolean wants(int ops) {
        return socket.wants(ops);
    }

    final void unwant(int ops) {
        socket.unwant(ops);
    }

    // ---- options ----

    @Override
    public final void mark(int mark) {
        if (isOpen()) {
            socket.mark(mark);
        }
    }

    @Override
    public final void pass(byte[] bytes, List<Integer> descriptors) throws ConnectionFailure {
        DescriptorPassing.send(RawSocket.descriptorOf(socket.channel()), bytes, descriptors);
    }

    @Override
    public final void tos(int tos) {
        socket.tos(tos);
    }

    @Override
    public final long tcpInfo(TcpInfo figure) {
        return isOpen() ? socket.tcpInfo(figure) : -1;
    }
}
