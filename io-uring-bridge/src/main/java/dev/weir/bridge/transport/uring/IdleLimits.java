package dev.weir.bridge.transport.uring;

import dev.weir.bridge.transport.Relay;
import dev.weir.bridge.transport.Relay.End;

/**
 * When a relay has been idle for too long. Traffic only stamps a time; whoever holds the timer asks when to look again.
 *
 * <p>As in HAProxy, a side's limit counts while something is expected of it: that it speaks (its stream has not ended, and we
 * do read it), or that it takes what is there for it. Thread: the loop's. Times are those of the loop's clock, in nanoseconds.
 */
final class IdleLimits {
    private final Direction toServer;
    private final Direction toClient;
    private Relay relay;
    private long clientActiveNs;
    private long serverActiveNs;

    IdleLimits(Direction toServer, Direction toClient) {
        this.toServer = toServer;
        this.toClient = toClient;
    }

    void begin(Relay relay, long nowNs) {
        this.relay = relay;
        clientActiveNs = nowNs;
        serverActiveNs = nowNs;
    }

    void end() {
        relay = null;
    }

    /** The source of the direction spoke, or can speak again. */
    void onReceived(Direction direction, long nowNs) {
        stamp(direction.towardsServer, nowNs);
    }

    /** The target of the direction was given something. */
    void onSent(Direction direction, long nowNs) {
        if (!relay.independentStreams) {
            stamp(!direction.towardsServer, nowNs);
        }
    }

    /** With a tunnel limit any traffic counts for both sides. */
    private void stamp(boolean isClient, long nowNs) {
        if (isClient || relay.tunnelIdleNs > 0) {
            clientActiveNs = nowNs;
        }
        if (!isClient || relay.tunnelIdleNs > 0) {
            serverActiveNs = nowNs;
        }
    }

    /** Which limit has passed; null if none. When both have, the one that passed first. */
    End expired(long nowNs) {
        long clientNs = clientExpiryNs();
        long serverNs = serverExpiryNs();
        if (Math.min(clientNs, serverNs) > nowNs) {
            return null;
        }
        return clientNs <= serverNs ? End.CLIENT_TIMED_OUT : End.SERVER_TIMED_OUT;
    }

    /**
     * When {@link #expired} has to be asked again; {@link Long#MAX_VALUE} for never. A limit that does not count now may begin to
     * count at any moment, and then passes after its whole length at the earliest.
     */
    long nextLookNs(long nowNs) {
        long client = Math.min(clientExpiryNs(), after(nowNs, clientLimitNs()));
        return Math.min(client, Math.min(serverExpiryNs(), after(nowNs, serverLimitNs())));
    }

    private static long after(long timeNs, long limitNs) {
        return limitNs == 0 ? Long.MAX_VALUE : timeNs + limitNs;
    }

    private long clientExpiryNs() {
        return expiryNs(clientLimitNs(), toServer, toClient, clientActiveNs);
    }

    private long serverExpiryNs() {
        return expiryNs(serverLimitNs(), toClient, toServer, serverActiveNs);
    }

    private static long expiryNs(long limitNs, Direction from, Direction to, long activeNs) {
        if (limitNs == 0) {
            return Long.MAX_VALUE;
        }
        long expiryNs = from.isReading() ? activeNs + limitNs : Long.MAX_VALUE;
        return to.isBlocked() ? Math.min(expiryNs, to.blockedSinceNs() + limitNs) : expiryNs;
    }

    private long clientLimitNs() {
        return limitNs(relay.clientIdleNs, relay.clientFinIdleNs, toClient.isDone());
    }

    private long serverLimitNs() {
        return limitNs(relay.serverIdleNs, relay.serverFinIdleNs, toServer.isDone());
    }

    /** A side that was told the end of what it gets has its half-closed limit, if there is one. */
    private long limitNs(long idleNs, long finNs, boolean isTold) {
        if (isTold && finNs > 0) {
            return finNs;
        }
        return relay.tunnelIdleNs > 0 ? relay.tunnelIdleNs : idleNs;
    }
}
