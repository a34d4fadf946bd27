package dev.weir.load.origin;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.load.loop.Clockwork;
import java.util.concurrent.atomic.AtomicLong;

/** Holds answers back on one loop, as long as delays and stalls want it. Thread: the loop's virtual threads. */
final class Waiter {
    private final EventLoop loop;
    private final Clockwork clockwork;
    private final Delays.Dealer dealer;
    private final boolean hasDelays;
    private final Stall stall;
    private final AtomicLong firstNs;

    /** {@code firstNs}: when the origin was first asked for something, 0 before; shared by its loops. */
    Waiter(EventLoop loop, OriginOptions options, AtomicLong firstNs) {
        this.loop = loop;
        this.clockwork = new Clockwork(loop);
        this.dealer = options.delays.new Dealer();
        this.hasDelays = !options.delays.isNone();
        this.stall = options.stall;
        this.firstNs = firstNs;
    }

    /** Whether answers are ever held back. */
    boolean holdsBack() {
        return hasDelays || stall != Stall.NEVER;
    }

    /** Parks until an answer may go. */
    void await() {
        long delayNs = hasDelays ? dealer.nextNs() : 0;
        long sinceNs = firstNs();
        long untilNs = sinceNs + stall.answerNs(loop.nanoTime() + delayNs - sinceNs);
        if (loop.nanoTime() < untilNs) {
            park(untilNs);
        }
    }

    private long firstNs() {
        long ns = firstNs.getPlain();
        if (ns == 0) {
            firstNs.compareAndSet(0, loop.nanoTime());
            ns = firstNs.get();
        }
        return ns;
    }

    private void park(long untilNs) {
        Wake wake = new Wake(Thread.currentThread());
        clockwork.set(wake, untilNs);
        while (loop.nanoTime() < untilNs) {
            loop.park();
        }
        clockwork.cancel(wake);
    }

    private final class Wake extends Clockwork.Alarm {
        private final Thread sleeper;

        Wake(Thread sleeper) {
            this.sleeper = sleeper;
        }

        @Override
        protected void ring() {
            loop.unpark(sleeper);
        }
    }
}
