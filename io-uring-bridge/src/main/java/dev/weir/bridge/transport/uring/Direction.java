package dev.weir.bridge.transport.uring;

import static dev.weir.bridge.buffer.BlockPool.NONE;
import static dev.weir.bridge.kernel.SocketConstants.MSG_DONTWAIT;
import static dev.weir.bridge.kernel.SocketConstants.MSG_NOSIGNAL;
import static dev.weir.bridge.kernel.SocketConstants.MSG_WAITALL;

import dev.weir.bridge.buffer.BlockPool;
import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.transport.Relay;

/** One direction of a relay: from a source's blocks to a target's socket. Thread: the loop's. */
final class Direction {
    /** With so many blocks waiting the source stops receiving; it goes on when they are gone. */
    private static final int BLOCKS_WAITING_MAX = 4;

    final UringRelay relay;
    final boolean towardsServer;
    UringConnection source;
    UringConnection target;
    private Relay.Splice policy;
    /** The last send did not fit: the target's socket buffer is full. */
    private boolean blocked;

    private boolean done;
    private Pipe pipe;

    Direction(UringRelay relay, boolean towardsServer) {
        this.relay = relay;
        this.towardsServer = towardsServer;
    }

    void begin(UringConnection source, UringConnection target, Relay.Splice policy) {
        this.source = source;
        this.target = target;
        this.policy = policy;
        blocked = false;
        done = false;
    }

    void forget() {
        source = null;
        target = null;
    }

    boolean isDone() {
        return done;
    }

    /** The target is slow, so the source is not expected to send. */
    boolean isHeldBack() {
        return blocked;
    }

    /** Does the next thing: sends the first waiting block, ends, or listens for more. */
    void pump() {
        if (done || target.isSending()) {
            holdBackWhenFull();
            return;
        }
        if (source.inputHead() != NONE) {
            send(MSG_NOSIGNAL | (blocked ? MSG_WAITALL : MSG_DONTWAIT));
            holdBackWhenFull();
        } else if (source.inputEnded() || source.failure() != 0) {
            done = true;
            relay.onDirectionDone(this);
        } else {
            source.armReceiveMultishot();
        }
    }

    private void send(int messageFlags) {
        BlockPool pool = relay.loop().pool();
        int block = source.inputHead();
        target.submitSend(pool.address(block) + pool.offset(block), pool.length(block), messageFlags);
        if ((messageFlags & MSG_DONTWAIT) != 0 && isLastOfNow()) {
            relay.loop().expectInlineCompletion();
        }
    }

    /** Nothing waits for this send to end: what comes next is an event of the source. */
    private boolean isLastOfNow() {
        return source.inputBlocks() == 1 && source.isReceiving() && !source.isPausing();
    }

    private void holdBackWhenFull() {
        if (blocked || source.inputBlocks() >= BLOCKS_WAITING_MAX) {
            source.cancelReceive();
        }
    }

    void onSent(int result) {
        if (result >= 0) {
            source.consume(result);
            relay.countSent(this, result);
            blocked = source.inputHead() != NONE && relay.loop().pool().offset(source.inputHead()) != 0;
        } else if (result == -Errno.EAGAIN) {
            blocked = true;
        } else if (result != -Errno.EINTR) {
            target.fail(-result);
            relay.onTargetFailed(target);
            return;
        }
        pump();
    }

    void onReady(int result) {}

    void releasePipe() {}
}
