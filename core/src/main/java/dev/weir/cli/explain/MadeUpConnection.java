package dev.weir.cli.explain;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.SocketName;
import dev.weir.stream.ConnectionFacts;

/**
 * The client's end of a connection that is not there.
 *
 * @param port that it leads to
 */
record MadeUpConnection(MadeUpRequest request, int port) implements ConnectionFacts {
    private static final int CLIENT_PORT = 50_000;

    @Override
    public void peerName(SocketName out) {
        out.inet(request.source(), CLIENT_PORT);
    }

    @Override
    public void localName(SocketName out) {
        out.inet(request.destination(), port);
    }

    @Override
    public long tcpInfo(Connection.TcpInfo figure) {
        return -1;
    }
}
