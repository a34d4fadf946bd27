package dev.weir.bridge.transport.uring;

import dev.weir.bridge.transport.Meter;

/** Holds a direction back for as long as its meter says, and then lets it go on. Thread: the loop's. */
final class Throttle extends UringEventLoop.Timeout {
    /** When to look again for a block to copy into, nanoseconds. */
    private static final long BLOCK_WAIT_NS = 5_000_000;

    private final Direction direction;
    private final Meter meter;
    private final UringEventLoop loop;
    private boolean isHolding;

    Throttle(Direction direction, Meter meter, UringEventLoop loop) {
        this.direction = direction;
        this.meter = meter;
        this.loop = loop;
    }

    /** Whether the direction has to wait: what the source sends meanwhile stays where it is. */
    boolean isHolding() {
        return isHolding;
    }

    /** Passes on as much of what is held as may go. */
    void pass(UringConnection source, UringConnection target) {
        while (!isHolding && !source.held().isEmpty() && target.hasOutputRoom()) {
            if (loop.blocks().hasFree()) {
                passBlock(source, target);
            } else {
                hold(loop.nanoTime() + BLOCK_WAIT_NS);
            }
        }
    }

    private void passBlock(UringConnection source, UringConnection target) {
        int length = source.held().headLength();
        int granted = meter.grant(length, loop.nanoTime());
        if (granted > 0) {
            direction.countMoved(
                    granted == length ? source.passHead(target.output()) : source.passPart(target.output(), granted));
        }
        if (granted < length) {
            hold(meter.resumeNs());
        }
    }

    private void hold(long untilNs) {
        isHolding = true;
        loop.armTimer(this, untilNs);
    }

    void end() {
        isHolding = false;
        loop.disarmTimer(this);
    }

    @Override
    RingSocket dependent() {
        return direction.source;
    }

    @Override
    protected void fire() {
        isHolding = false;
        direction.onResumed();
    }
}
