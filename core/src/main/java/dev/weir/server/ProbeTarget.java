package dev.weir.server;

import dev.weir.bridge.transport.Endpoint;

/**
 * Where the connections of a server's checks or of its agent go, and how they begin. Immutable.
 *
 * @param address instead of the server's, or null; its port is 0 where none is given
 * @param port instead of the server's, 0 for none
 * @param sendsProxy begins with the PROXY header of the server's {@code send-proxy} kind, about the connection itself
 */
public record ProbeTarget(Endpoint address, int port, boolean sendsProxy) {
    public static final ProbeTarget SERVER = new ProbeTarget(null, 0, false);

    public ProbeTarget withAddress(Endpoint other) {
        return new ProbeTarget(other, port, sendsProxy);
    }

    public ProbeTarget withPort(int other) {
        return new ProbeTarget(address, other, sendsProxy);
    }
}
