package dev.weir.load.run;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.load.plan.Plan;
import java.util.SplittableRandom;

/** The next request follows the last answer, after a time to think. */
final class ClosedPace implements Pace {
    private final EventLoop loop;
    private final LoopWork work;
    private final long thinkMinNs;
    private final long thinkMaxNs;
    private final SplittableRandom random;

    ClosedPace(EventLoop loop, LoopWork work, Plan plan, long seed) {
        this.loop = loop;
        this.work = work;
        this.thinkMinNs = plan.thinkMinNs;
        this.thinkMaxNs = plan.thinkMaxNs;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public long take(User user) {
        if (thinkMaxNs > 0 && !user.think(thinkNs())) {
            return NONE;
        }
        return work.takeFromBudget() ? loop.nanoTime() : NONE;
    }

    private long thinkNs() {
        return thinkMinNs == thinkMaxNs ? thinkMinNs : random.nextLong(thinkMinNs, thinkMaxNs + 1);
    }

    @Override
    public long takeMore() {
        return thinkMaxNs == 0 && work.takeFromBudget() ? loop.nanoTime() : NONE;
    }

    @Override
    public void start(long startNs) {}

    @Override
    public long end(long endNs) {
        return 0;
    }
}
