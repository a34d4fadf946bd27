package dev.weir.proxy;

import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.SocketOptions;

/**
 * One address to listen on, as a configuration wants it. Binds of two configurations with the same {@link #identity} are the
 * same socket: a reload keeps it open.
 *
 * @param frontendName for messages
 * @param text the address as written
 * @param role what it leads to
 * @param connectionsMax {@code maxconn} of the bind line, 0 for none
 * @param position {@code [file:line]} of the bind line
 * @param loopFirst first loop that accepts, from 0
 * @param loopLast last loop that accepts; beyond the last there is: all
 */
public record Bind(
        ListenOptions options,
        String frontendName,
        String text,
        BindListener.Role role,
        int connectionsMax,
        String position,
        int loopFirst,
        int loopLast) {

    /** Everything that is fixed when the socket is opened. */
    String identity() {
        SocketOptions socket = options.socket;
        return options.endpoint + "|" + loopFirst + "-" + loopLast + "|" + options.backlog + "|" + options.v6Only + "|"
                + options.deferAcceptSeconds + "|"
                + options.unixMode + "|" + options.unixUid + "|" + options.unixGid + "|" + socket.device + "|"
                + socket.maxSegmentBytes + "|" + socket.userTimeoutMs + "|" + socket.fastOpen + "|" + socket.transparent
                + "|" + socket.keepAlive + "|" + socket.keepAliveIdleSeconds + "|" + socket.keepAliveIntervalSeconds
                + "|" + socket.keepAliveCount + "|" + socket.receiveBufferBytes + "|" + socket.sendBufferBytes;
    }
}
