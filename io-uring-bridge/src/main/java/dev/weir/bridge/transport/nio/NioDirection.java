package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.loop.Flow;
import java.io.IOException;
import java.nio.channels.SelectionKey;

/**
 * One direction of a relay: what the source says goes to the target. It holds at most one block, and none while nothing is on
 * its way. Its states: <em>reading</em> (no block: waits for the source), <em>blocked</em> (holds what the target does not
 * take; the source is not read), <em>starved</em> (the pool is empty), <em>ended</em> (the end of stream was passed on).
 * Thread: the loop's.
 */
final class NioDirection implements BlockPool.Waiter, Flow {
    /** How many blocks are moved before others get their turn. */
    private static final int ROUNDS_MAX = 16;

    private final NioRelay relay;
    private final NioConnection source;
    private final NioConnection target;
    private final boolean isToServer;
    private final BlockPool pool;
    /** Null without a bandwidth limit. */
    NioThrottle throttle;

    private Block held;
    private Block handed;
    private boolean isStarved;
    private boolean sourceEnded;
    private boolean isEnded;
    private boolean filledWhole;
    private long blockedSinceNs;

    NioDirection(NioRelay relay, NioConnection source, NioConnection target, boolean isToServer, BlockPool pool) {
        this.relay = relay;
        this.source = source;
        this.target = target;
        this.isToServer = isToServer;
        this.pool = pool;
    }

    /** Begins with what the source holds unread. */
    void begin() {
        held = source.held().take();
        if (source.inputEnded()) {
            onSourceEnded();
        }
        if (!relay.isOver()) {
            pump();
        }
    }

    void onReadable() {
        if (isReading()) {
            pump();
        } else {
            source.unwant(SelectionKey.OP_READ);
        }
    }

    void onWritable() {
        if (held != null && !isThrottled()) {
            pump();
        } else {
            target.unwant(SelectionKey.OP_WRITE);
        }
    }

    @Override
    public void blockHanded(Block block) {
        handed = block;
        isStarved = false;
        try {
            relay.stirred(isToServer);
            pump();
        } catch (RuntimeException | Error e) {
            relay.onFault(e); // others wait for blocks behind this one
        }
    }

    @Override
    public boolean isReading() {
        return !sourceEnded && held == null && !isStarved;
    }

    @Override
    public boolean isBlocked() {
        return held != null && !isThrottled();
    }

    private boolean isThrottled() {
        return throttle != null && throttle.isHolding();
    }

    /** It was held back for long enough. */
    void onResumed() {
        if (!relay.isOver()) {
            relay.stirred(isToServer);
            pump();
        }
    }

    void endThrottling() {
        if (throttle != null) {
            throttle.end();
        }
    }

    @Override
    public long blockedSinceNs() {
        return blockedSinceNs;
    }

    @Override
    public boolean isDone() {
        return isEnded;
    }

    /** What the source says from now on is not wanted: the direction ends when all before is delivered. */
    void stopListening() {
        sourceEnded = true;
        source.unwant(SelectionKey.OP_READ);
        pump();
    }

    /** Moves what can be moved now, and asks for the readiness that it then needs. */
    private void pump() {
        if (!flush()) {
            return;
        }
        for (int round = 0; round < ROUNDS_MAX && !sourceEnded; round++) {
            if (!fill() || !flush()) {
                return;
            }
            if (!filledWhole) {
                break;
            }
        }
        if (sourceEnded) {
            end();
        } else {
            source.want(SelectionKey.OP_READ);
        }
    }

    /** True if something came, or the end. */
    private boolean fill() {
        Block block = handed != null ? handed : pool.borrow(this);
        handed = null;
        isStarved = block == null;
        if (isStarved) {
            return false;
        }
        int count = read(block);
        if (count > 0) {
            held = block;
            filledWhole = count == block.capacity();
            relay.received(isToServer);
            return true;
        }
        pool.giveBack(block);
        return count < 0 && !relay.isOver() && onSourceEnded() || count == 0 && wantMore();
    }

    private boolean wantMore() {
        source.want(SelectionKey.OP_READ);
        return false;
    }

    /** As {@link java.nio.channels.SocketChannel#read}; a failure ends the relay and reads as the end. */
    private int read(Block block) {
        try {
            return relay.read(source, block);
        } catch (IOException e) {
            relay.failed(isToServer);
            return -1;
        }
    }

    private boolean onSourceEnded() {
        sourceEnded = true;
        source.held().end();
        source.unwant(SelectionKey.OP_READ);
        relay.sourceEnded(isToServer);
        return true;
    }

    /** True when nothing is held any more. */
    private boolean flush() {
        if (held == null) {
            return true;
        }
        if (!target.hasWritten()) {
            return blocked(0);
        }
        try {
            return throttle == null ? flush(held.readable()) : flushThrottled();
        } catch (IOException e) {
            relay.failed(!isToServer);
            return false;
        }
    }

    private boolean flush(int most) throws IOException {
        int count = relay.write(target, held, most);
        if (count > 0) {
            relay.sent(isToServer, count);
        }
        if (throttle != null) {
            throttle.written(count);
        }
        return held.readable() == 0 ? unblocked() : count == most ? flushThrottled() : blocked(count);
    }

    private boolean flushThrottled() throws IOException {
        int most = throttle.allowed(held.readable());
        return most == 0 ? heldBack() : flush(most);
    }

    private boolean heldBack() {
        blockedSinceNs = 0;
        target.unwant(SelectionKey.OP_WRITE);
        source.unwant(SelectionKey.OP_READ);
        return false;
    }

    private boolean unblocked() {
        pool.giveBack(held);
        held = null;
        if (blockedSinceNs != 0) {
            blockedSinceNs = 0;
            target.unwant(SelectionKey.OP_WRITE);
            relay.stirred(isToServer);
        }
        return true;
    }

    private boolean blocked(int written) {
        if (written > 0 || blockedSinceNs == 0) {
            blockedSinceNs = relay.nanoTime();
        }
        target.want(SelectionKey.OP_WRITE);
        return false;
    }

    private void end() {
        if (!isEnded) {
            isEnded = true;
            if (relay.isAbruptTo(isToServer)) {
                relay.finish();
                return;
            }
            target.shutdownOutput();
            relay.directionEnded(isToServer);
        }
    }

    /** @param goesOn whether the source keeps what is held as unread; else it is lost */
    void release(boolean goesOn) {
        if (isStarved) {
            pool.forget(this);
            isStarved = false;
        }
        if (held != null && goesOn) {
            source.held().putBack(held);
        } else if (held != null) {
            pool.giveBack(held);
        }
        held = null;
        if (handed != null) {
            pool.giveBack(handed);
            handed = null;
        }
    }
}
