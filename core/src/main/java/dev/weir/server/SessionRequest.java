package dev.weir.server;

import dev.weir.bridge.transport.SocketName;
import org.agrona.concurrent.UnsafeBuffer;

/** What a session says when it asks for a server. Owned and reused by the session; {@link #reset} before each use. */
public final class SessionRequest {
    /** Whether {@link #hash} decides (algorithms that hash, and a key was found). */
    public boolean hasHash;

    public int hash;
    /** {@code set-priority-class}: lower goes first. */
    public int priorityClass;
    /** {@code set-priority-offset}, milliseconds. */
    public int priorityOffsetMs;
    /** The server of {@code use-server} or of persistence, or null. */
    public Server direct;
    /** {@code force-persist}: the direct server whatever its state. */
    public boolean isForced;
    /** {@code set-retries}; -1 for the backend's own. */
    public int retriesMax = -1;
    /** {@code set-bc-mark} and {@code set-bc-tos}, 0 for none: connections that are marked otherwise will not do. */
    public int mark;

    public int tos;
    /** Fills what follows for the server that was chosen; null where it is filled, or nobody wants it. */
    public ClientNames names;
    /** Client and the address it connected to, as PROXY headers shall say; {@code 0.0.0.0} servers and shifted ports use the second. */
    public final SocketName client = new SocketName();

    public final SocketName clientDestination = new SocketName();
    /** For {@code proxy-v2-options unique-id}: views of the session's own bytes, which live as long as the request. */
    public final UnsafeBuffer uniqueId = new UnsafeBuffer(0, 0);

    public boolean hasUniqueId;
    /** For {@code proxy-v2-options authority}. */
    public final UnsafeBuffer authority = new UnsafeBuffer(0, 0);

    public boolean hasAuthority;
    /** For {@code set-proxy-v2-tlv-fmt}; null where no server of the backend has one. */
    public HeaderFields headerFields;

    /** In {@code mode http}: whether it is the first of its client's connection ({@code http-reuse safe}). */
    public boolean isFirst;
    /** A GET or HEAD, which a server with {@code redir} does not get. */
    public boolean isRedirectable;
    /** In {@code mode http}: what the session kept from requests before; else null. */
    public KeptConnections kept;
    /** Where the session was served before and would like to be again ({@code option prefer-last-server}), or null. */
    public Server preferred;

    public void reset() {
        isFirst = true;
        isRedirectable = false;
        kept = null;
        preferred = null;
        hasHash = false;
        hash = 0;
        priorityClass = 0;
        priorityOffsetMs = 0;
        direct = null;
        isForced = false;
        retriesMax = -1;
        mark = 0;
        tos = 0;
        names = null;
        client.clear();
        clientDestination.clear();
        hasUniqueId = false;
        uniqueId.wrap(0, 0);
        hasAuthority = false;
        headerFields = null;
    }
}
