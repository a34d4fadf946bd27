package dev.weir.server;

/**
 * Tells who a session's client is, for servers that want to know: asked when the server is chosen, since a session that waited in
 * a queue may get one that was added meanwhile. Thread: the session's.
 */
@FunctionalInterface
public interface ClientNames {
    /** Puts into the request what the server's PROXY header, its address or its port take from the client. Idempotent. */
    void tell(ServerSettings server, SessionRequest request);
}
