package dev.weir.listen;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.sync.SpinLock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A limit on concurrent connections, such as a frontend's {@code maxconn}. When it is reached the listeners behind it pause, so
 * that the kernel's backlog holds newcomers, as HAProxy does; connections that were accepted before the pause took effect wait
 * here, first in, first out, unread.
 *
 * <p>Any thread; critical sections are a few instructions and never wait. Sessions enter on virtual threads and leave on the loop
 * that carries them, so this must be no monitor: a loop that waits for one behind its own virtual thread waits for ever. A limit of
 * 0 is none.
 */
public final class AdmissionGate {
    private final SpinLock lock = new SpinLock();
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    /** Replaced, never changed: who has taken the reference needs the lock no more. */
    private HeldListener[] listeners = {};

    private int limit;
    private int inside;
    private int highest;
    private boolean isFull;
    private long timesFull;

    public AdmissionGate(int limit) {
        this.limit = limit;
    }

    /** One accepted connection that waits. */
    private static final class Waiter {
        private final EventLoop loop;
        private final Thread thread = Thread.currentThread();
        private volatile boolean isAdmitted;

        Waiter(EventLoop loop) {
            this.loop = loop;
        }

        void await() {
            while (!isAdmitted) {
                loop.park();
            }
        }

        void admit() {
            isAdmitted = true;
            loop.unpark(thread);
        }
    }

    /** What a change of the count means for the listeners. */
    private enum Effect {
        NONE,
        HOLD,
        LET_GO
    }

    /** These pause while the gate is full. */
    public void guard(HeldListener listener) {
        lock.lock();
        listeners = Arrays.copyOf(listeners, listeners.length + 1);
        listeners[listeners.length - 1] = listener;
        boolean isHeld = isFull;
        lock.unlock();
        if (isHeld) {
            listener.hold();
        }
    }

    public void forget(HeldListener listener) {
        lock.lock();
        HeldListener[] others =
                Arrays.stream(listeners).filter(one -> one != listener).toArray(HeldListener[]::new);
        boolean wasHeld = isFull && others.length < listeners.length;
        listeners = others;
        lock.unlock();
        if (wasHeld) {
            listener.letGo();
        }
    }

    /** Enters, parking the calling virtual thread of the loop while the gate is full. */
    public void enter(EventLoop loop) {
        Waiter waiter = null;
        lock.lock();
        if (limit == 0 || inside < limit && waiters.isEmpty()) {
            count();
        } else {
            waiter = new Waiter(loop);
            waiters.add(waiter);
        }
        Effect effect = settle();
        HeldListener[] affected = listeners;
        lock.unlock();
        apply(effect, affected);
        if (waiter != null) {
            waiter.await();
        }
    }

    /** Leaves, and lets the next one in. */
    public void leave() {
        lock.lock();
        inside--;
        List<Waiter> admitted = nextWaiters();
        Effect effect = settle();
        HeldListener[] affected = listeners;
        lock.unlock();
        admitted.forEach(Waiter::admit);
        apply(effect, affected);
    }

    /** Changes the limit for those who come; nobody inside is turned out. */
    public void limit(int limit) {
        lock.lock();
        this.limit = limit;
        List<Waiter> admitted = nextWaiters();
        Effect effect = settle();
        HeldListener[] affected = listeners;
        lock.unlock();
        admitted.forEach(Waiter::admit);
        apply(effect, affected);
    }

    // ---- under the lock ----

    private void count() {
        inside++;
        highest = Math.max(highest, inside);
    }

    /** Those who come in now; they are told when the lock is free again. */
    private List<Waiter> nextWaiters() {
        if (waiters.isEmpty()) {
            return List.of();
        }
        List<Waiter> admitted = new ArrayList<>();
        while (!waiters.isEmpty() && (limit == 0 || inside < limit)) {
            admitted.add(waiters.poll());
            count();
        }
        return admitted;
    }

    private Effect settle() {
        boolean shouldBeFull = limit > 0 && inside >= limit;
        if (shouldBeFull == isFull) {
            return Effect.NONE;
        }
        isFull = shouldBeFull;
        timesFull += isFull ? 1 : 0;
        return isFull ? Effect.HOLD : Effect.LET_GO;
    }

    // ---- outside of it ----

    /** Two threads may come here in another order than they changed the count: holds are counted, so that the sum is right. */
    private static void apply(Effect effect, HeldListener[] listeners) {
        if (effect == Effect.NONE) {
            return;
        }
        for (HeldListener listener : listeners) {
            if (effect == Effect.HOLD) {
                listener.hold();
            } else {
                listener.letGo();
            }
        }
    }

    // ---- figures ----

    public int inside() {
        lock.lock();
        int now = inside;
        lock.unlock();
        return now;
    }

    /** The most that were ever inside at once. */
    public int highest() {
        lock.lock();
        int now = highest;
        lock.unlock();
        return now;
    }

    /** {@code clear counters}: forgets what was. */
    public void clearHighest() {
        lock.lock();
        highest = inside;
        lock.unlock();
    }

    public int limit() {
        lock.lock();
        int now = limit;
        lock.unlock();
        return now;
    }

    /** Whether nobody else may come in now. */
    public boolean isFull() {
        lock.lock();
        boolean now = isFull;
        lock.unlock();
        return now;
    }

    /** How often the limit was reached. */
    public long timesFull() {
        lock.lock();
        long now = timesFull;
        lock.unlock();
        return now;
    }
}
