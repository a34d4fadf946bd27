package dev.weir.bridge.transport;

/** What happens with an accepted connection. */
@FunctionalInterface
public interface ConnectionHandler {
    /**
     * Runs on a virtual thread of the connection's loop, from accept to end. The connection is closed (gracefully, or by reset
     * when input was left unread) if it is still open on return, unless a relay has it or a task waits for its input.
     */
    void handle(Connection client);
}
