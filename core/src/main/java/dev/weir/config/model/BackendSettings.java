package dev.weir.config.model;

import java.util.List;
import java.util.Set;

/**
 * What a proxy does with servers.
 *
 * @param hashBalanceFactorPercent 0 is off, else over 100
 * @param fullConn 0 if not set
 * @param retries attempts after the first
 * @param retryOn what they may follow; empty for {@code none}
 * @param redispatchInterval {@code option redispatch [n]}: 0 is off, -1 at the last retry, n at every n-th
 * @param servers in order of declaration, templates unrolled
 * @param source null if none
 */
public record BackendSettings(
        BalanceLine balance,
        HashType hashType,
        int hashBalanceFactorPercent,
        HashAffinity affinity,
        int fullConn,
        int retries,
        Set<RetryEvent> retryOn,
        int redispatchInterval,
        List<ServerLine> servers,
        List<UseServerLine> useServers,
        List<StickLine> stickLines,
        SourceAddress source,
        Persistence persistence,
        HealthCheck check,
        ServerStateSource stateSource) {

    /** {@code hash-preserve-affinity}: whether a hash may leave a saturated server. */
    public enum HashAffinity {
        ALWAYS,
        MAXCONN,
        MAXQUEUE
    }
}
