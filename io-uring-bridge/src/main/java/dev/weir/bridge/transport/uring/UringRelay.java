package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.transport.Relay;
import dev.weir.bridge.transport.Relay.End;

/**
 * Both directions of a session, driven by completions alone: what arrives at one side is sent from its block to the other, one
 * send in flight a direction. A side whose data cannot leave stops receiving, so a slow reader holds a few blocks and no more.
 *
 * <p>Thread: the loop's. Reused from session to session.
 */
final class UringRelay {
    private final UringEventLoop loop;
    private final Direction toServer;
    private final Direction toClient;
    private final IdleLimits limits;
    private final IdleTimer timer = new IdleTimer();
    private final Runnable completion = this::complete;
    private UringConnection client;
    private UringConnection server;
    private Relay outcome;
    private Thread sleeper;
    private Runnable afterwards;
    private boolean settled;
    UringRelay nextFree;

    UringRelay(UringEventLoop loop) {
        this.loop = loop;
        toServer = new Direction(this, loop, true);
        toClient = new Direction(this, loop, false);
        limits = new IdleLimits(toServer, toClient);
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
        limits.end();
        loop.giveBack(this);
    }

    private void begin(UringConnection client, UringConnection server, Relay outcome) {
        this.client = client;
        this.server = server;
        this.outcome = outcome;
        this.settled = false;
        limits.begin(outcome, loop.nanoTime());
        boolean mayStop = outcome.stopWhenServerSpeaks;
        toServer.begin(client, server, mayStop ? Relay.Splice.NEVER : outcome.spliceToServer, mayStop);
        toClient.begin(server, client, outcome.spliceToClient, mayStop);
        client.attach(this);
        server.attach(this);
        beginDirections();
        armTimer();
    }

    private void beginDirections() {
        if (client.isKilled() || server.isKilled() || loop.isEnding()) {
            finish(End.KILLED);
        } else if (!client.isOpen()) {
            finish(End.CLIENT_FAILED);
        } else if (!server.isOpen()) {
            finish(End.SERVER_FAILED);
        } else {
            begin(toServer);
        }
        if (outcome.end == null && outcome.stopWhenServerSpeaks && hasSpoken()) {
            finish(End.SERVER_SPOKE);
        } else if (outcome.end == null) {
            begin(toClient);
        }
    }

    private void begin(Direction direction) {
        if (direction.source.inputEnded()) {
            onSourceEnded(direction);
        }
        direction.pump();
    }

    // ---- events ----

    void onInput(UringConnection source, int bytes) {
        if (outcome.end != null) {
            settle();
            return;
        }
        Direction direction = directionFrom(source);
        limits.onReceived(direction, loop.nanoTime());
        if (source.inputEnded()) {
            onSourceEnded(direction);
        }
        if (source == server && outcome.stopWhenServerSpeaks && hasSpoken()) {
            finish(End.SERVER_SPOKE);
        } else {
            direction.onInput(bytes);
        }
    }

    void onSent(UringConnection target, int result) {
        Direction direction = directionTo(target);
        if (outcome.end == null) {
            direction.onSent(result);
        } else {
            direction.onLastSent(result);
            settle();
        }
    }

    /** What the session wrote before has left. */
    void onOutputDone(UringConnection target) {
        if (outcome.end == null) {
            directionTo(target).pump();
        }
    }

    void onReady(UringConnection connection, boolean isInput) {
        if (outcome.end != null) {
            settle();
            return;
        }
        (isInput ? directionFrom(connection) : directionTo(connection)).onReady();
    }

    void kill() {
        finish(End.KILLED);
    }

    // ---- what the directions say ----

    /** The source has ended its stream; what it sent before may still be on its way. */
    void onSourceEnded(Direction direction) {
        if (!outcome.halfClosed) {
            outcome.halfClosed = true;
            outcome.clientEndedFirst = direction.towardsServer;
        }
    }

    /** A direction has delivered everything and its source ended or failed. */
    void onDirectionDone(Direction direction) {
        if (direction.source.hasFailed()) {
            finish(failureOf(direction.source));
        } else if (oppositeOf(direction).isDone()) {
            finish(direction.target.hasFailed() ? failureOf(direction.target) : End.FINISHED);
        } else if (outcome.isAbruptTo(direction.towardsServer)) {
            finish(End.FINISHED);
        } else {
            direction.target.shutdownOutput();
            armTimer();
        }
    }

    /**
     * Sending failed. A target that has gone away may have said something before, which is still delivered: its stream is over,
     * so that is not for long.
     */
    void onTargetFailed(Direction direction, int errno) {
        boolean isGone = errno == Errno.EPIPE || errno == Errno.ECONNRESET;
        if (!isGone || oppositeOf(direction).isDone() || outcome.stopWhenServerSpeaks) {
            finish(failureOf(direction.target));
        }
    }

    private End failureOf(UringConnection side) {
        return side == client ? End.CLIENT_FAILED : End.SERVER_FAILED;
    }

    /** Bytes pass from the source on to the target. */
    void onMoving(Direction direction) {
        limits.onReceived(direction, loop.nanoTime());
        limits.onSent(direction, loop.nanoTime());
    }

    /** Bytes are on their way to the target. */
    void onSending(Direction direction) {
        limits.onSent(direction, loop.nanoTime());
    }

    /** Bytes have left. */
    void onSent(Direction direction, long bytes) {
        outcome.addBytes(direction.towardsServer, bytes);
    }

    /** The target takes again: the source, which had to wait, may speak from now on. */
    void onUnblocked(Direction direction) {
        limits.onReceived(direction, loop.nanoTime());
    }

    private boolean hasSpoken() {
        return server.available() > 0 || server.inputEnded() || server.hasFailed();
    }

    private Direction directionFrom(UringConnection source) {
        return source == client ? toServer : toClient;
    }

    private Direction directionTo(UringConnection target) {
        return target == client ? toClient : toServer;
    }

    private Direction oppositeOf(Direction direction) {
        return direction == toServer ? toClient : toServer;
    }

    // ---- the end ----

    private void finish(End end) {
        if (outcome.end != null) {
            return;
        }
        outcome.end = end;
        client.cancelForRelay();
        server.cancelForRelay();
        if (client.requests.isSendingQuietly() || server.requests.isSendingQuietly()) {
            loop.lookAgain();
        }
        settle();
    }

    private void settle() {
        if (!settled && client.isQuietForRelay() && server.isQuietForRelay()) {
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
        long lookNs = outcome.end == null ? limits.nextLookNs(loop.nanoTime()) : Long.MAX_VALUE;
        if (lookNs != Long.MAX_VALUE) {
            loop.armTimer(timer, lookNs);
        }
    }

    private void onTimer() {
        End expired = limits.expired(loop.nanoTime());
        if (expired != null) {
            finish(expired);
        } else {
            armTimer();
        }
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
