package dev.weir.stream;

/**
 * How long a stream's sides may be silent, in milliseconds, 0 for ever: as frontend and backend say, unless a rule has said otherwise
 * ({@code set-timeout}). What a rule said of the server's side holds whatever backend is chosen. Owned by the stream's thread.
 */
public final class StreamTimeouts {
    private long clientMs;
    private long serverMs;
    private long tunnelMs;
    private boolean hasSetServer;
    private boolean hasSetTunnel;

    /** @param frontend null for streams without one */
    void start(FrontendView frontend) {
        clientMs = frontend == null ? 0 : frontend.clientTimeoutMs();
    }

    /** @param backend null for none */
    void enter(BackendView backend) {
        if (!hasSetServer) {
            serverMs = backend == null ? 0 : backend.serverTimeoutMs();
        }
        if (!hasSetTunnel) {
            tunnelMs = backend == null ? 0 : backend.tunnelTimeoutMs();
        }
    }

    /** Forgets the server's side. */
    void clear() {
        serverMs = tunnelMs = 0;
        hasSetServer = hasSetTunnel = false;
    }

    /** {@code timeout client}, {@code cur_client_timeout}. */
    public long clientMs() {
        return clientMs;
    }

    /** {@code set-timeout client}. */
    public void setClientMs(long timeoutMs) {
        clientMs = timeoutMs;
    }

    /** {@code timeout server}, {@code cur_server_timeout}. */
    public long serverMs() {
        return serverMs;
    }

    /** Whether a rule has said how long the server's side may be silent. */
    public boolean hasSetServer() {
        return hasSetServer;
    }

    /** {@code set-timeout server}. */
    public void setServerMs(long timeoutMs) {
        serverMs = timeoutMs;
        hasSetServer = true;
    }

    /** {@code timeout tunnel}, {@code cur_tunnel_timeout}. */
    public long tunnelMs() {
        return tunnelMs;
    }

    /** {@code set-timeout tunnel}. */
    public void setTunnelMs(long timeoutMs) {
        tunnelMs = timeoutMs;
        hasSetTunnel = true;
    }
}
