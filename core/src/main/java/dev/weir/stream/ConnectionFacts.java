package dev.weir.stream;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.SocketName;

/**
 * What can be asked about a connection that costs a system call, so it is asked only when an expression or a log line wants
 * it. {@link Connection} has these methods; {@link #of} adapts it.
 */
public interface ConnectionFacts {
    /** Copies the peer's name; NONE if unknown. */
    void peerName(SocketName out);

    /** Copies the local name; NONE if unknown. */
    void localName(SocketName out);

    /** -1 where there is none. */
    long tcpInfo(Connection.TcpInfo figure);

    static ConnectionFacts of(Connection connection) {
        return new ConnectionFacts() {
            @Override
            public void peerName(SocketName out) {
                connection.peerName(out);
            }

            @Override
            public void localName(SocketName out) {
                connection.localName(out);
            }

            @Override
            public long tcpInfo(Connection.TcpInfo figure) {
                return connection.tcpInfo(figure);
            }
        };
    }
}
