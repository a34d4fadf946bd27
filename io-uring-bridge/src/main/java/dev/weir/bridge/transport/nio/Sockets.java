package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.SocketName;
import dev.weir.bridge.transport.SocketOptions;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/** What the JDK's own interface says and sets about sockets. */
final class Sockets {
    private Sockets() {}

    static ProtocolFamily family(InetAddress address) {
        return address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    static void name(SocketAddress address, SocketName out) {
        switch (address) {
            case InetSocketAddress inet -> out.inet(inet.getAddress(), inet.getPort());
            case null -> out.clear();
            default -> out.unix();
        }
    }

    /** Sets what is asked for, as far as the JDK can, on a connected or connecting socket; {@link RawSocket} has the rest. */
    static void apply(SocketOptions options, SocketChannel channel) throws IOException {
        setPositive(channel, StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes);
        setPositive(channel, StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes);
        if (!channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
            return;
        }
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        setPositive(channel, StandardSocketOptions.IP_TOS, options.tos);
        if (options.noLinger) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        if (options.keepAlive) {
            keepAlive(options, channel);
        }
    }

    private static void keepAlive(SocketOptions options, SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        setPositive(channel, ExtendedSocketOptions.TCP_KEEPIDLE, options.keepAliveIdleSeconds);
        setPositive(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, options.keepAliveIntervalSeconds);
        setPositive(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, options.keepAliveCount);
    }

    private static void setPositive(SocketChannel channel, SocketOption<Integer> option, int value) throws IOException {
        if (value > 0) {
            channel.setOption(option, value);
        }
    }
}
