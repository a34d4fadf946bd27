package dev.weir.config.model;

/** {@code option ...} switches that matter in {@code mode tcp}. */
public enum ProxyOption {
    /** Gives up a queued session whose client has gone. */
    ABORTONCLOSE,
    ALLBACKUPS,
    CLITCPKA,
    DONTLOG_NORMAL,
    DONTLOGNULL,
    INDEPENDENT_STREAMS,
    LOG_HEALTH_CHECKS,
    LOG_SEPARATE_ERRORS,
    LOGASAP,
    NOLINGER,
    /** Persist on a server that is down ({@code option persist}). */
    PERSIST,
    SPLICE_REQUEST,
    SPLICE_RESPONSE,
    SRVTCPKA;

    /** Its bit in {@link ProxyOptions#bits()}. */
    public long bit() {
        return 1L << ordinal();
    }
}
