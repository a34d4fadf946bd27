package dev.weir.config.model;

/** {@code timeout ...} in milliseconds; 0 is unset, which is for ever or the fallback that the manual names. */
public record Timeouts(
        long clientMs,
        long serverMs,
        long connectMs,
        long queueMs,
        long checkMs,
        long tunnelMs,
        long clientFinMs,
        long serverFinMs,
        long clientHandshakeMs,
        long tarpitMs,
        long httpRequestMs,
        long httpKeepAliveMs) {

    /** {@code timeout queue}, which falls back to {@code timeout connect}. */
    public long queueOrConnectMs() {
        return queueMs != 0 ? queueMs : connectMs;
    }
}
