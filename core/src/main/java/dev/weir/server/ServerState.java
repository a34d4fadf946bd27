package dev.weir.server;

/** Operational state of a server, in HAProxy's order and with its numbers ({@code srv_op_state}). */
public enum ServerState {
    /** Down. */
    STOPPED,
    /** Up, but warming up by {@code slowstart}. */
    STARTING,
    /** Up. */
    RUNNING,
    /** Up, but about to leave: takes persistent sessions only. */
    STOPPING
}
