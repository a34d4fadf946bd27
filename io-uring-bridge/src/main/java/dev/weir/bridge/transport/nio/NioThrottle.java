package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.Meter;

/** Holds a direction back for as long as its meter says. Thread: the loop's. */
final class NioThrottle {
    private final NioEventLoop loop;
    private final Meter meter;
    private final NioEventLoop.Alarm alarm;
    /** Granted, and not yet taken by the target. */
    private int granted;

    private boolean isHolding;

    /** @param resumed runs when the direction may go on */
    NioThrottle(NioEventLoop loop, NioConnection client, Meter meter, Runnable resumed) {
        this.loop = loop;
        this.meter = meter;
        this.alarm = loop.new Alarm(client, () -> {
            isHolding = false;
            resumed.run();
        });
    }

    boolean isHolding() {
        return isHolding;
    }

    /** How many of the held bytes may be written now; with 0 the direction is called later. */
    int allowed(int held) {
        if (granted == 0 && !isHolding) {
            granted = meter.grant(held, loop.nanoTime());
            if (granted == 0) {
                isHolding = true;
                alarm.arm(meter.resumeNs());
            }
        }
        return granted;
    }

    void written(int count) {
        granted -= count;
    }

    void end() {
        isHolding = false;
        alarm.disarm();
    }
}
