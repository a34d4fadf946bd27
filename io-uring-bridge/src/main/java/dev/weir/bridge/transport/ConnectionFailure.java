package dev.weir.bridge.transport;

/**
 * What peers and networks do: expected, so it carries no stack trace. {@link #kind} decides retries and the log's
 * termination code; {@link #errno} is the kernel's number (0 where the transport decided).
 */
public final class ConnectionFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Closed set of causes. */
    public enum Kind {
        /** ECONNREFUSED, ENOENT of a UNIX path, and what else says that nobody listens there. */
        REFUSED,
        /** No route, network or host unreachable. */
        UNREACHABLE,
        /** The deadline that the caller gave has passed. */
        TIMED_OUT,
        /** The peer sent RST, or the kernel gave the connection up. */
        RESET,
        /** Sending to a peer that has stopped receiving (EPIPE). */
        BROKEN_PIPE,
        /** Another thread ended it through {@link Connection#kill}. */
        KILLED,
        /** No descriptor, port, memory or buffer left on this machine. */
        NO_RESOURCE,
        /** The loop stops. */
        CLOSED
    }

    private final Kind kind;
    private final int errno;

    public ConnectionFailure(Kind kind, int errno, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.errno = errno;
    }

    public Kind kind() {
        return kind;
    }

    public int errno() {
        return errno;
    }
}
