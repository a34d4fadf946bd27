package dev.weir.protocol.http1;

import org.agrona.DirectBuffer;

/**
 * A message that could not be read, as {@code show errors} shows it. Immutable; any thread. Making one allocates: it is the end of a
 * connection.
 *
 * @param bytes what was held of it, from its first byte
 * @param position where the parser stopped
 * @param otherProxyId the proxy on the other side of the exchange; -1 if there is none yet
 * @param otherSide that proxy, and the server, as people read it
 * @param client address and port of the client of the exchange
 */
public record BadMessage(
        byte[] bytes,
        int position,
        HeadFault fault,
        long epochMicros,
        int otherProxyId,
        String otherSide,
        String client) {
    /** Copies what is held, up to a buffer. */
    public static BadMessage of(
            DirectBuffer held,
            int length,
            int position,
            HeadFault fault,
            long epochMicros,
            int otherProxyId,
            String otherSide,
            String client) {
        byte[] bytes = new byte[length];
        held.getBytes(0, bytes);
        return new BadMessage(bytes, Math.min(position, length), fault, epochMicros, otherProxyId, otherSide, client);
    }
}
