package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Forward;
import dev.weir.bridge.transport.Forward.End;
import dev.weir.bridge.transport.loop.Flow;
import dev.weir.bridge.transport.loop.IdleLimits;
import java.nio.channels.SelectionKey;

/**
 * Moves a number of bytes one way while the virtual thread that asked sleeps. Whole blocks change hands; what is less than a
 * block the virtual thread writes itself at the end. Thread: the loop's.
 */
final class NioForward implements Mover, Flow {
    /** How many blocks are moved before others get their turn. */
    private static final int ROUNDS_MAX = 16;

    private final NioEventLoop loop;
    private final NioConnection source;
    private final NioConnection target;
    private final Forward outcome;
    private final IdleLimits limits = new IdleLimits(this, Flow.NONE);
    private final NioEventLoop.Alarm alarm;
    private final int heldByTarget;
    private final boolean targetWasOver;
    private final boolean sourceHadUnsent;
    private long blockedSinceNs;
    private int unsentBefore;
    private boolean isOver;
    private Thread sleeper;

    NioForward(NioEventLoop loop, NioConnection source, NioConnection target, Forward outcome) {
        this.loop = loop;
        this.source = source;
        this.target = target;
        this.outcome = outcome;
        this.alarm = loop.new Alarm(source, this::onAlarm);
        heldByTarget = target.available();
        targetWasOver = target.held().isOver();
        sourceHadUnsent = source.unsent() > 0;
    }

    /** Parks the calling virtual thread until it is done. */
    void run() {
        sleeper = Thread.currentThread();
        begin();
        while (!isOver) {
            loop.park();
        }
        alarm.disarm();
        source.held().stopAwaiting();
        target.held().stopAwaiting();
        source.detach();
        target.detach();
        long deadlineNs = targetDeadlineNs();
        target.output().leaveBefore(deadlineNs);
        if (outcome.end == null) {
            writeRest(deadlineNs);
        }
    }

    private long targetDeadlineNs() {
        return outcome.targetIdleNs == 0 ? Long.MAX_VALUE : loop.nanoTime() + outcome.targetIdleNs;
    }

    private void begin() {
        limits.begin(outcome, loop.nanoTime());
        source.attach(this);
        target.attach(this);
        unsentBefore = target.unsent();
        blockedSinceNs = loop.nanoTime();
        try {
            beginMoving();
        } catch (RuntimeException | Error e) {
            loop.onFault(source, e);
        }
    }

    private void beginMoving() {
        if (!source.isOpen() || !target.isOpen() || source.isKilled() || target.isKilled() || loop.ends()) {
            finish(End.KILLED);
            return;
        }
        pump();
        if (!isOver && listensToTarget()) {
            target.want(SelectionKey.OP_READ);
        }
        rearm();
    }

    private void writeRest(long deadlineNs) {
        long left = outcome.bytesLeft();
        try {
            target.write(source.input(), 0, (int) left, deadlineNs);
            source.consume((int) left);
            outcome.addBytes(left);
            outcome.end = End.DONE;
        } catch (ConnectionFailure failure) {
            outcome.end = switch (failure.kind()) {
                case KILLED, CLOSED -> End.KILLED;
                case TIMED_OUT -> End.TARGET_TIMED_OUT;
                default -> End.TARGET_FAILED;
            };
        }
    }

    // ---- what the limits ask ----

    @Override
    public boolean isReading() {
        return !isOver && source.available() == 0 && !source.held().isOver() && target.hasOutputRoom();
    }

    @Override
    public boolean isBlocked() {
        return !isOver && target.unsent() > 0;
    }

    @Override
    public long blockedSinceNs() {
        return blockedSinceNs;
    }

    @Override
    public boolean isDone() {
        return false;
    }

    // ---- events ----

    @Override
    public void onReady(NioConnection connection, int readyOps) {
        if (!isOver && (readyOps & SelectionKey.OP_READ) != 0) {
            onReadable(connection);
        }
        if (isOver) {
            connection.unwant(readyOps & SelectionKey.OP_READ);
        }
    }

    private void onReadable(NioConnection connection) {
        if (connection == source) {
            limits.onReceived(true, loop.nanoTime());
            pump();
        } else {
            onTargetReadable();
        }
    }

    private void onTargetReadable() {
        if (listensToTarget()) {
            target.readOnce();
        }
        if (hasSpoken()) {
            finish(End.TARGET_SPOKE);
        } else if (!listensToTarget()) {
            target.unwant(SelectionKey.OP_READ);
        }
    }

    /** While there is something to learn of it, and room for what it says meanwhile. */
    private boolean listensToTarget() {
        boolean listens = outcome.stopWhenTargetSpeaks || outcome.stopWhenTargetEnds;
        return listens && !target.held().isOver() && target.available() < target.inputBytesMax();
    }

    private boolean hasSpoken() {
        boolean isAnswer = outcome.stopWhenTargetSpeaks && target.available() > heldByTarget;
        boolean isHeard = outcome.stopWhenTargetSpeaks || outcome.stopWhenTargetEnds;
        return isAnswer || isHeard && target.held().isOver() && !targetWasOver;
    }

    @Override
    public void onOutput(NioConnection connection) {
        if (isOver) {
            return;
        }
        if (connection == target) {
            onTaken();
        } else if (outcome.stopWhenSourceTakes && sourceHadUnsent && source.unsent() == 0) {
            finish(End.SOURCE_TOOK);
        }
    }

    private void onTaken() {
        if (target.unsent() < unsentBefore) {
            blockedSinceNs = loop.nanoTime();
        }
        if (unsentBefore >= Connection.OUTPUT_BYTES_MAX) {
            // The source, which had to wait, may speak from now on.
            limits.onReceived(true, loop.nanoTime());
        }
        unsentBefore = target.unsent();
        pump();
    }

    @Override
    public void onKilled() {
        finish(End.KILLED);
    }

    // ---- moving ----

    private void pump() {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            passHeld();
            if (isOver || !target.hasOutputRoom() || !source.readOnce()) {
                break;
            }
            limits.onReceived(true, loop.nanoTime());
        }
        passHeld();
        if (isOver) {
            return;
        }
        if (source.available() == 0 && target.hasOutputRoom() && !source.held().isAwaitingBlock()) {
            source.want(SelectionKey.OP_READ);
        } else {
            source.unwant(SelectionKey.OP_READ);
        }
    }

    /** Passes on what is held, as far as it goes, and looks whether that was all. */
    private void passHeld() {
        if (target.output().hasFailed()) {
            finish(End.TARGET_FAILED);
            return;
        }
        long left = outcome.bytesLeft();
        int held = source.available();
        if (held > 0 && held <= left && target.hasOutputRoom()) {
            pass(held);
            left = outcome.bytesLeft();
            held = 0;
        }
        if (left == 0) {
            finish(End.DONE);
        } else if (held > left) {
            finishWithRest();
        } else if (held == 0 && source.held().isOver()) {
            finish(source.inputFailed() ? End.SOURCE_FAILED : End.SOURCE_ENDED);
        }
    }

    private void pass(int held) {
        if (target.unsent() == 0) {
            blockedSinceNs = loop.nanoTime();
        }
        outcome.addBytes(held);
        target.output().take(source.held().take());
        unsentBefore = target.unsent();
        if (target.output().hasFailed()) {
            finish(End.TARGET_FAILED);
        }
    }

    private void finishWithRest() {
        if (target.hasOutputRoom()) {
            finish(null);
        }
    }

    /** @param end null if the virtual thread is to pass on the rest */
    private void finish(End end) {
        if (isOver) {
            return;
        }
        isOver = true;
        outcome.end = end;
        if (sleeper != Thread.currentThread()) {
            loop.unpark(sleeper);
        }
    }

    // ---- time ----

    private void onAlarm() {
        if (isOver) {
            return;
        }
        if (limits.hasExpired(loop.nanoTime())) {
            finish(limits.isClientLate() ? End.SOURCE_TIMED_OUT : End.TARGET_TIMED_OUT);
        } else if (limits.isDue(loop.nanoTime())) {
            finish(End.DUE);
        } else {
            rearm();
        }
    }

    private void rearm() {
        long nextNs = isOver ? Long.MAX_VALUE : limits.nextLookNs(loop.nanoTime());
        if (nextNs != Long.MAX_VALUE) {
            alarm.arm(nextNs);
        }
    }
}
