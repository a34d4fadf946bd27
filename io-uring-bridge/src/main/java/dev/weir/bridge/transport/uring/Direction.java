package dev.weir.bridge.transport.uring;

import dev.weir.bridge.transport.Forward;
import dev.weir.bridge.transport.Meter;
import dev.weir.bridge.transport.Splice;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.loop.Flow;

/**
 * One direction of a relay or a forward: the blocks that a source received become the output of a target; while the stream is
 * bulk, its bytes go from socket to socket through a pipe ({@link Splicer}). A source whose data cannot leave stops receiving,
 * so a slow reader holds a few blocks and no more.
 *
 * <p>Thread: the loop's.
 */
final class Direction implements Flow {
    /** With so many blocks waiting the source stops receiving; it goes on when they are gone. */
    private static final int BLOCKS_WAITING_MAX = 4;

    /** A direction is bulk after so many bytes that came in full blocks: from here on a pipe costs less than copying. */
    private static final int BULK_BYTES = 32 * 1024;

    final DirectionOwner owner;
    final boolean towardsServer;
    private Splicer splicer;
    /** Null without a bandwidth limit. */
    private Throttle throttle;

    UringConnection source;
    UringConnection target;
    private Splice policy;
    /** How many bytes are still to be moved; {@link Forward#TO_END} if nobody knows. */
    private long left;
    /** A relay: receives without being asked again, and is done when the target's socket has everything. */
    private boolean isEndless;
    /** Receives a portion only when the last is gone: for a session that means to look at what is left. */
    private boolean inPortions;
    /** The target's socket buffer is full. */
    private boolean blocked;

    private long blockedSinceNs;
    private boolean done;
    /** The source is not listened to any more. */
    private boolean deaf;

    private boolean splicing;
    private boolean wantsSplice;
    private int bulkBytes;

    Direction(DirectionOwner owner, boolean towardsServer) {
        this.owner = owner;
        this.towardsServer = towardsServer;
    }

    /** Everything, until the source's stream is over. */
    void begin(UringConnection source, UringConnection target, Splice policy, Meter meter) {
        begin(source, target, meter == null ? policy : Splice.NEVER, Forward.TO_END);
        isEndless = true;
        if (meter != null) {
            throttle = new Throttle(this, meter, source.loop);
            inPortions = true;
        }
    }

    void receiveInPortions() {
        inPortions = true;
    }

    /** So many bytes. */
    void begin(UringConnection source, UringConnection target, Splice policy, long left) {
        this.source = source;
        this.target = target;
        this.policy = source.loop.splices() ? policy : Splice.NEVER;
        this.left = left;
        isEndless = false;
        inPortions = false;
        done = false;
        deaf = false;
        splicing = false;
        bulkBytes = 0;
        wantsSplice = this.policy == Splice.ALWAYS;
        blocked = target.isOutputBlocked();
        blockedSinceNs = source.loop.nanoTime();
    }

    void end() {
        endThrottling();
        releasePipe();
        source = null;
        target = null;
    }

    /** From now on nothing passes by itself any more. */
    void endThrottling() {
        if (throttle != null) {
            throttle.end();
            throttle = null;
        }
    }

    private boolean isThrottled() {
        return throttle != null && throttle.isHolding();
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public boolean isReading() {
        return !done && !deaf && !blocked && !isThrottled() && !source.isInputOver() && !source.isStarved();
    }

    @Override
    public boolean isBlocked() {
        return blocked && !done;
    }

    @Override
    public long blockedSinceNs() {
        return blockedSinceNs;
    }

    // ---- events ----

    /** Something arrived, or ended, at the source. */
    void onInput(int bytes) {
        if (policy == Splice.ADAPTIVE && bytes > 0) {
            bulkBytes = bytes >= TransportOptions.BUFFER_BYTES_MIN ? bulkBytes + bytes : 0;
            wantsSplice = bulkBytes >= BULK_BYTES;
        }
        pump();
    }

    /** Some of the target's output has left, or cannot. */
    void onOutput(int bytes) {
        if (target.outputFailure() != 0) {
            onTargetFailed(target.outputFailure());
            return;
        }
        if (bytes > 0) {
            onTaken();
        }
        setBlocked(target.isOutputBlocked());
        pump();
    }

    /** A target that was blocked has shown that it lives. */
    void onTaken() {
        if (blocked) {
            blockedSinceNs = source.loop.nanoTime();
            owner.onTaken(this);
        }
    }

    /** It was held back for long enough. */
    void onResumed() {
        owner.onUnblocked(this);
        pump();
    }

    void setBlocked(boolean isBlocked) {
        if (isBlocked && !blocked) {
            blockedSinceNs = source.loop.nanoTime();
        } else if (blocked && !isBlocked) {
            blocked = false;
            owner.onUnblocked(this);
        }
        blocked = isBlocked;
    }

    /** Does the next thing: passes on what waits, ends, splices, or listens for more. */
    void pump() {
        if (done || splicing) {
            return;
        }
        pass();
        if (isComplete()) {
            finish();
        } else if (maySplice()) {
            startSplicing();
        } else {
            receiveOrHoldBack();
            awaitOutputIfNeeded();
        }
    }

    /** What the source says from now on is not wanted: the direction ends when all before is delivered. */
    void stopListening() {
        deaf = true;
        wantsSplice = false;
        if (splicing) {
            emptyPipe();
            source.cancelPolls();
        }
        pump();
    }

    private void pass() {
        if (throttle != null) {
            throttle.pass(source, target);
            return;
        }
        while (!source.held().isEmpty() && source.held().headLength() <= left && target.hasOutputRoom()) {
            countMoved(source.passHead(target.output()));
        }
    }

    void countMoved(long bytes) {
        left -= left == Forward.TO_END ? 0 : bytes;
        owner.onMoved(this, bytes);
    }

    /** Whether nothing is left to do here; the rest of a block is the session's own business. */
    private boolean isComplete() {
        if (source.held().isEmpty()) {
            boolean isOver = source.isInputOver() || deaf;
            return left == 0 || isOver && !(isEndless && target.hasUnsent());
        }
        return source.held().headLength() > left && target.hasOutputRoom();
    }

    private boolean maySplice() {
        return wantsSplice && !deaf && source.held().isEmpty() && !source.isReceiving() && target.maySend();
    }

    private void receiveOrHoldBack() {
        int waiting = source.held().blocks() + target.outputBlocks();
        if (wantsSplice || blocked || deaf || isThrottled() || waiting >= BLOCKS_WAITING_MAX) {
            source.cancelReceive();
        } else if (isEndless && !inPortions) {
            source.armAll();
        } else if (source.held().isEmpty()) {
            source.armPortion(left);
        }
    }

    /** A quiet send says nothing when it succeeds: the loop must not sleep if the source has no event to come that we wait for. */
    private void awaitOutputIfNeeded() {
        if (!source.held().isEmpty() || !source.isReceiving() || wantsSplice) {
            target.awaitOutput();
        }
    }

    private void finish() {
        done = true;
        owner.onDirectionDone(this);
    }

    void onTargetFailed(int errno) {
        done = true;
        splicing = false;
        target.failOutput(errno);
        source.cancelReceive();
        owner.onTargetFailed(this, errno);
    }

    // ---- splicing ----

    private void startSplicing() {
        if (splicer == null) {
            splicer = new Splicer(this, source.loop);
        }
        if (splicer.acquire()) {
            splicing = true;
            splicer.go();
        } else {
            policy = Splice.NEVER;
            wantsSplice = false;
            pump();
        }
    }

    /** The stream is small again, or there is no more to move: back to blocks. */
    void stopSplicing() {
        splicing = false;
        bulkBytes = 0;
        wantsSplice = false;
        releasePipe();
        pump();
    }

    private void releasePipe() {
        if (splicer != null) {
            splicer.release();
        }
    }

    /** What is in the pipe becomes output of the target. */
    void emptyPipe() {
        if (splicing) {
            splicing = false;
            splicer.emptyInto(target);
        }
    }

    /** Bytes that were passed on, but the target's kernel does not have them. */
    long unsent() {
        return target.unsent() + (splicer == null ? 0 : splicer.bytes());
    }

    boolean isAlwaysSplicing() {
        return policy == Splice.ALWAYS;
    }

    /** How many bytes a splice may take at most. */
    long left() {
        return left;
    }

    void onReady() {
        if (splicing) {
            splicer.go();
        }
    }

    void onSpliceEnd() {
        splicing = false;
        owner.onSourceEnded(this);
        finish();
    }
}
