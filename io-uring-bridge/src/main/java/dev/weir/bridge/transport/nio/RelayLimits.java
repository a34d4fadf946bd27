package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.Relay;
import dev.weir.bridge.transport.Relay.End;

/**
 * When a relay has been idle for too long. Activity only stamps a time; whoever holds the timer asks when to look again, which is
 * never later than the first limit can pass, and seldom more than once per limit.
 *
 * <p>As in HAProxy, a side's limit counts while something is expected of it: that it speaks (its stream has not ended, and we
 * do read it), or that it takes what is there for it. Thread: the loop's.
 */
final class RelayLimits {
    private final Relay relay;
    private final NioDirection fromClient;
    private final NioDirection fromServer;
    private long clientActiveNs;
    private long serverActiveNs;
    private long anyActiveNs;

    RelayLimits(Relay relay, NioDirection fromClient, NioDirection fromServer, long nowNs) {
        this.relay = relay;
        this.fromClient = fromClient;
        this.fromServer = fromServer;
        clientActiveNs = nowNs;
        serverActiveNs = nowNs;
        anyActiveNs = nowNs;
    }

    void received(boolean fromTheClient, long nowNs) {
        anyActiveNs = nowNs;
        if (fromTheClient) {
            clientActiveNs = nowNs;
        } else {
            serverActiveNs = nowNs;
        }
    }

    void sent(boolean toTheServer, long nowNs) {
        anyActiveNs = nowNs;
        if (!relay.independentStreams) {
            if (toTheServer) {
                serverActiveNs = nowNs;
            } else {
                clientActiveNs = nowNs;
            }
        }
    }

    /** Which limit has passed; null if none. When both have, the client is named, as in HAProxy's logs. */
    End expired(long nowNs) {
        long clientNs = expiryNs(clientLimitNs(), fromClient, fromServer, activeNs(clientActiveNs));
        long serverNs = expiryNs(serverLimitNs(), fromServer, fromClient, activeNs(serverActiveNs));
        if (Math.min(clientNs, serverNs) > nowNs) {
            return null;
        }
        return clientNs <= serverNs ? End.CLIENT_TIMED_OUT : End.SERVER_TIMED_OUT;
    }

    /** When {@link #expired} has to be asked again; {@link Long#MAX_VALUE} for never. */
    long nextLookNs(long nowNs) {
        return Math.min(
                lookNs(clientLimitNs(), fromClient, fromServer, activeNs(clientActiveNs), nowNs),
                lookNs(serverLimitNs(), fromServer, fromClient, activeNs(serverActiveNs), nowNs));
    }

    /** With a tunnel limit any traffic counts for both sides. */
    private long activeNs(long ownActiveNs) {
        return relay.tunnelIdleNs > 0 ? anyActiveNs : ownActiveNs;
    }

    /** A limit that does not count now may begin to count at any moment, and then passes after its whole length at the earliest. */
    private static long lookNs(long limitNs, NioDirection from, NioDirection to, long activeNs, long nowNs) {
        return limitNs == 0 ? Long.MAX_VALUE : Math.min(nowNs + limitNs, expiryNs(limitNs, from, to, activeNs));
    }

    /** @param from the direction that reads this side; @param to the one that writes to it */
    private static long expiryNs(long limitNs, NioDirection from, NioDirection to, long activeNs) {
        if (limitNs == 0) {
            return Long.MAX_VALUE;
        }
        long expiryNs = from.isReading() ? activeNs + limitNs : Long.MAX_VALUE;
        return to.isBlocked() ? Math.min(expiryNs, to.blockedSinceNs() + limitNs) : expiryNs;
    }

    private long clientLimitNs() {
        return limitNs(relay.clientIdleNs, relay.clientFinIdleNs, fromServer.isEnded());
    }

    private long serverLimitNs() {
        return limitNs(relay.serverIdleNs, relay.serverFinIdleNs, fromClient.isEnded());
    }

    /** @param isOutputShut whether the side was told the end of what it gets: then its half-closed limit holds, if there is one */
    private long limitNs(long idleNs, long finNs, boolean isOutputShut) {
        if (isOutputShut && finNs > 0) {
            return finNs;
        }
        return relay.tunnelIdleNs > 0 ? relay.tunnelIdleNs : idleNs;
    }
}
