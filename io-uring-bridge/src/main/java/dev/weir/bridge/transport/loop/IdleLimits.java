package dev.weir.bridge.transport.loop;

import dev.weir.bridge.transport.Forward;
import dev.weir.bridge.transport.Relay;

/**
 * When a relay, or a forward, has been idle for too long. Traffic only stamps a time; whoever holds the timer asks when to look
 * again, which is never later than the first limit can pass, and seldom more than once a limit.
 *
 * <p>As in HAProxy, a side's limit counts while something is expected of it: that it speaks (its stream has not ended, and we
 * do read it), or that it takes what is there for it. Thread: the loop's. Times are those of the loop's clock, in nanoseconds.
 */
public final class IdleLimits {
    private final Flow toServer;
    private final Flow toClient;
    /** Where the limits stand; one of the two is null. */
    private Relay relay;

    private Forward forward;
    private long clientActiveNs;
    private long serverActiveNs;

    public IdleLimits(Flow toServer, Flow toClient) {
        this.toServer = toServer;
        this.toClient = toClient;
    }

    public void begin(Relay relay, long nowNs) {
        this.relay = relay;
        clientActiveNs = nowNs;
        serverActiveNs = nowNs;
    }

    /** For one direction: the source is the client here. */
    public void begin(Forward forward, long nowNs) {
        this.forward = forward;
        clientActiveNs = nowNs;
        serverActiveNs = nowNs;
    }

    /** Nobody asks any more, until the next begins. */
    public void end() {
        relay = null;
        forward = null;
    }

    /** A side spoke, or can speak again. */
    public void onReceived(boolean fromClient, long nowNs) {
        stamp(fromClient, nowNs);
    }

    /** A side was given something. */
    public void onSent(boolean toServer, long nowNs) {
        if (relay == null || !relay.independentStreams) {
            stamp(!toServer, nowNs);
        }
    }

    /** With a tunnel limit any traffic counts for both sides. */
    private void stamp(boolean isClient, long nowNs) {
        if (isClient || isTunnel()) {
            clientActiveNs = nowNs;
        }
        if (!isClient || isTunnel()) {
            serverActiveNs = nowNs;
        }
    }

    /** Whether a limit has passed. */
    public boolean hasExpired(long nowNs) {
        return Math.min(clientExpiryNs(), serverExpiryNs()) <= nowNs;
    }

    /** Whether a side that is to speak has been silent for too long. */
    public boolean isSilent(boolean client, long nowNs) {
        Flow from = client ? toServer : toClient;
        long limitNs = client ? clientLimitNs() : serverLimitNs();
        long activeNs = client ? clientActiveNs : serverActiveNs;
        return limitNs > 0 && from.isReading() && activeNs + limitNs <= nowNs;
    }

    /** Whether a side that is to take something has not done so for too long. */
    public boolean isStuck(boolean client, long nowNs) {
        Flow to = client ? toClient : toServer;
        long limitNs = client ? clientLimitNs() : serverLimitNs();
        return limitNs > 0 && to.isBlocked() && to.blockedSinceNs() + limitNs <= nowNs;
    }

    /** Whether a forward is to stop now. */
    public boolean isDue(long nowNs) {
        return forward.stopAtNs <= nowNs;
    }

    /** When limits have passed: whether the client's was the first. */
    public boolean isClientLate() {
        return clientExpiryNs() <= serverExpiryNs();
    }

    /**
     * When {@link #hasExpired} has to be asked again; {@link Long#MAX_VALUE} for never. A limit that does not count now may begin
     * to count at any moment, and then passes after its whole length at the earliest.
     */
    public long nextLookNs(long nowNs) {
        long client = Math.min(clientExpiryNs(), after(nowNs, clientLimitNs()));
        long server = Math.min(serverExpiryNs(), after(nowNs, serverLimitNs()));
        return Math.min(Math.min(client, server), relay == null ? forward.stopAtNs : Long.MAX_VALUE);
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

    /** @param from the direction that reads this side; @param to the one that writes to it */
    private static long expiryNs(long limitNs, Flow from, Flow to, long activeNs) {
        if (limitNs == 0) {
            return Long.MAX_VALUE;
        }
        long expiryNs = from.isReading() ? activeNs + limitNs : Long.MAX_VALUE;
        return to.isBlocked() ? Math.min(expiryNs, to.blockedSinceNs() + limitNs) : expiryNs;
    }

    private long clientLimitNs() {
        if (relay == null) {
            return forward.sourceIdleNs;
        }
        return limitNs(relay.clientIdleNs, relay.clientFinIdleNs, toClient.isDone());
    }

    private long serverLimitNs() {
        if (relay == null) {
            return forward.targetIdleNs;
        }
        return limitNs(relay.serverIdleNs, relay.serverFinIdleNs, toServer.isDone());
    }

    /** A side that was told the end of what it gets has its half-closed limit, if there is one. */
    private long limitNs(long idleNs, long finNs, boolean isTold) {
        if (isTold && finNs > 0) {
            return finNs;
        }
        return isTunnel() ? relay.tunnelIdleNs : idleNs;
    }

    private boolean isTunnel() {
        return relay != null && relay.tunnelIdleNs > 0;
    }
}
