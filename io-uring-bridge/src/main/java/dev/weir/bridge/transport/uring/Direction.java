package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.buffer.BlockPool.NONE;
import static dev.weir.bridge.kernel.SocketConstants.MSG_DONTWAIT;
import static dev.weir.bridge.kernel.SocketConstants.MSG_NOSIGNAL;
import static dev.weir.bridge.kernel.SocketConstants.MSG_WAITALL;

import dev.weir.bridge.buffer.BlockPool;
import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.transport.Relay;

/**
 * One direction of a relay: from a source's blocks to a target's socket; while the stream is bulk, from socket to socket through
 * a pipe ({@link Splicer}). Thread: the loop's.
 */
final class Direction {
    /** With so many blocks waiting the source stops receiving; it goes on when they are gone. */
    private static final int BLOCKS_WAITING_MAX = 4;

    /** A direction is bulk after so many bytes that came in full blocks, without a pause. */
    private static final int BULK_BYTES = Integer.getInteger("weir.splice.bytes", 32 * 1024);

    final UringRelay relay;
    final boolean towardsServer;
    private Splicer splicer;
    UringConnection source;
    UringConnection target;
    private Relay.Splice policy;
    /** The last send did not fit: the target's socket buffer is full. */
    private boolean blocked;
    /** The loop was told that the send in flight completes by itself and leads to nothing. */
    private boolean isInline;

    private boolean done;
    private boolean splicing;
    private boolean wantsSplice;
    private int bulkBytes;

    Direction(UringRelay relay, boolean towardsServer) {
        this.relay = relay;
        this.towardsServer = towardsServer;
    }

    void begin(UringConnection source, UringConnection target, Relay.Splice policy) {
        this.source = source;
        this.target = target;
        this.policy = relay.loop().splices() ? policy : Relay.Splice.NEVER;
        blocked = false;
        isInline = false;
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

    /** The target is slow, so the source is not expected to send. */
    boolean isHeldBack() {
        return splicing ? splicer.isBlocked() : blocked;
    }

    /** Something arrived, or ended, at the source. */
    void onInput(int bytes) {
        retractInline();
        if (policy == Relay.Splice.ADAPTIVE && bytes > 0) {
            bulkBytes = bytes >= relay.loop().pool().blockBytes() ? bulkBytes + bytes : 0;
            wantsSplice = bulkBytes >= BULK_BYTES;
        }
        pump();
    }

    /** Does the next thing: sends the first waiting block, ends, or listens for more. */
    void pump() {
        if (done || splicing) {
            return;
        }
        if (!target.isSending()) {
            if (source.inputHead() != NONE) {
                send(MSG_NOSIGNAL | (blocked ? MSG_WAITALL : MSG_DONTWAIT));
            } else if (source.inputEnded() || source.failure() != 0) {
                finish();
                return;
            } else if (!wantsSplice) {
                source.armReceiveMultishot();
            } else if (!source.isReceiving()) {
                startSplicing();
            }
        }
        if (wantsSplice || blocked || source.inputBlocks() >= BLOCKS_WAITING_MAX) {
            source.cancelReceive();
        }
    }

    private void finish() {
        done = true;
        relay.onDirectionDone(this);
    }

    private void send(int messageFlags) {
        BlockPool pool = relay.loop().pool();
        int block = source.inputHead();
        target.submitSend(pool.address(block) + pool.offset(block), pool.length(block), messageFlags);
        if ((messageFlags & MSG_DONTWAIT) != 0 && isLastOfNow()) {
            isInline = true;
            relay.loop().expectInlineCompletion();
        }
    }

    /** The end of the send in flight has consequences after all, so the loop must not wait for more than it. */
    void retractInline() {
        if (isInline) {
            isInline = false;
            relay.loop().retractInlineCompletion();
        }
    }

    /** Nothing waits for this send to end: what comes next is an event of the source. */
    private boolean isLastOfNow() {
        return source.inputBlocks() == 1 && source.isReceiving() && !source.isPausing() && !wantsSplice;
    }

    void onSent(int result) {
        isInline = false;
        if (result >= 0) {
            source.consume(result);
            relay.countSent(this, result);
            blocked = source.inputHead() != NONE && relay.loop().pool().offset(source.inputHead()) != 0;
        } else if (result == -Errno.EAGAIN) {
            blocked = true;
        } else if (result != -Errno.EINTR) {
            onTargetFailed(-result);
            return;
        }
        pump();
    }

    /** The relay is over; what went out meanwhile is counted, so that a relay that goes on sends nothing twice. */
    void onLastSent(int result) {
        isInline = false;
        if (result > 0) {
            source.consume(result);
            relay.countSent(this, result);
        }
    }

    // ---- splicing ----

    private void startSplicing() {
        if (splicer == null) {
            splicer = new Splicer(this);
        }
        if (splicer.acquire()) {
            splicing = true;
            splicer.go();
        } else {
            policy = Relay.Splice.NEVER;
            stopSplicing();
        }
    }

    /** The stream is small again, or no pipe was left: back to blocks. */
    void stopSplicing() {
        splicing = false;
        bulkBytes = 0;
        wantsSplice = policy == Relay.Splice.ALWAYS;
        if (!wantsSplice) {
            releasePipe();
        }
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
        finish();
    }

    void onTargetFailed(int errno) {
        target.fail(errno);
        relay.onTargetFailed(target);
    }
}
