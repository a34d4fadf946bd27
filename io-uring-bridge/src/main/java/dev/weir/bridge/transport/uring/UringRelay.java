package dev.weir.bridge.transport.uring;

import dev.weir.bridge.transport.Relay;
import dev.weir.bridge.transport.Relay.End;

/**
 * Both directions of a session, driven by completions alone: what arrives at one side is sent from its block to the other, one
 * send in flight a direction. A side whose data cannot leave stops receiving, so a slow reader holds a few blocks and no more.
 *
 * <p>A first send is not allowed to wait in the kernel, so that its completion comes within the same kernel entry and the loop
 * knows how many completions to expect (see {@link UringEventLoop}); only what did not fit is sent again, waiting.
 *
 * <p>Thread: the loop's. Reused from session to session.
 */
final class UringRelay {
    private final UringEventLoop loop;
    private final Direction toServer;
    private final Direction toClient;
    private final IdleTimer timer = new IdleTimer();
    private final Runnable completion = this::complete;
    private UringConnection client;
    private UringConnection server;
    private Relay outcome;
    private Thread sleeper;
    private Runnable afterwards;
    private long clientActiveNs;
    private long serverActiveNs;
    private boolean settled;
    UringRelay nextFree;

    UringRelay(UringEventLoop loop) {
        this.loop = loop;
        toServer = new Direction(this, true);
        toClient = new Direction(this, false);
    }

    /** Runs a whole relay; parks the calling virtual thread until nothing is in flight. */
    void run(UringConnection client, UringConnection server, Relay outcome) {
        sleeper = Thread.currentThread();
        begin(client, server, outcome);
        while (!settled) {
            loop.park();
        }
        end();
    }

    /** Starts a relay and returns; the loop runs the task when nothing is in flight any more. */
    void start(UringConnection client, UringConnection server, Relay outcome, Runnable afterwards) {
        this.afterwards = afterwards;
        begin(client, server, outcome);
    }

    /** From the run queue, not from within an event: whoever handles that event still looks at us. */
    private void complete() {
        Runnable task = afterwards;
        end();
        task.run();
    }

    private void end() {
        loop.disarmTimer(timer);
        client.detach();
        server.detach();
        client = null;
        server = null;
        outcome = null;
        sleeper = null;
        afterwards = null;
        toServer.end();
        toClient.end();
        loop.giveBack(this);
    }

    private void startDirections() {
        if (outcome.end == null) {
            toServer.pump();
        }
        if (outcome.end == null && outcome.stopWhenServerSpeaks && hasSpoken()) {
            finish(End.SERVER_SPOKE);
        }
        if (outcome.end == null) {
            toClient.pump();
        }
    }

    private void begin(UringConnection client, UringConnection server, Relay outcome) {
        this.client = client;
        this.server = server;
        this.outcome = outcome;
        this.settled = false;
        clientActiveNs = loop.nanoTime();
        serverActiveNs = clientActiveNs;
        boolean mayStop = outcome.stopWhenServerSpeaks;
        toServer.begin(client, server, mayStop ? Relay.Splice.NEVER : outcome.spliceToServer);
        toClient.begin(server, client, outcome.spliceToClient);
        client.attach(this);
        server.attach(this);
        if (client.isKilled() || server.isKilled()) {
            finish(End.KILLED);
        }
        startDirections();
        armTimer();
    }

    // ---- events ----

    void onInput(UringConnection source, int bytes) {
        if (outcome.end != null) {
            settle();
            return;
        }
        touch(source);
        if (source == server && outcome.stopWhenServerSpeaks && hasSpoken()) {
            finish(End.SERVER_SPOKE);
        } else {
            directionFrom(source).onInput(bytes);
        }
    }

    void onSent(UringConnection target, int result) {
        Direction direction = directionFrom(otherOf(target));
        if (outcome.end == null) {
            direction.onSent(result);
        } else {
            direction.onLastSent(result);
            settle();
        }
    }

    void onReady(UringConnection connection, boolean input) {
        if (outcome.end != null) {
            settle();
            return;
        }
        directionFrom(input ? connection : otherOf(connection)).onReady();
    }

    void kill() {
        finish(End.KILLED);
    }

    /** A direction has delivered everything and its source ended or failed. */
    void onDirectionDone(Direction direction) {
        UringConnection source = direction.source;
        if (source.failure() != 0) {
            finish(source == client ? End.CLIENT_FAILED : End.SERVER_FAILED);
        } else if (directionFrom(direction.target).isDone()) {
            finish(End.FINISHED);
        } else {
            outcome.clientEndedFirst = source == client;
            outcome.halfClosed = true;
            direction.target.shutdownOutput();
            if (direction.target.failure() != 0) {
                onTargetFailed(direction.target);
            } else {
                armTimer();
            }
        }
    }

    /** Sending failed. What the target still had to say was received before or is lost with it. */
    void onTargetFailed(UringConnection target) {
        finish(target == client ? End.CLIENT_FAILED : End.SERVER_FAILED);
    }

    void countSent(Direction direction, long bytes) {
        outcome.addBytes(direction.towardsServer, bytes);
        if (!outcome.independentStreams) {
            touch(direction.target);
        }
    }

    void touch(UringConnection side) {
        if (side == client) {
            clientActiveNs = loop.nanoTime();
        } else {
            serverActiveNs = loop.nanoTime();
        }
    }

    private boolean hasSpoken() {
        return server.available() > 0 || server.inputEnded() || server.failure() != 0;
    }

    private Direction directionFrom(UringConnection source) {
        return source == client ? toServer : toClient;
    }

    private UringConnection otherOf(UringConnection side) {
        return side == client ? server : client;
    }

    UringEventLoop loop() {
        return loop;
    }

    // ---- the end ----

    private void finish(End end) {
        if (outcome.end != null) {
            return;
        }
        outcome.end = end;
        toServer.retractInline();
        toClient.retractInline();
        outcome.halfClosed |= client.inputEnded() || server.inputEnded();
        takeBack(client);
        takeBack(server);
        settle();
    }

    private static void takeBack(UringConnection side) {
        side.cancelReceive();
        side.cancelSend();
        side.cancelPolls();
    }

    private void settle() {
        if (!settled && client.isQuiet() && server.isQuiet()) {
            settled = true;
            if (afterwards != null) {
                loop.execute(completion);
            } else if (sleeper != Thread.currentThread()) {
                loop.unpark(sleeper);
            }
        }
    }

    // ---- idleness ----

    /** One timer a relay, armed lazily: traffic only writes a time, and the timer looks at it when it fires. */
    private void armTimer() {
        long deadline = Math.min(deadline(true), deadline(false));
        if (deadline != Long.MAX_VALUE && outcome.end == null) {
            loop.armTimer(timer, deadline);
        }
    }

    private void onTimer() {
        long now = loop.nanoTime();
        if (now >= deadline(true)) {
            finish(End.CLIENT_TIMED_OUT);
        } else if (now >= deadline(false)) {
            finish(End.SERVER_TIMED_OUT);
        } else {
            armTimer();
        }
    }

    /** When a side will have been idle for too long; never, while nothing is expected of it. */
    private long deadline(boolean ofClient) {
        UringConnection side = ofClient ? client : server;
        Direction from = directionFrom(side);
        Direction to = directionFrom(otherOf(side));
        long limit = limit(ofClient, side);
        boolean isAwaited = !side.inputEnded() && !from.isHeldBack() || to.isHeldBack();
        return limit == 0 || !isAwaited ? Long.MAX_VALUE : lastActive(ofClient) + limit;
    }

    /** With a tunnel limit any traffic counts for both sides. */
    private long lastActive(boolean ofClient) {
        if (outcome.tunnelIdleNs > 0) {
            return Math.max(clientActiveNs, serverActiveNs);
        }
        return ofClient ? clientActiveNs : serverActiveNs;
    }

    private long limit(boolean ofClient, UringConnection side) {
        long fin = ofClient ? outcome.clientFinIdleNs : outcome.serverFinIdleNs;
        if (side.isOutputShut() && fin > 0) {
            return fin;
        }
        long idle = ofClient ? outcome.clientIdleNs : outcome.serverIdleNs;
        return outcome.tunnelIdleNs > 0 ? outcome.tunnelIdleNs : idle;
    }

    private final class IdleTimer extends UringEventLoop.Timeout {
        @Override
        protected void fire() {
            if (outcome != null && outcome.end == null) {
                onTimer();
            }
        }
    }
}
