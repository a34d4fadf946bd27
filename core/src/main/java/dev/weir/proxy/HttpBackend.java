package dev.weir.proxy;

import dev.weir.protocol.http.FieldName;
import dev.weir.proxy.field.ForwardedField;

/** What a backend in {@code mode http} adds to a {@link Backend}. Filled by the compiler, then only read. */
public final class HttpBackend extends HttpSide {
    /** {@code option accept-unsafe-violations-in-http-response}. */
    public boolean acceptsUnsafeResponses;
    /** {@code option forwarded}, null for none. */
    public ForwardedField forwarded;
    /** {@code http-send-name-header}, null for none. */
    public FieldName serverNameHeader;
    /** {@code option prefer-last-server}: a session goes back to the server that it keeps a connection to. */
    public boolean prefersLastServer;
    /** {@code max-keep-alive-queue}: unless so many wait there; -1 for no limit. */
    public int keepAliveQueueMax = -1;
    /** {@code option http-drop-request-trailers}. */
    public boolean dropsRequestTrailers;
    /** {@code option checkcache}: no cookie of a server in a response that a cache may keep. */
    public boolean checksCache;
    /** {@code option http-pretend-keepalive}: servers are told, or let believe, that their connection is kept. */
    public boolean pretendsKeepAlive;
}
