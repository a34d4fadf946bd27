package dev.weir.bridge.transport.uring;

import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Forward;
import dev.weir.bridge.transport.Forward.End;
import dev.weir.bridge.transport.loop.Flow;
import dev.weir.bridge.transport.loop.IdleLimits;

/**
 * Moves a number of bytes one way while the virtual thread that asked sleeps. Whole blocks change hands; what is less than a
 * block the virtual thread writes itself at the end.
 *
 * <p>Thread: the loop's. Reused from message to message.
 */
final class UringForward implements Mover, DirectionOwner {
    private final UringEventLoop loop;
    private final Direction direction;
    private final IdleLimits limits;
    private final IdleTimer timer = new IdleTimer();
    private UringConnection source;
    private UringConnection target;
    private Forward outcome;
    private Thread sleeper;
    private boolean over;
    private int heldByTarget;
    private boolean targetWasOver;
    private boolean sourceHadUnsent;

    UringForward(UringEventLoop loop) {
        this.loop = loop;
        direction = new Direction(this, true);
        limits = new IdleLimits(direction, Flow.NONE);
    }

    /** What is held may do: then nobody sleeps, and no forward is needed. */
    static boolean passesHeld(UringConnection source, UringConnection target, Forward outcome) {
        long left = outcome.bytesLeft();
        if (left > source.available() || left > 0 && left > source.held().headLength() || !target.hasOutputRoom()) {
            return false;
        }
        if (source.isKilled() || target.isKilled()) {
            outcome.end = End.KILLED;
        } else {
            passRest(source, target, outcome);
        }
        return true;
    }

    private static void passRest(UringConnection source, UringConnection target, Forward outcome) {
        int length = (int) outcome.bytesLeft();
        if (length > 0 && length == source.held().headLength() && target.hasOutputRoom()) {
            source.passHead(target.output());
            target.leaveBefore(targetDeadlineNs(target, outcome));
            outcome.addBytes(length);
        } else if (length > 0) {
            writeRest(source, target, outcome, length);
        }
        if (outcome.end == null) {
            outcome.end = End.DONE;
        }
    }

    private static long targetDeadlineNs(UringConnection target, Forward outcome) {
        return outcome.targetIdleNs == 0 ? Long.MAX_VALUE : target.loop.nanoTime() + outcome.targetIdleNs;
    }

    private static void writeRest(UringConnection source, UringConnection target, Forward outcome, int length) {
        try {
            target.write(source.input(), 0, length, targetDeadlineNs(target, outcome));
            source.consume(length);
            outcome.addBytes(length);
        } catch (ConnectionFailure failure) {
            outcome.end = switch (failure.kind()) {
                case KILLED, CLOSED -> End.KILLED;
                case TIMED_OUT -> End.TARGET_TIMED_OUT;
                default -> End.TARGET_FAILED;
            };
        }
    }

    /** Parks the calling virtual thread until it is done. */
    void run(UringConnection source, UringConnection target, Forward outcome) {
        sleeper = Thread.currentThread();
        begin(source, target, outcome);
        while (!over) {
            loop.park();
        }
        end();
        target.leaveBefore(targetDeadlineNs(target, outcome));
        if (outcome.end == null) {
            passRest(source, target, outcome);
        }
    }

    private void begin(UringConnection source, UringConnection target, Forward outcome) {
        this.source = source;
        this.target = target;
        this.outcome = outcome;
        over = false;
        heldByTarget = target.available();
        targetWasOver = target.isInputOver();
        sourceHadUnsent = source.hasUnsent();
        limits.begin(outcome, loop.nanoTime());
        direction.begin(source, target, outcome.splice, outcome.bytesLeft());
        source.attach(this);
        target.attach(this);
        try {
            beginMoving();
        } catch (RuntimeException | Error e) {
            loop.onFault(source, e);
        }
    }

    private void beginMoving() {
        if (source.isOver() || target.isOver() || loop.isEnding()) {
            finish(End.KILLED);
        } else if (target.outputFailure() != 0) {
            finish(End.TARGET_FAILED);
        } else {
            watchOtherWay();
            direction.pump();
            armTimer();
        }
    }

    private void watchOtherWay() {
        listenToTarget();
        if (outcome.stopWhenSourceTakes) {
            source.awaitOutput();
        }
    }

    private void listenToTarget() {
        boolean listens = outcome.stopWhenTargetSpeaks || outcome.stopWhenTargetEnds;
        if (listens && target.available() < target.inputBytesMax()) {
            target.armOnce();
        }
    }

    private void end() {
        loop.disarmTimer(timer);
        source.detach();
        target.detach();
        direction.end();
        source = null;
        target = null;
        outcome = null;
        limits.end();
        sleeper = null;
        loop.giveBack(this);
    }

    // ---- events ----

    @Override
    public void onInput(UringConnection connection, int bytes) {
        if (over) {
            return;
        }
        if (connection == source) {
            limits.onReceived(true, loop.nanoTime());
            direction.onInput(bytes);
        } else if (hasSpoken()) {
            finish(End.TARGET_SPOKE);
        } else {
            listenToTarget();
        }
    }

    private boolean hasSpoken() {
        boolean isAnswer = outcome.stopWhenTargetSpeaks && target.available() > heldByTarget;
        boolean isHeard = outcome.stopWhenTargetSpeaks || outcome.stopWhenTargetEnds;
        return isAnswer || isHeard && target.isInputOver() && !targetWasOver;
    }

    @Override
    public void onOutput(UringConnection connection, int bytes) {
        if (over) {
            return;
        }
        if (connection == target) {
            direction.onOutput(bytes);
        } else if (outcome.stopWhenSourceTakes && sourceHadUnsent && !source.hasUnsent()) {
            finish(End.SOURCE_TOOK);
        }
    }

    @Override
    public void onReady(UringConnection connection, boolean isInput) {
        if (!over) {
            direction.onReady();
        }
    }

    @Override
    public void kill() {
        finish(End.KILLED);
    }

    @Override
    public boolean looksAt(UringConnection connection) {
        return connection == target;
    }

    // ---- what the direction says ----

    @Override
    public void onSourceEnded(Direction direction) {}

    @Override
    public void onMoved(Direction direction, long bytes) {
        outcome.addBytes(bytes);
        limits.onReceived(true, loop.nanoTime());
    }

    @Override
    public void onTaken(Direction direction) {}

    @Override
    public void onUnblocked(Direction direction) {
        limits.onReceived(true, loop.nanoTime());
    }

    @Override
    public void onDirectionDone(Direction direction) {
        if (direction.left() == 0) {
            finish(End.DONE);
        } else if (!source.held().isEmpty()) {
            finish(null);
        } else {
            finish(source.inputFailed() ? End.SOURCE_FAILED : End.SOURCE_ENDED);
        }
    }

    @Override
    public void onTargetFailed(Direction direction, int errno) {
        finish(End.TARGET_FAILED);
    }

    // ---- the end ----

    /** @param end null if the virtual thread is to pass on the rest */
    private void finish(End end) {
        if (over) {
            return;
        }
        over = true;
        outcome.end = end;
        direction.emptyPipe();
        source.cancelPolls();
        target.cancelPolls();
        if (sleeper != Thread.currentThread()) {
            loop.unpark(sleeper);
        }
    }

    // ---- idleness ----

    /** Armed lazily: traffic only writes a time, and the timer looks at it when it fires. */
    private void armTimer() {
        long lookNs = over ? Long.MAX_VALUE : limits.nextLookNs(loop.nanoTime());
        if (lookNs != Long.MAX_VALUE) {
            loop.armTimer(timer, lookNs);
        }
    }

    private void onTimer() {
        if (limits.hasExpired(loop.nanoTime())) {
            finish(limits.isClientLate() ? End.SOURCE_TIMED_OUT : End.TARGET_TIMED_OUT);
        } else if (limits.isDue(loop.nanoTime())) {
            finish(End.DUE);
        } else {
            armTimer();
        }
    }

    private final class IdleTimer extends UringEventLoop.Timeout {
        @Override
        RingSocket dependent() {
            return source;
        }

        @Override
        protected void fire() {
            if (!over) {
                onTimer();
            }
        }
    }
}
