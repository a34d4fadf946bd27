package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.transport.Relay;

/**
 * One direction of a relay: from a source's blocks to a target's socket; while the stream is bulk, from socket to socket through
 * a pipe ({@link Splicer}). One send is in flight at most. The first is not allowed to wait in the kernel, so that it costs no
 * completion (see {@link QuietSends}); what did not fit is sent waiting, and meanwhile the source stops receiving.
 *
 * <p>Thread: the loop's.
 */
final class Direction {
    /** With so many blocks waiting the source stops receiving; it goes on when they are gone. */
    private static final int BLOCKS_WAITING_MAX = 4;

    /** A direction is bulk after so many bytes that came in full blocks: from here on a pipe costs less than copying. */
    private static final int BULK_BYTES = 32 * 1024;

    final UringRelay relay;
    final boolean towardsServer;
    private final UringEventLoop loop;
    private Splicer splicer;
    UringConnection source;
    UringConnection target;
    private Relay.Splice policy;
    /** Portion after portion, only when the last is gone: for a session that means to look at what is left. */
    private boolean oneByOne;
    /** The last send did not fit: the target's socket buffer is full. */
    private boolean blocked;

    private long blockedSinceNs;
    private boolean done;
    private boolean splicing;
    private boolean wantsSplice;
    private int bulkBytes;

    Direction(UringRelay relay, UringEventLoop loop, boolean towardsServer) {
        this.relay = relay;
        this.loop = loop;
        this.towardsServer = towardsServer;
    }

    void begin(UringConnection source, UringConnection target, Relay.Splice policy, boolean oneByOne) {
        this.source = source;
        this.target = target;
        this.policy = loop.splices() ? policy : Relay.Splice.NEVER;
        this.oneByOne = oneByOne;
        blocked = false;
        done = false;
        splicing = false;
        bulkBytes = 0;
        wantsSplice = this.policy == Relay.Splice.ALWAYS;
    }

    void end() {
        releasePipe();
        source = null;
        target = null;
    }

    boolean isDone() {
        return done;
    }

    /** Whether it is the source's turn: its silence counts. */
    boolean isReading() {
        return !done && !blocked && !source.receiver.isOver() && !source.receiver.isStarved();
    }

    /** Whether it is the target's turn: it does not take what is there for it. */
    boolean isBlocked() {
        return blocked && !done;
    }

    /** When the target last took something; meaningful while blocked. */
    long blockedSinceNs() {
        return blockedSinceNs;
    }

    // ---- events ----

    /** Something arrived, or ended, at the source. */
    void onInput(int bytes) {
        if (policy == Relay.Splice.ADAPTIVE && bytes > 0) {
            bulkBytes = bytes >= loop.blocks().pool().blockBytes() ? bulkBytes + bytes : 0;
            wantsSplice = bulkBytes >= BULK_BYTES;
        }
        pump();
    }

    /** Does the next thing: sends the first waiting block, ends, splices, or listens for more. */
    void pump() {
        if (done || splicing) {
            return;
        }
        if (target.maySend()) {
            advance();
        }
        if (!done && !splicing) {
            receiveOrHoldBack();
            lookAgainIfNeeded();
        }
    }

    private void advance() {
        if (!source.input.isEmpty()) {
            send();
        } else if (source.receiver.isOver()) {
            finish();
        } else if (wantsSplice && !source.requests.isReceiving()) {
            startSplicing();
        }
    }

    private void send() {
        BlockChain input = source.input;
        if (blocked) {
            target.requests.sendSome(input.headAddress(), input.headLength());
        } else {
            target.requests.sendNow(target, input.headAddress(), input.headLength());
            relay.onSending(this);
        }
    }

    private void receiveOrHoldBack() {
        if (wantsSplice || blocked || source.input.blocks() >= BLOCKS_WAITING_MAX) {
            source.requests.cancelReceive();
        } else if (!oneByOne) {
            source.receiver.armAll();
        } else if (source.input.isEmpty()) {
            source.receiver.armOnce();
        }
    }

    /** A quiet send says nothing when it succeeds: the loop must not sleep if the source has no event to come that we wait for. */
    private void lookAgainIfNeeded() {
        boolean isAwaited = source.input.blocks() > 1 || !source.requests.isReceiving() || wantsSplice;
        if (isAwaited && target.requests.isSendingQuietly()) {
            loop.lookAgain();
        }
    }

    private void finish() {
        done = true;
        relay.onDirectionDone(this);
    }

    void onSent(int result) {
        if (result >= 0) {
            source.input.consume(result);
            countSent(result);
            setBlocked(result < target.requests.sendLength());
        } else if (result == -Errno.EAGAIN) {
            setBlocked(true);
        } else if (result != -Errno.EINTR) {
            onTargetFailed(-result);
            return;
        }
        pump();
    }

    /** Bytes have left, and a target that was blocked has shown that it lives. */
    void countSent(long bytes) {
        relay.onSent(this, bytes);
        if (blocked) {
            blockedSinceNs = loop.nanoTime();
            relay.onSending(this);
        }
    }

    /** The relay is over; what went out meanwhile is counted, so that a relay that goes on sends nothing twice. */
    void onLastSent(int result) {
        if (result > 0) {
            source.input.consume(result);
            countSent(result);
        }
    }

    void setBlocked(boolean isBlocked) {
        if (isBlocked && !blocked) {
            blockedSinceNs = loop.nanoTime();
        } else if (blocked && !isBlocked) {
            relay.onUnblocked(this);
        }
        blocked = isBlocked;
    }

    void onTargetFailed(int errno) {
        done = true;
        splicing = false;
        target.failOutput(errno);
        source.requests.cancelReceive();
        relay.onTargetFailed(this, errno);
    }

    // ---- splicing ----

    private void startSplicing() {
        if (splicer == null) {
            splicer = new Splicer(this, loop);
        }
        if (splicer.acquire()) {
            splicing = true;
            splicer.go();
        } else {
            policy = Relay.Splice.NEVER;
            wantsSplice = false;
        }
    }

    /** The stream is small again: back to blocks. */
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

    boolean isAlwaysSplicing() {
        return policy == Relay.Splice.ALWAYS;
    }

    void onReady() {
        if (splicing) {
            splicer.go();
        }
    }

    void onSpliceEnd() {
        splicing = false;
        relay.onSourceEnded(this);
        finish();
    }
}
