package dev.weir.sync;

import dev.weir.bridge.kernel.ProcessorTurn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Guards sections that are short as a rule. A monitor would unmount a virtual thread that meets contention, and so would {@link
 * Thread#yield}: then other sessions of the loop run, while this one works on memory that they share. This lock spins, and
 * leaves the CPU to another thread when the owner seems to be off its own. Not reentrant. Never wait for anything while holding it.
 */
public final class SpinLock {
    private static final VarHandle HELD;
    private static final int SPINS = 256;

    static {
        try {
            HELD = MethodHandles.lookup().findVarHandle(SpinLock.class, "held", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private boolean held;

    /** From any thread. */
    public void lock() {
        if (!HELD.compareAndSet(this, false, true)) {
            lockSlowPath();
        }
    }

    private void lockSlowPath() {
        int spins = 0;
        while ((boolean) HELD.getOpaque(this) || !HELD.compareAndSet(this, false, true)) {
            if (++spins % SPINS == 0) {
                ProcessorTurn.giveAway();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** By the thread that holds it. */
    public void unlock() {
        HELD.setRelease(this, false);
    }

    /** For assertions: whether anybody holds it. */
    public boolean isHeld() {
        return (boolean) HELD.getOpaque(this);
    }
}
