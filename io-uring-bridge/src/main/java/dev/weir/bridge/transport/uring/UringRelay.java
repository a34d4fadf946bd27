package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.transport.Relay;
import dev.weir.bridge.transport.Relay.End;
import dev.weir.bridge.transport.Splice;
import dev.weir.bridge.transport.loop.IdleLimits;

/**
 * Both directions of a session, driven by completions alone: the blocks that arrive at one side become the output of the other.
 *
 * <p>Thread: the loop's. Reused from session to session.
 */
final class UringRelay extends UringEventLoop.Timeout implements Mover, DirectionOwner, Runnable {
    private final UringEventLoop loop;
    private final Direction toServer;
    private final Direction toClient;
    private final IdleLimits limits;
    private Relay outcome;
    /** Runs at the end; null if a virtual thread waits for it, on the client's connection. */
    private Runnable afterwards;

    private boolean settled;
    /** Who was silent for too long first; null while nobody was. */
    private End silent;

    UringRelay(UringEventLoop loop) {
        this.loop = loop;
        toServer = new Direction(this, true);
        toClient = new Direction(this, false);
        limits = new IdleLimits(toServer, toClient);
    }

    /** Runs a whole relay; parks the calling virtual thread until nothing is in flight. */
    void await(UringConnection client, UringConnection server, Relay outcome) {
        begin(client, server, outcome);
        while (!settled) {
            client.await(Long.MAX_VALUE);
        }
        end();
    }

    /** Starts a relay and returns; the loop runs the task when nothing is in flight any more. */
    void start(UringConnection client, UringConnection server, Relay outcome, Runnable afterwards) {
        this.afterwards = afterwards;
        begin(client, server, outcome);
    }

    /** The end, from the run queue, not from within an event: whoever handles that event still looks at us. */
    @Override
    public void run() {
        Runnable task = afterwards;
        end();
        task.run();
    }

    private void end() {
        loop.disarmTimer(this);
        client().detach();
        server().detach();
        outcome = null;
        limits.end();
        afterwards = null;
        toServer.end();
        toClient.end();
        loop.giveBack(this);
    }

    private void begin(UringConnection client, UringConnection server, Relay outcome) {
        this.outcome = outcome;
        this.settled = false;
        silent = null;
        limits.begin(outcome, loop.nanoTime());
        boolean mayStop = outcome.stopWhenServerSpeaks;
        toServer.begin(client, server, mayStop ? Splice.NEVER : outcome.spliceToServer, outcome.meterToServer);
        toClient.begin(server, client, outcome.spliceToClient, outcome.meterToClient);
        if (mayStop) {
            toServer.receiveInPortions();
            toClient.receiveInPortions();
        }
        client.attach(this);
        server.attach(this);
        try {
            beginDirections();
            armTimer();
        } catch (RuntimeException | Error e) {
            loop.onFault(client, e); // as in any later event: both connections are in the relay's hands already
        }
    }

    private void beginDirections() {
        if (client().isKilled() || server().isKilled() || loop.isEnding()) {
            finish(End.KILLED);
        } else if (!client().isOpen() || client().outputFailure() != 0) {
            finish(End.CLIENT_FAILED);
        } else if (!server().isOpen() || server().outputFailure() != 0) {
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

    @Override
    public void onInput(UringConnection source, int bytes) {
        if (outcome.end != null) {
            settle();
            return;
        }
        Direction direction = directionFrom(source);
        limits.onReceived(direction.towardsServer, loop.nanoTime());
        if (source.inputEnded()) {
            onSourceEnded(direction);
        }
        if (source == server() && outcome.stopWhenServerSpeaks && hasSpoken()) {
            finish(End.SERVER_SPOKE);
        } else {
            direction.onInput(bytes);
        }
    }

    @Override
    public void onOutput(UringConnection target, int bytes) {
        if (outcome.end == null) {
            directionTo(target).onOutput(bytes);
        } else {
            settle();
        }
    }

    @Override
    public void onReady(UringConnection connection, boolean isInput) {
        if (outcome.end != null) {
            settle();
            return;
        }
        (isInput ? directionFrom(connection) : directionTo(connection)).onReady();
    }

    @Override
    public void kill() {
        finish(End.KILLED);
    }

    @Override
    public boolean looksAt(UringConnection connection) {
        return outcome.stopWhenServerSpeaks && connection == server();
    }

    // ---- what the directions say ----

    @Override
    public void onSourceEnded(Direction direction) {
        if (!outcome.halfClosed) {
            outcome.halfClosed = true;
            outcome.clientEndedFirst = direction.towardsServer;
        }
    }

    @Override
    public void onDirectionDone(Direction direction) {
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
    @Override
    public void onTargetFailed(Direction direction, int errno) {
        boolean isGone = errno == Errno.EPIPE || errno == Errno.ECONNRESET;
        if (!isGone || oppositeOf(direction).isDone() || outcome.stopWhenServerSpeaks) {
            finish(failureOf(direction.target));
        }
    }

    private End failureOf(UringConnection side) {
        return side == client() ? End.CLIENT_FAILED : End.SERVER_FAILED;
    }

    @Override
    public void onMoved(Direction direction, long bytes) {
        outcome.addBytes(direction.towardsServer, bytes);
        limits.onReceived(direction.towardsServer, loop.nanoTime());
        limits.onSent(direction.towardsServer, loop.nanoTime());
    }

    @Override
    public void onTaken(Direction direction) {
        limits.onSent(direction.towardsServer, loop.nanoTime());
    }

    @Override
    public void onUnblocked(Direction direction) {
        limits.onReceived(direction.towardsServer, loop.nanoTime());
    }

    private UringConnection client() {
        return toServer.source;
    }

    private UringConnection server() {
        return toClient.source;
    }

    private boolean hasSpoken() {
        return server().available() > 0 || server().inputEnded() || server().hasFailed();
    }

    private Direction directionFrom(UringConnection source) {
        return source == client() ? toServer : toClient;
    }

    private Direction directionTo(UringConnection target) {
        return target == client() ? toClient : toServer;
    }

    private Direction oppositeOf(Direction direction) {
        return direction == toServer ? toClient : toServer;
    }

    // ---- the end ----

    private void finish(End end) {
        if (outcome.end != null) {
            return;
        }
        outcome.end = silent != null && end != End.SERVER_SPOKE ? silent : end;
        toServer.endThrottling();
        toClient.endThrottling();
        client().cancelMoving();
        server().cancelMoving();
        settle();
    }

    /** Nothing may be in flight at the end; what can still leave at once does. */
    private void settle() {
        if (settled || !isQuiet(client()) || !isQuiet(server())) {
            return;
        }
        settled = true;
        if (outcome.end != End.SERVER_SPOKE) {
            forgetUnsent(toServer);
            forgetUnsent(toClient);
        }
        if (afterwards != null) {
            loop.execute(this);
        } else {
            client().wake();
        }
    }

    private boolean isQuiet(UringConnection side) {
        return side.isQuietButForSend() && (outcome.end == End.SERVER_SPOKE || !side.sendsOutputNow());
    }

    /** What the kernel did not take was not delivered. */
    private void forgetUnsent(Direction direction) {
        outcome.addBytes(direction.towardsServer, -direction.unsent());
        direction.target.discardOutput();
    }

    // ---- idleness ----

    /** One timer a relay, armed lazily: traffic only writes a time, and the timer looks at it when it fires. */
    private void armTimer() {
        long lookNs = outcome.end == null ? limits.nextLookNs(loop.nanoTime()) : Long.MAX_VALUE;
        if (lookNs != Long.MAX_VALUE) {
            loop.armTimer(this, lookNs);
        }
    }

    private void onTimer() {
        long nowNs = loop.nanoTime();
        if (limits.hasExpired(nowNs)) {
            onExpired(nowNs);
        }
        if (outcome.end == null) {
            armTimer();
        }
    }

    /** As in HAProxy, who is silent is not listened to any more while the other way goes on. */
    private void onExpired(long nowNs) {
        boolean isStuck = limits.isStuck(true, nowNs) || limits.isStuck(false, nowNs);
        if (isStuck || outcome.stopWhenServerSpeaks) {
            finish(limits.isClientLate() ? End.CLIENT_TIMED_OUT : End.SERVER_TIMED_OUT);
            return;
        }
        boolean isServerSilent = limits.isSilent(false, nowNs);
        if (limits.isSilent(true, nowNs)) {
            stopListening(toServer, End.CLIENT_TIMED_OUT);
        }
        if (isServerSilent && outcome.end == null) {
            stopListening(toClient, End.SERVER_TIMED_OUT);
        }
    }

    private void stopListening(Direction direction, End cause) {
        silent = silent == null ? cause : silent;
        direction.stopListening();
    }

    @Override
    RingSocket dependent() {
        return client();
    }

    @Override
    protected void fire() {
        if (outcome != null && outcome.end == null) {
            onTimer();
        }
    }
}
