package dev.weir.load.run;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.load.loop.Clockwork;
import java.util.ArrayDeque;

/**
 * Requests are due when the schedule says so, whatever became of those before. A due request goes to the user that has been idle
 * for longest; if none is, it waits, and its latency with it, until one is free. So a server that stalls is seen by every
 * request that came meanwhile (no coordinated omission).
 */
final class OpenPace extends Clockwork.Alarm implements Pace {
    private final EventLoop loop;
    private final LoopWork work;
    private final Schedule schedule;
    private final ArrayDeque<User> idle = new ArrayDeque<>();
    private long nextNs = Long.MAX_VALUE;

    OpenPace(EventLoop loop, LoopWork work, Schedule schedule) {
        this.loop = loop;
        this.work = work;
        this.schedule = schedule;
    }

    @Override
    public void start(long startNs) {
        schedule.start(startNs);
        nextNs = schedule.next();
    }

    @Override
    public long take(User user) {
        if (idle.isEmpty()) {
            long dueNs = takeMore();
            if (dueNs != NONE) {
                return dueNs;
            }
        }
        user.arrivalNs = NONE;
        idle.add(user);
        setAlarm();
        if (!user.awaitArrival()) {
            idle.remove(user);
        }
        return user.arrivalNs;
    }

    @Override
    public long takeMore() {
        long dueNs = nextNs;
        if (dueNs > loop.nanoTime() || !work.takeFromBudget()) {
            return NONE;
        }
        nextNs = work.isGoing() ? schedule.next() : Long.MAX_VALUE;
        return dueNs;
    }

    @Override
    protected void ring() {
        while (!idle.isEmpty()) {
            long dueNs = takeMore();
            if (dueNs == NONE) {
                break;
            }
            User user = idle.poll();
            user.arrivalNs = dueNs;
            work.noteDelay(dueNs);
            loop.unpark(user.thread());
        }
        setAlarm();
    }

    /** Only idle users need waking: the others look for themselves. */
    private void setAlarm() {
        if (!idle.isEmpty() && nextNs != Long.MAX_VALUE && work.isGoing()) {
            work.clockwork().set(this, nextNs);
        }
    }

    @Override
    public long end(long endNs) {
        work.clockwork().cancel(this);
        for (User user : idle) {
            loop.unpark(user.thread());
        }
        long unsent = 0;
        while (nextNs < endNs) {
            unsent++;
            nextNs = schedule.next();
        }
        nextNs = Long.MAX_VALUE;
        return unsent;
    }
}
