package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Forward;
import dev.weir.bridge.transport.Meter;
import java.util.function.BooleanSupplier;

/**
 * Passes a body on from one connection to the other: what nobody has to look at is left to the loop, while the virtual thread
 * sleeps; chunk framing is walked. Thread: the exchange's. Reused.
 */
final class Transfer {
    /** How it ended. Closed set. */
    enum End {
        WHOLE,
        SOURCE_ENDED,
        SOURCE_FAILED,
        SOURCE_SILENT,
        TARGET_FAILED,
        TARGET_SILENT,
        FAULTY,
        /** The target said something before it had all: the transfer may go on later. */
        TARGET_SPOKE
    }

    private final EventLoop loop;
    private final Forward forward = new Forward();
    private final BooleanSupplier isKilled;
    /** Null without a bandwidth limit. */
    private Meter meter;

    private Thread sleeper;
    private final Runnable wake = this::wake;
    private final BooleanSupplier targetSpoke = this::hasTargetSpoken;
    private final BooleanSupplier targetHasRoom = this::hasTargetRoom;
    private Connection source;
    private Connection target;
    private int heldByTarget;
    private boolean targetWasOver;
    private boolean isForwarding;
    /** The other direction goes on meanwhile: nothing may wait for the target alone. */
    private boolean isDuplex;
    /** Bytes of the body that are held, have been looked at, and go next; behind them some that do not go. */
    private int lookedAt;

    private int dropped;
    private long pushAgainNs = Long.MAX_VALUE;
    /** Bytes passed on by the last run. */
    long bytes;

    /** @param isKilled whether the session is to end, asked when it is woken in the middle of a pause */
    Transfer(EventLoop loop, BooleanSupplier isKilled) {
        this.loop = loop;
        this.isKilled = isKilled;
    }

    /** Another body begins. */
    void begin() {
        lookedAt = dropped = 0;
    }

    /**
     * For the next run.
     *
     * @param isDuplex the other direction goes on meanwhile, whenever the run ends as if the target had spoken
     * @param waitsForSource it does so when the source has taken what was unsent to it
     * @param stopAtNs it does so at that time of the loop
     */
    void besides(boolean isDuplex, boolean waitsForSource, long stopAtNs) {
        this.isDuplex = isDuplex;
        forward.stopWhenSourceTakes = waitsForSource;
        forward.stopAtNs = stopAtNs;
    }

    /**
     * Passes on what is held, as far as the target takes it without being waited for and the limit lets it through.
     *
     * @param meter its bandwidth limit, or null
     * @return how the transfer ended, or null if there may be more
     */
    End push(Body body, Connection source, Connection target, long targetTimeoutNs, Meter meter) {
        forward.targetIdleNs = targetTimeoutNs;
        bytes = 0;
        pushAgainNs = Long.MAX_VALUE;
        End end = null;
        while (end == null && mayPush(body, source, target)) {
            int held = source.available();
            int granted = meter == null ? held : meter.grant(held, loop.nanoTime());
            pushAgainNs = granted < held ? meter.resumeNs() : Long.MAX_VALUE;
            end = granted == 0 ? null : pass(body, source, target, granted);
        }
        return end;
    }

    private boolean mayPush(Body body, Connection source, Connection target) {
        return pushAgainNs == Long.MAX_VALUE && !body.isEnded() && source.available() > 0 && hasRoom(target);
    }

    /** When the limit lets more through than the last {@link #push} did; {@link Long#MAX_VALUE} if it held nothing back. */
    long pushAgainNs() {
        return pushAgainNs;
    }

    /**
     * Waits for more of the source, and passes nothing on.
     *
     * @return null if more has come
     */
    End await(Connection source, long deadlineNs, Connection target, boolean stopsWhenTargetSpeaks) {
        attach(source, target, stopsWhenTargetSpeaks);
        listenToTarget();
        End end = hear(source, deadlineNs);
        target.whenReadable(null);
        target.watchInput(sleeper);
        this.source = null;
        this.target = null;
        return end;
    }

    private void attach(Connection source, Connection target, boolean stopsWhenTargetSpeaks) {
        this.source = source;
        this.target = target;
        heldByTarget = target.available();
        targetWasOver = isOver(target);
        forward.stopWhenTargetSpeaks = stopsWhenTargetSpeaks;
        forward.stopWhenTargetEnds = true;
        bytes = 0;
    }

    private boolean hasTargetRoom() {
        return hasRoom(target);
    }

    /** Whether a write would not wait. */
    private static boolean hasRoom(Connection target) {
        return target.unsent() < Connection.OUTPUT_BYTES_MAX;
    }

    /**
     * What is held first, then what comes. Limits are of silence.
     *
     * @param stopsWhenTargetSpeaks whether it ends when the target says something, not only when that ends its stream or fails
     * @param meter its bandwidth limit, or null
     */
    End run(
            Body body,
            Connection source,
            long sourceTimeoutNs,
            Connection target,
            long targetTimeoutNs,
            boolean stopsWhenTargetSpeaks,
            Meter meter) {
        this.meter = meter;
        attach(source, target, stopsWhenTargetSpeaks);
        forward.sourceIdleNs = sourceTimeoutNs;
        forward.targetIdleNs = targetTimeoutNs;
        End end = null;
        while (end == null) {
            end = body.isEnded() && lookedAt == 0 ? End.WHOLE : step(body, source, target);
        }
        this.source = null;
        this.target = null;
        return end;
    }

    /** @return null to go on */
    private End step(Body body, Connection source, Connection target) {
        if (hasTargetSpoken()) {
            return End.TARGET_SPOKE; // while a write waited
        }
        if (lookedAt > 0) {
            return forwardLookedAt(source, target);
        }
        if (meter == null && body.ahead() > source.available()) {
            return forward(body, source, target);
        }
        if (source.available() == 0) {
            return receive(body, source);
        }
        if (forward.stopWhenTargetSpeaks && !isDuplex && !hasRoom(target) && !isOver(target)) {
            return awaitRoom(target);
        }
        return meter == null ? pass(body, source, target, source.available()) : passMetered(body, source, target);
    }

    /** What may go of what is held; then it waits. */
    private End passMetered(Body body, Connection source, Connection target) {
        int held = source.available();
        int granted = meter.grant(held, loop.nanoTime());
        End end = granted == 0 ? null : pass(body, source, target, granted);
        return end != null || granted == held || body.isEnded() ? end : pause(target);
    }

    /** Until the limit lets more through, or there is no sense in waiting. Nobody listens to the source meanwhile. */
    private End pause(Connection target) {
        listenToTarget();
        End end = sleepUntil(meter.resumeNs(), target);
        target.whenReadable(null);
        return end;
    }

    private End sleepUntil(long untilNs, Connection target) {
        while (loop.nanoTime() < untilNs) {
            if (isKilled.getAsBoolean()) {
                return End.SOURCE_FAILED;
            }
            if (target.inputFailed()) {
                return End.TARGET_FAILED;
            }
            if (hasTargetSpoken()) {
                return End.TARGET_SPOKE;
            }
            loop.parkUntil(Math.min(untilNs, forward.stopAtNs));
        }
        return null;
    }

    /** What a run that is under way has passed on so far; 0 when there is none. On the loop. */
    long bytesUnderWay() {
        return target == null ? 0 : bytes + (isForwarding ? forward.bytesMoved() : 0);
    }

    private void wake() {
        loop.unpark(sleeper);
    }

    private boolean hasTargetSpoken() {
        boolean isAnswer = forward.stopWhenTargetSpeaks && target.available() > heldByTarget;
        boolean hasSourceTaken = forward.stopWhenSourceTakes && source.unsent() == 0;
        return isAnswer || hasSourceTaken || isDue() || isOver(target) && !targetWasOver;
    }

    private boolean isDue() {
        return forward.stopAtNs != Long.MAX_VALUE && loop.nanoTime() >= forward.stopAtNs;
    }

    private static boolean isOver(Connection target) {
        return target.inputEnded() || target.inputFailed();
    }

    private End forward(Body body, Connection source, Connection target) {
        isForwarding = true;
        loop.forward(source, target, forward.want(body.ahead()));
        isForwarding = false;
        long moved = forward.bytesMoved();
        body.passed(moved);
        bytes += moved;
        return forward.end == Forward.End.SOURCE_ENDED && body.endOfStream() ? End.WHOLE : endOfForward();
    }

    /** What was looked at goes unseen, and as slowly as the target takes it. */
    private End forwardLookedAt(Connection source, Connection target) {
        isForwarding = true;
        loop.forward(source, target, forward.want(lookedAt));
        isForwarding = false;
        long moved = forward.bytesMoved();
        lookedAt -= (int) moved;
        bytes += moved;
        if (lookedAt == 0) {
            source.consume(dropped);
        }
        return endOfForward();
    }

    /** @return null if it was all that was wanted */
    private End endOfForward() {
        return switch (forward.end) {
            case DONE -> null;
            case SOURCE_ENDED -> End.SOURCE_ENDED;
            case SOURCE_FAILED, KILLED -> End.SOURCE_FAILED;
            case TARGET_FAILED -> End.TARGET_FAILED;
            case SOURCE_TIMED_OUT -> End.SOURCE_SILENT;
            case TARGET_TIMED_OUT -> End.TARGET_SILENT;
            case TARGET_SPOKE, SOURCE_TOOK, DUE -> End.TARGET_SPOKE;
        };
    }

    private End pass(Body body, Connection source, Connection target, int most) {
        int count = body.take(source.input(), 0, most);
        int behind = body.drop(source.input(), count, most - count);
        if (body.isFaulty()) {
            return End.FAULTY;
        }
        if (isDuplex && count > 0) {
            lookedAt = count;
            dropped = behind;
            return forwardLookedAt(source, target);
        }
        End end = count == 0 ? null : write(source, target, count);
        source.consume(count + behind);
        bytes += end == null ? count : 0;
        return end;
    }

    private End write(Connection source, Connection target, int count) {
        try {
            target.write(source.input(), 0, count, deadline(forward.targetIdleNs));
            return null;
        } catch (ConnectionFailure failure) {
            return isSilence(failure) ? End.TARGET_SILENT : End.TARGET_FAILED;
        }
    }

    /** The target takes nothing now, but may have something to say. */
    private End awaitRoom(Connection target) {
        target.watchOutput();
        try {
            target.receive(deadline(forward.targetIdleNs), targetHasRoom);
            return End.TARGET_SPOKE;
        } catch (ConnectionFailure failure) {
            return switch (failure.kind()) {
                case TIMED_OUT -> End.TARGET_SILENT;
                case KILLED -> isKilled.getAsBoolean() ? End.SOURCE_FAILED : null;
                default -> End.TARGET_FAILED;
            };
        }
    }

    private End receive(Body body, Connection source) {
        listenToTarget();
        End end = receiveListening(body, source);
        target.whenReadable(null);
        return end;
    }

    private void listenToTarget() {
        sleeper = Thread.currentThread();
        boolean isTold = forward.stopWhenTargetSpeaks && target.whenReadable(wake);
        if (!isTold && !targetWasOver) {
            target.watchInput(sleeper);
        }
        if (forward.stopWhenSourceTakes) {
            source.watchOutput();
        }
    }

    private End receiveListening(Body body, Connection source) {
        End end = hear(source, deadline(forward.sourceIdleNs));
        return end == End.SOURCE_ENDED && body.endOfStream() ? End.WHOLE : end;
    }

    /** @return null if more has come */
    private End hear(Connection source, long deadlineNs) {
        try {
            int received = source.receive(Math.min(deadlineNs, forward.stopAtNs), targetSpoke);
            return received == Connection.END_OF_STREAM ? End.SOURCE_ENDED : null;
        } catch (ConnectionFailure failure) {
            boolean isHeard = targetSpoke.getAsBoolean() && !isKilled.getAsBoolean();
            return switch (failure.kind()) {
                case TIMED_OUT -> isDue() ? End.TARGET_SPOKE : End.SOURCE_SILENT;
                case KILLED -> isHeard ? End.TARGET_SPOKE : End.SOURCE_FAILED;
                default -> End.SOURCE_FAILED;
            };
        }
    }

    private static boolean isSilence(ConnectionFailure failure) {
        return failure.kind() == ConnectionFailure.Kind.TIMED_OUT;
    }

    private long deadline(long timeoutNs) {
        return timeoutNs == 0 ? Long.MAX_VALUE : loop.nanoTime() + timeoutNs;
    }
}
