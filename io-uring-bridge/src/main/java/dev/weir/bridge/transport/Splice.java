package dev.weir.bridge.transport;

/** Whether bytes may go from socket to socket without passing through user space (splice(2)). */
public enum Splice {
    /** {@code nosplice}. */
    NEVER,
    /** While the stream is bulk. */
    ADAPTIVE,
    /** {@code option splice-request}, {@code option splice-response}. */
    ALWAYS
}
