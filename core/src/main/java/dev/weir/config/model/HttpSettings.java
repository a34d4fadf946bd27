package dev.weir.config.model;

/**
 * What a proxy says about {@code mode http}, on either side.
 *
 * @param connectionMode how connections go on behind a request
 * @param reuse {@code http-reuse}
 * @param forwardedFor {@code option forwardfor}, null for none
 * @param originalTo {@code option originalto}, null for none
 * @param forwarded {@code option forwarded}, null for none
 * @param headerNames {@code option http-restrict-req-hdr-names}
 * @param keepAliveQueueMax {@code max-keep-alive-queue}, -1 for none
 * @param keptConnectionsMax {@code max-session-srv-conns}
 * @param serverNameHeader {@code http-send-name-header}, empty for none
 */
public record HttpSettings(
        ConnectionMode connectionMode,
        Reuse reuse,
        AddressFieldLine forwardedFor,
        AddressFieldLine originalTo,
        ForwardedLine forwarded,
        HeaderNames headerNames,
        int keepAliveQueueMax,
        int keptConnectionsMax,
        String serverNameHeader,
        MonitorSettings monitor) {
    /** {@code option http-keep-alive}, {@code http-server-close}, {@code httpclose}. */
    public enum ConnectionMode {
        KEEP_ALIVE,
        SERVER_CLOSE,
        CLOSE
    }

    /** {@code option http-restrict-req-hdr-names}. */
    public enum HeaderNames {
        PRESERVE,
        DELETE,
        REJECT
    }

    /** {@code http-reuse}. */
    public enum Reuse {
        NEVER,
        SAFE,
        AGGRESSIVE,
        ALWAYS
    }
}
