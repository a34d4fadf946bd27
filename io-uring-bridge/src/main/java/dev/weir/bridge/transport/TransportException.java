package dev.weir.bridge.transport;

/** The operator's failures at start: an address in use, a permission missing, a kernel that refuses. The message is for him. */
public final class TransportException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int errno;

    public TransportException(String message, int errno) {
        super(message);
        this.errno = errno;
    }

    public TransportException(String message, Throwable cause) {
        super(message, cause);
        this.errno = 0;
    }

    /** The kernel's number, 0 where there is none. */
    public int errno() {
        return errno;
    }
}
