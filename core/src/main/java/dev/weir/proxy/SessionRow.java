package dev.weir.proxy;

import dev.weir.bridge.transport.SocketName;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;

/** What a session looked like at one moment. Filled once on its loop, then only read. */
public final class SessionRow {
    /** Tells it from all other sessions of this process. */
    public final long number;
    /** Since its connection, or in {@code mode http} its request, began. */
    public final long ageNs;

    public final SocketName client = new SocketName();
    public final SocketName local = new SocketName();
    public final Frontend frontend;
    public final String listener;
    /** Null until one is chosen. */
    public ServerPool backend;
    /** Null until one is chosen. */
    public Server server;

    /** Whether silence of the client or the server ends it. */
    public boolean isLimited;

    public int retries;
    /** {@code GET}, or null where there is no request. */
    public String method;
    /** As received, or null where nobody looks at the request any more. */
    public String target;

    /** Bytes from the client, and to it, so far. */
    public long bytesIn;

    public long bytesOut;
    /** Bytes that are held because the other side does not take them. */
    public int heldIn;

    public int heldOut;

    SessionRow(long number, long ageNs, Frontend frontend, String listener) {
        this.number = number;
        this.ageNs = ageNs;
        this.frontend = frontend;
        this.listener = listener;
    }
}
