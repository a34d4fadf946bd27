package dev.weir.proxy;

/**
 * What a frontend or a backend in {@code mode http} says of requests and responses. Filled by the compiler, then only read. Times
 * in milliseconds, 0 for none.
 */
public class HttpSide {
    /** How connections go on behind a request; of both sides the stronger one holds. Closed set, in order of strength. */
    public enum ConnectionMode {
        /** {@code option http-keep-alive}: both stay. */
        KEEP_ALIVE,
        /** {@code option http-server-close}: the server's is closed behind each response. */
        SERVER_CLOSE,
        /** {@code option httpclose}: both are closed. */
        CLOSE
    }

    public ConnectionMode connectionMode = ConnectionMode.KEEP_ALIVE;
}
