package dev.weir.bridge.transport.loop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * How a loop runs its virtual threads. With the JDK's hook (a package-private constructor that takes an {@link Executor}) their
 * continuations run on the loop itself. A JDK that refuses the hook gets the same contract through a baton: the virtual
 * threads live on the JDK's scheduler, but the loop waits while one of them runs, so still only one runs at a time. That
 * costs two thread switches for each resume; it is the fallback, not the product.
 */
abstract class VirtualThreads {
    /** Starts a virtual thread. Thread: the loop's. */
    abstract void start(Runnable task);

    /** Parks the calling virtual thread. */
    abstract void park();

    /** Makes a parked virtual thread ready. Thread: the loop's, or one of its virtual threads. */
    abstract void unpark(Thread virtualThread);

    /** Whether the calling thread counts as the loop. */
    abstract boolean isCurrent();

    /** Null when the hook works, else why not. */
    abstract String refusal();

    /**
     * @param ready takes what the loop has to run: from the loop's thread directly, from others through the hand-over queue
     * @param useHook false: as if the JDK refused its hook
     */
    static VirtualThreads on(Thread loopThread, Executor ready, boolean useHook) {
        String refusal = useHook ? Hook.REFUSAL : "the virtual-thread scheduler hook is switched off";
        if (refusal != null) {
            return new Baton(loopThread, ready, refusal);
        }
        return new Hooked(loopThread, Hook.builder(ready).name("weir-session"));
    }

    /** The two package-private members of java.lang that make a thread of ours the carrier. */
    private static final class Hook {
        static final String REFUSAL;
        private static final MethodHandle CONSTRUCTOR;
        private static final MethodHandle CURRENT_CARRIER;

        static {
            MethodHandle constructor = null;
            MethodHandle currentCarrier = null;
            String refusal = null;
            try {
                Class<?> type = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
                constructor = MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                        .findConstructor(type, MethodType.methodType(void.class, Executor.class))
                        .asType(MethodType.methodType(Thread.Builder.OfVirtual.class, Executor.class));
                currentCarrier = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                        .findStatic(Thread.class, "currentCarrierThread", MethodType.methodType(Thread.class));
            } catch (ReflectiveOperationException e) {
                refusal = "the JDK refuses its virtual-thread scheduler hook: " + e.getMessage();
            }
            CONSTRUCTOR = constructor;
            CURRENT_CARRIER = currentCarrier;
            REFUSAL = refusal;
        }

        static Thread.Builder.OfVirtual builder(Executor executor) {
            try {
                return (Thread.Builder.OfVirtual) CONSTRUCTOR.invokeExact(executor);
            } catch (Throwable e) {
                throw new AssertionError("a constructor without checked exceptions", e);
            }
        }

        static Thread currentCarrier() {
            try {
                return (Thread) CURRENT_CARRIER.invokeExact();
            } catch (Throwable e) {
                throw new AssertionError("a method without checked exceptions", e);
            }
        }
    }

    private static final class Hooked extends VirtualThreads {
        private final Thread loopThread;
        private final Thread.Builder.OfVirtual builder;

        Hooked(Thread loopThread, Thread.Builder.OfVirtual builder) {
            this.loopThread = loopThread;
            this.builder = builder;
        }

        @Override
        void start(Runnable task) {
            builder.start(task);
        }

        @Override
        void park() {
            LockSupport.park();
        }

        @Override
        void unpark(Thread virtualThread) {
            LockSupport.unpark(virtualThread);
        }

        @Override
        boolean isCurrent() {
            return Hook.currentCarrier() == loopThread;
        }

        @Override
        String refusal() {
            return null;
        }
    }

    private static final class Baton extends VirtualThreads {
        private final Thread loopThread;
        private final Executor ready;
        private final String refusal;
        /** The virtual thread that runs instead of the loop; null while the loop itself runs. */
        private volatile Thread holder;
        /**
         * Who waits in {@link #park}: the only ones that will give the baton back. A thread that is ending is still alive for a
         * moment, so liveness does not tell. Touched by whoever runs, loop or holder.
         */
        private final Set<Thread> parked = Collections.newSetFromMap(new IdentityHashMap<>());

        Baton(Thread loopThread, Executor ready, String refusal) {
            this.loopThread = loopThread;
            this.ready = ready;
            this.refusal = refusal;
        }

        @Override
        void start(Runnable task) {
            Thread thread = Thread.ofVirtual().name("weir-session").unstarted(() -> {
                awaitBaton();
                try {
                    task.run();
                } finally {
                    giveBack();
                }
            });
            ready.execute(() -> {
                holder = thread;
                thread.start();
                awaitReturn(thread);
            });
        }

        @Override
        void park() {
            parked.add(Thread.currentThread());
            giveBack();
            awaitBaton();
        }

        @Override
        void unpark(Thread thread) {
            ready.execute(() -> {
                if (parked.remove(thread)) {
                    holder = thread;
                    LockSupport.unpark(thread);
                    awaitReturn(thread);
                }
            });
        }

        private void giveBack() {
            holder = null;
            LockSupport.unpark(loopThread);
        }

        private void awaitBaton() {
            while (holder != Thread.currentThread()) {
                LockSupport.park(this);
            }
        }

        private void awaitReturn(Thread thread) {
            while (holder == thread) {
                LockSupport.park(this);
            }
        }

        @Override
        boolean isCurrent() {
            Thread current = Thread.currentThread();
            return current == loopThread && holder == null || current == holder;
        }

        @Override
        String refusal() {
            return refusal;
        }
    }
}
