package dev.weir.proxy;

/** What a backend in {@code mode http} adds to a {@link Backend}. Filled by the compiler, then only read. */
public final class HttpBackend extends HttpSide {
    /** {@code option accept-unsafe-violations-in-http-response}. */
    public boolean acceptsUnsafeResponses;
    /** {@code option http-pretend-keepalive}: servers whose connection will be closed are not told. */
    public boolean pretendsKeepAlive;
}
