package dev.weir.listen;

import dev.weir.bridge.transport.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A limit on concurrent connections, such as a frontend's {@code maxconn}. When it is reached the listeners behind it pause, so
 * that the kernel's backlog holds newcomers, as HAProxy does; connections that were accepted before the pause took effect wait
 * here, first in, first out, unread.
 *
 * <p>Any thread; critical sections are a few instructions and never wait. A limit of 0 is none.
 */
public final class AdmissionGate {
    private final List<HeldListener> listeners = new ArrayList<>();
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private int limit;
    private int inside;
    private int highest;
    private boolean isFull;
    private long timesFull;

    public AdmissionGate(int limit) {
        this.limit = limit;
    }

    /** One accepted connection that waits. Guarded by the gate. */
    private static final class Waiter {
        private final EventLoop loop;
        private final Thread thread;
        private boolean isAdmitted;

        Waiter(EventLoop loop, Thread thread) {
            this.loop = loop;
            this.thread = thread;
        }
    }

    /** These pause while the gate is full. */
    public synchronized void guard(HeldListener listener) {
        listeners.add(listener);
        if (isFull) {
            listener.hold();
        }
    }

    public synchronized void forget(HeldListener listener) {
        if (listeners.remove(listener) && isFull) {
            listener.letGo();
        }
    }

    /** Enters, parking the calling virtual thread of the loop while the gate is full. */
    public void enter(EventLoop loop) {
        Waiter waiter;
        synchronized (this) {
            if (limit == 0 || inside < limit && waiters.isEmpty()) {
                count();
                return;
            }
            waiter = new Waiter(loop, Thread.currentThread());
            waiters.add(waiter);
        }
        while (!isAdmitted(waiter)) {
            loop.park();
        }
    }

    private synchronized boolean isAdmitted(Waiter waiter) {
        return waiter.isAdmitted;
    }

    private void count() {
        inside++;
        highest = Math.max(highest, inside);
        if (limit > 0 && inside >= limit && !isFull) {
            isFull = true;
            timesFull++;
            listeners.forEach(HeldListener::hold);
        }
    }

    /** Leaves, and lets the next one in. */
    public synchronized void leave() {
        inside--;
        admitWaiters();
        if (isFull && inside < limit) {
            isFull = false;
            listeners.forEach(HeldListener::letGo);
        }
    }

    private void admitWaiters() {
        while (!waiters.isEmpty() && (limit == 0 || inside < limit)) {
            Waiter waiter = waiters.poll();
            waiter.isAdmitted = true;
            count();
            waiter.loop.unpark(waiter.thread);
        }
    }

    /** Changes the limit for those who come; nobody inside is turned out. */
    public synchronized void limit(int limit) {
        this.limit = limit;
        admitWaiters();
        boolean shouldBeFull = limit > 0 && inside >= limit;
        if (isFull && !shouldBeFull) {
            listeners.forEach(HeldListener::letGo);
        } else if (!isFull && shouldBeFull) {
            listeners.forEach(HeldListener::hold);
        }
        isFull = shouldBeFull;
    }

    public synchronized int inside() {
        return inside;
    }

    /** The most that were ever inside at once. */
    public synchronized int highest() {
        return highest;
    }

    /** {@code clear counters}: forgets what was. */
    public synchronized void clearHighest() {
        highest = inside;
    }

    public synchronized int limit() {
        return limit;
    }

    /** How often the limit was reached. */
    public synchronized long timesFull() {
        return timesFull;
    }
}
