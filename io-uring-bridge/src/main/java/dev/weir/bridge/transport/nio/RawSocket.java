package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.Connection.TcpInfo;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.SocketOptions;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** What only the kernel's own interface can do to a socket. */
final class RawSocket {
    void pin(long cpuMask, Consumer<String> log) {}

    void prepare(ServerSocketChannel channel, Endpoint.Inet inet, ListenOptions options) throws IOException {}

    void apply(SocketOptions options, SocketChannel channel) throws IOException {}

    void choosePortLate(SocketChannel channel) {}

    void silence(SocketChannel channel) {}

    void mark(SocketChannel channel, int mark) {}

    long tcpInfo(SocketChannel channel, TcpInfo figure) {
        return -1;
    }
}
