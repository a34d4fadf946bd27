package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.SocketName;
import dev.weir.bridge.transport.TransportException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The listening sockets of a loop, and what the operator is told of them. Thread: the loop's, but for {@link #open}. */
final class Listeners {
    static final int SLOTS_MAX = 4096;
    /** How often a caller of listen looks whether the loop is still there, milliseconds. */
    private static final long LOOK_MS = 100;
    /** Not more than one line about accept failures in this time, nanoseconds. */
    private static final long FAILURE_LOG_NS = 10_000_000_000L;

    private final UringEventLoop loop;
    private final Consumer<String> log;
    private final SlotTable<UringListener> slots = new SlotTable<>(SLOTS_MAX);
    private long failureLoggedNs;
    private boolean isFailureLogged;

    Listeners(UringEventLoop loop, Consumer<String> log) {
        this.loop = loop;
        this.log = log;
    }

    /** From any thread but the loop's: returns when the socket listens. */
    Listener open(UringListener listener, ListenOptions wished) throws TransportException {
        Opening opening = new Opening(listener);
        loop.execute(opening);
        try {
            while (!opening.done.await(LOOK_MS, TimeUnit.MILLISECONDS) && !loop.isOver()) {
                // The loop may be busy.
            }
            String refusal = opening.done.getCount() == 0 ? opening.refusal : "the loop has ended";
            if (refusal != null) {
                loop.kernel().close(listener.fd());
                throw new TransportException("cannot open " + wished.endpoint + ": " + refusal, 0);
            }
            return listener;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listener.close();
            throw new TransportException("interrupted while opening " + wished.endpoint, e);
        }
    }

    /** The part of it on the loop. */
    private final class Opening implements Runnable {
        private final UringListener listener;
        private final CountDownLatch done = new CountDownLatch(1);
        /** Null once it listens; what is thrown the loop says itself. */
        private String refusal = "an internal error, see the log";

        Opening(UringListener listener) {
            this.listener = listener;
        }

        @Override
        public void run() {
            int slot = slots.take(listener);
            try {
                if (slot < 0) {
                    refusal = "the loop has " + SLOTS_MAX + " listening sockets";
                } else {
                    listener.open(slot, slots.generation(slot));
                    refusal = null;
                }
            } finally {
                if (refusal != null && slot >= 0) {
                    slots.release(slot);
                }
                done.countDown();
            }
        }
    }

    /** The listener that a completion is for. */
    UringListener find(int slot, int generation) {
        return slots.holder(slot, generation);
    }

    /** The last completion of a closed listener is in. */
    void release(int slot) {
        slots.release(slot);
    }

    void noteFailure(SocketName name, int errno) {
        if (!isFailureLogged || loop.nanoTime() - failureLoggedNs > FAILURE_LOG_NS) {
            isFailureLogged = true;
            failureLoggedNs = loop.nanoTime();
            log.accept("ALERT cannot accept on " + name + ": " + Errno.text(errno)
                    + " (connections wait in the backlog; raise the limit of open files or lower maxconn)");
        }
    }

    /** The loop ends; true when nothing is left. */
    boolean closeAll() {
        slots.forEach(UringListener::closeHere);
        return slots.taken() == 0;
    }
}
