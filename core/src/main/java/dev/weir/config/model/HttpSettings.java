package dev.weir.config.model;

/**
 * What a proxy says about {@code mode http}, on either side.
 *
 * @param connectionMode how connections go on behind a request
 * @param reuse {@code http-reuse}
 */
public record HttpSettings(ConnectionMode connectionMode, Reuse reuse) {
    /** {@code option http-keep-alive}, {@code http-server-close}, {@code httpclose}. */
    public enum ConnectionMode {
        KEEP_ALIVE,
        SERVER_CLOSE,
        CLOSE
    }

    /** {@code http-reuse}. */
    public enum Reuse {
        NEVER,
        SAFE,
        AGGRESSIVE,
        ALWAYS
    }
}
