package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.SocketName;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.loop.OwnPath;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

/** A bound, non-blocking server channel with its name, and for a UNIX socket its path. Thread: its owner's. */
final class ListeningSocket {
    private final Endpoint endpoint;
    private final ServerSocketChannel channel;
    private final SocketName name = new SocketName();
    /** Null unless a path of the file system is ours. */
    private OwnPath path;

    private volatile boolean isShared;

    private ListeningSocket(Endpoint endpoint, ServerSocketChannel channel) {
        this.endpoint = endpoint;
        this.channel = channel;
    }

    static ListeningSocket bind(ListenOptions options) throws TransportException {
        try {
            return switch (options.endpoint) {
                case Endpoint.Inet inet -> bindInet(inet, options);
                case Endpoint.Unix unix -> bindUnix(unix, options);
                case Endpoint.Abstract name -> throw beyondTheJdk(name, "abstract socket names");
                case Endpoint.Inherited inherited -> throw beyondTheJdk(inherited, "inherited descriptors");
            };
        } catch (IOException | UnsupportedOperationException e) {
            int errno = e instanceof IOException io ? Failures.errno(io) : 0;
            String message = "cannot bind " + options.endpoint + ": " + e.getMessage();
            throw errno == 0 ? new TransportException(message, e) : new TransportException(message, errno);
        }
    }

    private static TransportException beyondTheJdk(Endpoint endpoint, String what) {
        return new TransportException(
                "cannot bind " + endpoint + ": the nio transport has no " + what + "; the io_uring transport has", 0);
    }

    private static ListeningSocket bindInet(Endpoint.Inet inet, ListenOptions options) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(Sockets.family(inet.address()));
        try {
            if (options.reusePort && channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            if (options.socket.receiveBufferBytes > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, options.socket.receiveBufferBytes);
            }
            new RawSocket().prepare(channel, inet, options);
            channel.bind(new InetSocketAddress(inet.address(), inet.port()), options.backlog);
            return named(new ListeningSocket(inet, channel));
        } catch (IOException | UnsupportedOperationException e) {
            channel.close();
            throw e;
        }
    }

    private static ListeningSocket bindUnix(Endpoint.Unix unix, ListenOptions options) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX);
        try {
            ListeningSocket socket = new ListeningSocket(unix, channel);
            socket.path = UnixPath.bind(channel, unix.path(), options);
            return named(socket);
        } catch (IOException | UnsupportedOperationException e) {
            channel.close();
            throw e;
        }
    }

    private static ListeningSocket named(ListeningSocket socket) throws IOException {
        socket.channel.configureBlocking(false);
        Sockets.name(socket.channel.getLocalAddress(), socket.name);
        return socket;
    }

    ServerSocketChannel channel() {
        return channel;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    SocketName name() {
        return name;
    }

    boolean isUnix() {
        return path != null;
    }

    int share() {
        isShared = true;
        return RawSocket.descriptorOf(channel);
    }

    void close() {
        if (path != null && !isShared) {
            path.remove();
        }
        try {
            channel.close();
        } catch (IOException ignored) {
            // A listening socket has nothing to lose.
        }
    }
}
