package dev.weir.server;

/** {@code http-reuse}: for which requests a connection that served other clients before is good enough. Closed set. */
public enum ReuseMode {
    /** For none: what a client's session opened serves that session alone. */
    NEVER,
    /** For all but the first of a client's connection: such a client can repeat what fails. */
    SAFE,
    /** For a first one, too, if the connection has been reused before. */
    AGGRESSIVE,
    /** For all. */
    ALWAYS;

    /** Whether a connection that served one request may be taken. */
    boolean allowsUnproven(boolean isFirst) {
        return this == ALWAYS || !isFirst && this != NEVER;
    }

    /** Whether a connection that served more than one request may be taken. */
    boolean allowsProven(boolean isFirst) {
        return this == ALWAYS || this == AGGRESSIVE || !isFirst && this != NEVER;
    }
}
