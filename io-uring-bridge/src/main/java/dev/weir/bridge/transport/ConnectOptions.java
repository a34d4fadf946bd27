package dev.weir.bridge.transport;

/** How to open an outgoing connection. Filled once, then only read, or owned by one virtual thread that changes it between connects. */
public final class ConnectOptions {
    public final SocketOptions socket = new SocketOptions();
    /** Local address to bind before connecting, or null. Its port 0 lets the kernel choose late (IP_BIND_ADDRESS_NO_PORT). */
    public Endpoint.Inet source;
    /** First and last local port tried with {@link #source}; 0 is the source's own port. */
    public int sourcePortFirst;

    public int sourcePortLast;

    /** Becomes equal to those. */
    public void copyFrom(ConnectOptions options) {
        socket.copyFrom(options.socket);
        source = options.source;
        sourcePortFirst = options.sourcePortFirst;
        sourcePortLast = options.sourcePortLast;
    }
}
