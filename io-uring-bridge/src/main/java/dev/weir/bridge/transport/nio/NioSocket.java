package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.SocketName;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * The channel of a connection: its names, its options, and what the selector is to tell of it. Interest that nobody needs any more
 * is taken back only when it fires: most often the next wait wants the same. Thread: the loop's.
 */
final class NioSocket {
    private final NioEventLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final boolean isUnix;
    private final SocketName peer = new SocketName();
    private final SocketName local = new SocketName();
    private int interest;

    /** @param owner hears of readiness */
    NioSocket(NioEventLoop loop, SocketChannel channel, boolean isUnix, Selectable owner) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.isUnix = isUnix;
        this.key = loop.register(channel, owner);
    }

    SocketChannel channel() {
        return channel;
    }

    /** Connected, now that the names are known. */
    void readNames() throws IOException {
        Sockets.name(channel.getRemoteAddress(), peer);
        Sockets.name(channel.getLocalAddress(), local);
    }

    SocketName peer() {
        return peer;
    }

    SocketName local() {
        return local;
    }

    // ---- readiness ----

    void want(int ops) {
        if ((interest & ops) != ops) {
            setInterest(interest | ops);
        }
    }

    boolean wants(int ops) {
        return (interest & ops) != 0;
    }

    void unwant(int ops) {
        if ((interest & ops) != 0) {
            setInterest(interest & ~ops);
        }
    }

    private void setInterest(int ops) {
        interest = ops;
        if (channel.isOpen()) {
            key.interestOps(ops);
        }
    }

    // ---- the end ----

    void shutdownOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException ignored) {
            // Reset or closed meanwhile: there is no output left to end.
        }
    }

    /** @param isReset with RST, whatever is unsent or unread */
    void close(boolean isReset) {
        if (isReset) {
            lingerZero();
        }
        try {
            channel.close();
        } catch (IOException ignored) {
            // The descriptor is gone whatever close says.
        }
    }

    private void lingerZero() {
        if (isUnix) {
            return;
        }
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException ignored) {
            // Gone already.
        }
    }

    /** Nothing that is sent from now on reaches the peer, as far as the kernel lets us. */
    void silence(int ttl) {
        if (!isUnix) {
            loop.raw().silence(channel, peer.family() == SocketName.Family.IPV6, ttl);
        }
    }

    // ---- options ----

    void mark(int mark) {
        loop.raw().mark(channel, mark);
    }

    void tos(int tos) {
        try {
            if (!isUnix) {
                channel.setOption(StandardSocketOptions.IP_TOS, tos);
            }
        } catch (IOException ignored) {
            // Gone already.
        }
    }

    long tcpInfo(Connection.TcpInfo figure) {
        return isUnix ? -1 : loop.raw().tcpInfo(channel, figure);
    }
}
